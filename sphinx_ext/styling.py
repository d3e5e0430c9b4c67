"""The HTML theme ``scientific_python_theme``, a child of pydata_sphinx_theme.

This works as follows: the token, content and component sheets of the Hugo theme, which
are cascade layers, are joined with one bridge sheet into a single file; after the build
the sheets of the parent theme and of other extensions are moved into the lowest layer
(see `layers`). So both kinds of site show the same rules, no template of the parent is
touched, and a project's own sheets, which are in no layer, still have the last word.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from scientific_python_theme import __version__, brand
from scientific_python_theme.paths import hugo_theme

from .layers import MARK, wrap
from .sidebar import BUILDERS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

THEME = "scientific_python_theme"
# Builders that put checksums into addresses.
ADDRESSED = BUILDERS | {"singlehtml"}
SHEET = "scientific-python-theme.css"
FOLDER = "scientific-python-theme/"  # sheets of our other parts
HERE = Path(__file__).parent / "theme"
# Tokens for which a style of Pygments has no rule look like the code around them.
PLAIN_TOKENS = "@layer content{.bd-article .highlight span{color:inherit}}"
# What Sphinx pages show of the Hugo theme's sheets; page kinds and bars of Hugo stay there.
TEXT = "content.css"
SHARED = (
    "tokens.css",
    TEXT,
    "components/design.css",
    "components/design-tabs.css",
    "components/grid.css",
    "components/math.css",
    "components/people.css",
    "components/table.css",
)

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme, the brand colours and the sheet."""
    app.add_config_value("scientific_python_brand", "", "html", types=frozenset({str, list, tuple, dict}))
    app.add_html_theme(THEME, str(HERE))
    app.connect("config-inited", choose_theme, priority=50)
    app.connect("builder-inited", restore_other_sheets, priority=1)
    app.connect("builder-inited", add_sheet)
    app.connect("html-page-context", mark_addresses, priority=720)  # after `search` wrapped pathto
    app.connect("build-finished", layer_other_sheets, priority=900)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def choose_theme(app: Sphinx, config: Config) -> None:
    """Set ``html_theme`` where the project named none (configuration file, ``-D`` or ``setup``)."""
    given = "html_theme" in config._raw_config or "html_theme" in config.overrides
    if not given and config.html_theme == "alabaster":  # Sphinx's own default
        config.html_theme = THEME


def add_sheet(app: Sphinx) -> None:
    """Write the joined sheet into the output and link it from every page."""
    if not _ours(app):
        return
    colours = _brand(app)
    target = Path(app.outdir) / "_static" / SHEET
    target.parent.mkdir(parents=True, exist_ok=True)
    text = sheet() + brand.css(colours) + (PLAIN_TOKENS if _own_highlighting(app) else "")
    if not target.is_file() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
    app.add_css_file(SHEET, priority=600)


def restore_other_sheets(app: Sphinx) -> None:
    """Put back what the last build layered: extensions that copy a sheet warn if it has changed."""
    kept, static = _kept(app), Path(app.outdir) / "_static"
    for original in sorted(kept.rglob("*.css")) if kept.is_dir() else ():
        file = static / original.relative_to(kept)
        if file.is_file() and MARK in file.read_text("utf-8", errors="surrogateescape")[:4000]:
            shutil.copyfile(original, file)


def layer_other_sheets(app: Sphinx, error: Exception | None) -> None:
    """Move every sheet that is neither ours nor the project's into the lowest layer."""
    if error or not _ours(app):
        return
    static = Path(app.outdir) / "_static"
    own = {SHEET, *_project_sheets(app), *(["pygments.css"] if _own_highlighting(app) else [])}
    for file in sorted(static.rglob("*.css")):
        name = file.relative_to(static).as_posix()
        if name in own or name.startswith(FOLDER):
            continue
        text = file.read_text("utf-8", errors="surrogateescape")
        wrapped = wrap(text)
        if wrapped != text:
            original = _kept(app) / name
            original.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, original)
            file.write_text(wrapped, "utf-8", errors="surrogateescape")


def mark_addresses(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Give layered sheets addresses of their own.

    The checksums in the addresses are those of the sheets as their owners wrote them: a
    browser that has kept such a sheet from before would go on using it, unlayered.
    """
    if app.builder.name not in ADDRESSED or not _ours(app) or not {"pathto", "css_tag"} <= context.keys():
        return
    pathto, css_tag = context["pathto"], context["css_tag"]

    def marked_pathto(otheruri: str, resource: bool = False, **kwargs: Any) -> str:
        address = str(pathto(otheruri, resource, **kwargs))
        # The parent's templates add `?digest=…` to the answer for its own sheets.
        parents = resource and otheruri.startswith("_static/styles/") and otheruri.endswith(".css")
        return f"{address}?v={__version__}" if parents else address

    def marked_tag(css: Any) -> str:
        return str(css_tag(css)).replace("?v=", f"?v={__version__}-", 1)

    context["pathto"], context["css_tag"] = marked_pathto, marked_tag


@cache
def sheet() -> str:
    """Text of the shared sheets and the bridge, without comments and indentation.

    Returns
    -------
    str
        Style sheet that every page of the documentation loads.
    """
    folder = hugo_theme() / "assets" / "css"
    texts = {name: _squeeze((folder / name).read_text("utf-8")) for name in SHARED}
    # As Hugo nests the rules of text in <main>, so they hold here in the article alone.
    texts[TEXT] = f"@layer content{{:where(.bd-article){{{texts[TEXT]}}}}}\n"
    texts["math"] = _squeeze((HERE / "math.css").read_text("utf-8"))
    texts["bridge"] = _squeeze((HERE / "bridge.css").read_text("utf-8"))
    return "".join(texts.values())


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*\n\s*", "\n", css)
    return re.sub(r"(?<=[{};,])\n|\n(?=\})|;(?=\n?\})", "", css).strip() + "\n"


def _kept(app: Sphinx) -> Path:
    """Where the sheets lie as their owners wrote them, from one build to the next."""
    return Path(app.doctreedir) / "scientific-python-sheets"


def _ours(app: Sphinx) -> bool:
    return getattr(getattr(app.builder, "theme", None), "name", "") == THEME  # a book's is another


def _own_highlighting(app: Sphinx) -> bool:
    """Whether the project names a style of Pygments, whose sheet then counts as the project's."""
    return any(app.config.html_theme_options.get(f"pygments_{scheme}_style") for scheme in ("light", "dark"))


def _project_sheets(app: Sphinx) -> set[str]:
    """Sheets in ``html_static_path`` below the configuration's folder, as names below ``_static``."""
    root = Path(app.confdir)
    found: set[str] = set()
    for entry in app.config.html_static_path:
        place = root / entry
        if not place.resolve().is_relative_to(root.resolve()):
            continue  # an extension's folder, not the project's
        if place.is_file():
            found.add(place.name)
        else:
            found.update(file.relative_to(place).as_posix() for file in place.rglob("*.css"))
            found.update(
                file.relative_to(place).as_posix().removesuffix(end)
                for end in (".jinja", "_t")
                for file in place.rglob(f"*.css{end}")
            )
    return found


def _brand(app: Sphinx) -> brand.Brand:
    colours, troubles = brand.read(
        app.config.scientific_python_brand, where="conf.py: scientific_python_brand"
    )
    for trouble in troubles:
        logger.warning("%s", trouble, type="scientific_python", subtype="brand")
    return colours
