"""Text can be read: on every ground, in both schemes, whatever the brand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scientific_python_theme import brand
from scientific_python_theme.paths import hugo_theme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("styling")]

# (text, ground, least ratio): WCAG 2.2 asks 4.5 of text and 3 of marks; running text gets 7 here.
TEXT = [
    *[("--pst-color-text-base", ground, 7) for ground in ("--pst-color-background", "--pst-color-on-background")],
    ("--pst-color-text-base", "--pst-color-surface", 7),
    *[("--pst-color-text-base", f"--pst-color-{kind}-bg", 7) for kind in
      ("info", "success", "warning", "danger", "primary", "secondary")],
    ("--pst-color-heading", "--pst-color-background", 7),
    *[("--pst-color-text-muted", ground, 4.5) for ground in
      ("--pst-color-background", "--pst-color-surface", "--pst-color-light")],
    ("--pst-color-on-surface", "--pst-color-surface", 7),
    *[("--pst-color-link", ground, 4.5) for ground in
      ("--pst-color-background", "--pst-color-surface", "--pst-color-on-background", "--pst-color-primary-bg",
       *(f"--pst-color-{kind}-bg" for kind in ("info", "success", "warning", "danger")))],
    ("--pst-color-link-hover", "--pst-color-background", 4.5),
    *[("--pst-color-primary-text", f"--pst-color-{kind}", 4.5) for kind in
      ("primary", "secondary", "info", "success", "warning", "danger", "muted", "dark")],
    *[(f"--pst-color-{kind}", f"--pst-color-{kind}-bg", 4.5) for kind in ("info", "success", "warning", "danger")],
    ("--sp-color-violet", "--sp-color-violet-bg", 4.5),
    ("--pst-color-muted", "--pst-color-surface", 4.5),
    ("--sp-on-foot", "--sp-foot", 7),
    *[(f"--sp-code-{voice}", "--pst-color-surface", 4.5) for voice in
      ("comment", "keyword", "string", "number", "function", "name", "error")],
    ("--sp-focus", "--pst-color-background", 3),
    ("--sp-color-border-strong", "--pst-color-background", 3),
]  # fmt: skip

# The browser does the colour arithmetic: each pair is painted and read back as sRGB bytes.
SCRIPT = """([scheme, brands, pairs]) => {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true});
  const root = document.documentElement;
  root.style.colorScheme = scheme;
  const probe = document.body.appendChild(document.createElement("i"));
  const luminance = (name) => {
    probe.style.color = `var(${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const bad = [];
  for (const [one, two] of brands) {
    root.style.setProperty("--sp-brand", one);
    root.style.setProperty("--sp-brand-2", two);
    for (const [text, ground, least] of pairs) {
      const [a, b] = [luminance(text), luminance(ground)].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < least) bad.push(`${one} ${two}: ${text} on ${ground}: ${ratio.toFixed(2)} < ${least}`);
    }
  }
  return bad;
}"""
HUES = [f"oklch({light} {chroma} {hue})" for light in (0.2, 0.55, 0.9) for chroma in (0.02, 0.12, 0.3)
        for hue in range(0, 360, 30)]  # fmt: skip
BRANDS = [
    ("#0a6c83", "#0a6c83"), ("#013243", "#4dabcf"), ("#ffd43b", "#306998"), ("#ffffff", "#000000"),
    ("#000000", "#ffffff"), *zip(HUES, reversed(HUES), strict=True),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_with_any_brand(page: Any, scheme: str) -> None:
    """Over a hundred brands, sensible and not: no pair of text and ground falls below its ratio."""
    tokens = (hugo_theme() / "assets/css/tokens.css").read_text("utf-8")
    page.set_content(f"<!doctype html><style>{tokens}</style><body>")
    bad = page.evaluate(SCRIPT, [scheme, BRANDS, TEXT])
    assert not bad, "\n".join(bad[:40])


@pytest.mark.slow
def test_one_brand_gives_one_result(
    page: Any, hugo_page: Callable[..., str], sphinx_page: Callable[..., str]
) -> None:
    """The colour set in Hugo's params and in conf.py comes out the same, and is not the default."""
    seen = []
    for address in (hugo_page("#7a1f5c"), sphinx_page("#7a1f5c"), hugo_page()):
        page.goto(address)
        seen.append(
            page.evaluate(
                """["main p a, article p a", ".sd-btn-primary", "#footer, .bd-footer"].map((s) => {
                     const c = getComputedStyle(document.querySelector(s));
                     return [c.color, c.backgroundColor];
                   })"""
            )
        )
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


@pytest.mark.parametrize("colour", ["#ffd43b", "#4dabcf", "#ffffff", "#ff0000", "#7fff00", "#4d77cf"])
def test_the_proposal_passes_and_is_the_nearest(colour: str) -> None:
    """What is proposed reaches 4.5:1, and a lighter one would not."""
    found = brand.passing(colour)
    ratio = brand.contrast(found, "#ffffff")
    assert 4.5 <= ratio < 4.7


@pytest.mark.slow
def test_both_sides_propose_the_same(hugo: Callable[..., Any], tmp_path: Path) -> None:
    """Hugo's template arithmetic agrees with the library to one step in each channel."""
    for name, colour in {"a": "#ffd43b", "b": "#4dabcf", "c": "#ff5599"}.items():
        site = tmp_path / name
        site.mkdir()
        (site / "hugo.toml").write_text(f'baseURL = "/"\n[params]\nbrand = "{colour}"\n', "utf-8")
        log = hugo(site).stdout + hugo(site).stderr
        assert f'params.brand: "{colour}" has a contrast of' in log
        proposed = log.split("the nearest that passes is ")[1].split('"')[1]
        expected = brand.passing(colour)
        assert brand.contrast(proposed, "#ffffff") >= 4.5
        steps = [abs(int(proposed[i : i + 2], 16) - int(expected[i : i + 2], 16)) for i in (1, 3, 5)]
        assert max(steps) <= 3, (proposed, expected)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("blurple", "'blurple' is no colour"),
        ("#12", "is no colour"),
        ("red;} body{display:none", "is no colour"),
        (7, "7 is no colour"),
        (["#000", "#111", "#222"], "two are used"),
        ({"primary": "#000", "second": "#111"}, "unknown key 'second'"),
        ("#ffd43b", 'the nearest that passes is "#'),
    ],
)
def test_a_wrong_brand_is_named(value: Any, says: str) -> None:
    """What is wrong, where, and what to write instead."""
    colours, troubles = brand.read(value, where="conf.py: scientific_python_brand")
    assert len(troubles) == 1
    assert says in troubles[0]
    assert troubles[0].startswith("conf.py: scientific_python_brand")
    assert "{" not in brand.css(colours).removeprefix("@layer tokens{:root{")


def test_no_brand_needs_no_sheet() -> None:
    """Nothing given, nothing written, nothing said."""
    assert brand.read((), where="x") == (brand.Brand(), [])
    assert brand.css(brand.Brand()) == ""
