"""Presets for figures that Matplotlib draws while documentation is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .given import given

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

WIDTH = 6.4  # inches; 614 pixels at 96 per inch, the width of the text
GOLDEN = (5**0.5 - 1) / 2
# Dark ink on a ground of its own reads the same on a light page and on a dark one; the
# colours of lines have at least 3:1 on that ground (WCAG 2.2, SC 1.4.11).
INK = "#1b1f24"
GROUND = "#ffffff"
LINES = ("#1f6fb2", "#c4570a", "#2b7d3c", "#c22f3b", "#7d5bb0", "#8a5a44", "#b8479a", "#6b7280")

#: Matplotlib's settings, all as plain text and numbers.
STYLE: dict[str, Any] = {
    "figure.figsize": (WIDTH, round(WIDTH * GOLDEN, 2)),
    "figure.facecolor": GROUND,
    "figure.edgecolor": GROUND,
    "savefig.facecolor": GROUND,
    "savefig.transparent": False,
    "axes.facecolor": GROUND,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.prop_cycle": f"cycler('color', {list(LINES)})",
    "grid.color": "#c9ced6",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "font.size": 11.0,
    "axes.titlesize": 11.0,
    "legend.fontsize": 10.0,
    "text.usetex": False,
}
GALLERY = {
    "remove_config_comments": True,
    "reset_modules": ("matplotlib", "seaborn", f"{__name__}.reset"),
}
PLOTS: dict[str, Any] = {
    "plot_rcparams": STYLE,
    "plot_apply_rcparams": True,
    "plot_formats": [("png", 192)],
    "plot_html_show_formats": False,
    "plot_html_show_source_link": False,
    "plot_include_source": True,
    "plot_pre_code": "import numpy as np\nnp.random.seed(0)\n",
}


def gallery(app: Sphinx, config: Config) -> None:
    """Lay our settings under the project's ``sphinx_gallery_conf``.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    config : sphinx.config.Config
        Its configuration; changed.
    """
    if not (config.scientific_python_plots and config.scientific_python_defaults):
        return
    if "sphinx_gallery.gen_gallery" not in app.extensions:
        return
    own = config.sphinx_gallery_conf if given(config, "sphinx_gallery_conf") else {}
    if isinstance(own, dict):
        config.sphinx_gallery_conf = {**GALLERY, **own}


def reset(gallery_conf: dict[str, Any], fname: str) -> None:
    """Set the style before each example; sphinx-gallery calls this by name.

    Parameters
    ----------
    gallery_conf : dict
        The gallery's configuration; not used.
    fname : str
        The example; not used.
    """
    import matplotlib

    matplotlib.rcParams.update(STYLE)  # type: ignore[arg-type]  # keys are typed as literals
