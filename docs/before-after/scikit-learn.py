"""scikit-learn 1.9.1: what is left to say of theme, boilerplate, copy button, source links and switcher."""

extensions += ["scientific_python_theme"]
scientific_python_project = "scikit-learn"
scientific_python_projects = ["python", "numpy", "scipy", "narwhals", "matplotlib", "pandas", "joblib", "seaborn"]
scientific_python_analytics = "scikit-learn.org"
scientific_python_linkcode = {"tag": "{version}"}
intersphinx_mapping = {"skops": ("https://skops.readthedocs.io/en/stable/", None)}
copybutton_exclude = "style"
default_role = "literal"
add_function_parentheses = False
templates_path = ["templates"]
exclude_patterns = ["_build", "templates", "includes", "**/sg_execution_times.rst", "whats_new/upcoming_changes"]
html_short_title = "scikit-learn"
html_logo = "logos/scikit-learn-logo-without-subtitle.svg"
html_favicon = "logos/favicon.ico"
html_static_path = ["images", "css", "js"]
html_css_files = ["styles/colors.css", "styles/custom.css"]
html_js_files = [
    f"scripts/{name}.js" for name in ("dropdown", "version-switcher", "sg_plotly_resize", "theme-observer")
]
html_copy_source = True
html_domain_indices = False
html_use_index = False
html_additional_pages = {"index": "index.html"} | dict.fromkeys(redirects, "redirects.html")
html_context = {
    "redirects": redirects,
    "release_highlights": f"auto_examples/release_highlights/{latest_highlights}",
    "release_highlights_version": highlight_version,
    "is_devrelease": parsed_version.is_devrelease,
}
PLAIN = "install getting_started glossary faq support related_projects roadmap governance about institutional_support"
html_sidebars = {page: [] for page in PLAIN.split()}
html_theme_options = {
    "show_prev_next": False,
    "switcher": {"json_url": "https://scikit-learn.org/dev/_static/versions.json", "version_match": release},
    "navigation_depth": 2,
    "navbar_align": "left",
    "navbar_persistent": ["search-button"],
    "pygments_light_style": "sas",
    "pygments_dark_style": "monokai",
    "article_footer_items": ["prev-next"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc", "sg_download_links", "sg_launcher_links", "funding_links"],
}
