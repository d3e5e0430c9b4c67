"""A page that shows every image with its alternative: what a team sits around to write descriptions.

One file that loads nothing from elsewhere: pictures are embedded small, or linked from the disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from ... import __version__
from ...files import write_atomically
from ..check import described, undescribed
from ..discover import targets
from ..explain import explanation
from ..model import Finding, Image
from ..packed import same
from ..rules import all_rules
from ..run import Coverage, check_file, read_bytes
from ..settings import Settings
from ..sources.html import REPORT
from ..text import Lines, decode
from .pictures import Pictures

#: Folders shown in the chart; the rest is one row.
FOLDERS = 14
#: More images than this are laid out only when they come into view.
MANY = 1000
_STATES = {"undescribed": "Not described", "described": "Described", "decorative": "Decorative"}


@frozen(kw_only=True)
class Item:
    """One image of the page.

    Parameters
    ----------
    image : Image
        The image, at the first place where it stands.
    state : str
        ``"undescribed"``, ``"described"`` or ``"decorative"``.
    picture : str
        Address to show: a data URI or a relative path; ``""`` when it cannot be shown.
    why_not : str
        Why it cannot be shown.
    findings : tuple of Finding
        What the rules say.
    more : list of str
        Further places of the same image, as ``path:line``.
    """

    image: Image
    state: str
    picture: str = ""
    why_not: str = ""
    findings: tuple[Finding, ...] = ()
    more: list[str] = field(factory=list)

    @property
    def folder(self) -> str:
        """Folder of the file in which the image stands."""
        return str(PurePosixPath(self.image.place.path).parent)


def write(file: Path, paths: Sequence[Path], settings: Settings, *, force_exclude: bool = False) -> int:
    """Write the page.

    Parameters
    ----------
    file : pathlib.Path
        Page to write, atomically.
    paths : sequence of pathlib.Path
        Files and folders to show.
    settings : Settings
        Rules and excludes.
    force_exclude : bool
        Apply excludes to files named in `paths` too.

    Returns
    -------
    int
        Images shown.
    """
    items = gather(paths, settings, file, force_exclude=force_exclude)
    write_atomically(file, page(items))
    return len(items)


def gather(
    paths: Sequence[Path], settings: Settings, file: Path, *, force_exclude: bool = False
) -> list[Item]:
    """Every image below some paths, the same one of many built pages once.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Files and folders.
    settings : Settings
        Rules and excludes.
    file : pathlib.Path
        The page to be written: links to pictures count from its folder.
    force_exclude : bool
        Apply excludes to files named in `paths` too.

    Returns
    -------
    list of Item
        Images in order; those without words first.
    """
    pictures = Pictures(file.parent, [path for path in paths if path.is_dir()])
    items: list[Item] = []
    known: dict[str, Item] = {}
    for target in targets(paths, settings, force_exclude=force_exclude):
        if Path(target.path).resolve() == file.resolve():
            continue
        checked = check_file(Path(target.path), settings)
        flagged = undescribed(checked.findings)
        by_image: dict[int, list[Finding]] = defaultdict(list)
        for finding in checked.findings:
            by_image[id(finding.image)].append(finding)
        lines = _lines(target.path) if checked.document.format == "html" else None
        for image in checked.document.images:
            state = described(image, flagged)
            if not state:
                continue
            key = ""
            if lines:
                key = same(image, lines)
                if key in known:
                    known[key].more.append(f"{image.place.path}:{image.place.line}")
                    continue
            picture, why_not = pictures.show(image, target.path)
            item = Item(
                image=image,
                state=state,
                picture=picture,
                why_not=why_not,
                findings=tuple(by_image[id(image)]),
            )
            items.append(item)
            if key:
                known[key] = item
    order = list(_STATES)
    return sorted(items, key=lambda item: (order.index(item.state), not item.findings))


def _lines(path: str) -> Lines:
    return Lines(decode(read_bytes(path)[0])[0])


def page(items: Sequence[Item]) -> str:
    """The whole page as text."""
    here = files(__package__)
    style = here.joinpath("page.css").read_text("utf-8")
    script = here.joinpath("page.js").read_text("utf-8")
    states = Counter(item.state for item in items)
    total = Coverage(
        described=states["described"], undescribed=states["undescribed"], decorative=states["decorative"]
    )
    cards = "\n".join(_card(n, item) for n, item in enumerate(items, 1))
    body = cards or '<li class="empty">No image was found.</li>'
    inline = "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    policy = f"default-src 'none'; img-src data: file: 'self'; {inline}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{REPORT}
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Images and their alternatives</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#images">Skip to the images</a>
<header>
<h1>Images and their alternatives</h1>
<p class="lead">{_lead(total)}</p>
<div class="whole">{_bar(total)}</div>
</header>
<main>
{_chart(items, total)}
{_rules(items)}
<section aria-labelledby="images">
<h2 id="images" tabindex="-1">Images</h2>
{_form(items)}
<ol class="cards{" many" if len(items) > MANY else ""}">
{body}
</ol>
<p class="none" hidden>No image fits. <button type="button" class="reset">Show all</button></p>
</section>
</main>
<footer><p>Made by scientific-python-theme {escape(__version__)}. How to choose words:
W3C, <cite>An alt Decision Tree</cite>.</p></footer>
<script>{script}</script>
</body>
</html>
"""


def _lead(total: Coverage) -> str:
    if not total.total:
        return f"No image needs words; {total.decorative:,} decorative."
    share = int(100 * total.described / total.total)
    return (
        f'<strong class="share">{share}<span> %</span></strong> '
        f"<span>{total.described:,} of {total.total:,} images described, "
        f"{total.undescribed:,} to go; {total.decorative:,} decorative.</span>"
    )


def _bar(total: Coverage) -> str:
    """Bar of described, undescribed and decorative images; the numbers stand beside it as text."""
    whole = max(total.total + total.decorative, 1)
    x, parts = 0.0, []
    for state in ("described", "undescribed", "decorative"):
        width = 100 * getattr(total, state) / whole
        if width:
            parts.append(
                f'<rect class="{state}" x="{x:.2f}" width="{max(width - 0.4, 0.4):.2f}" height="10"/>'
            )
        x += width
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'


def _chart(items: Sequence[Item], total: Coverage) -> str:
    folders: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        folders[item.folder][item.state] += 1
    ranked = sorted(
        folders.items(), key=lambda pair: (-pair[1]["undescribed"], -sum(pair[1].values()), pair[0])
    )
    shown, rest = ranked[:FOLDERS], ranked[FOLDERS:]
    rows = [_row(name, counts, link=True) for name, counts in shown]
    if rest:
        rows.append(_row(f"{len(rest)} other folders", sum((c for _, c in rest), Counter()), link=False))
    return f"""<section aria-labelledby="coverage">
<h2 id="coverage">Coverage by folder</h2>
<div class="scroll" role="region" aria-label="Table of folders" tabindex="0">
<table>
<caption><span class="key described"></span>described <span class="key undescribed"></span>not described
<span class="key decorative"></span>decorative</caption>
<thead><tr><th scope="col">Folder</th><th scope="col">Share</th>
<th scope="col"><span class="hide">Bar</span></th>
<th scope="col" class="n">Described</th><th scope="col" class="n">To go</th>
<th scope="col" class="n">Decorative</th></tr></thead>
<tbody>{"".join(rows)}</tbody>
<tfoot>{
        _row(
            "All",
            Counter(described=total.described, undescribed=total.undescribed, decorative=total.decorative),
            link=False,
        )
    }</tfoot>
</table>
</div>
</section>"""


def _row(name: str, counts: Counter[str], *, link: bool) -> str:
    total = Coverage(
        described=counts["described"], undescribed=counts["undescribed"], decorative=counts["decorative"]
    )
    share = f"{int(100 * total.described / total.total)} %" if total.total else "–"
    label = "this folder" if name == "." else _breakable(name)
    mark = f' data-filter="{escape(name)}"' if link else ""
    return (
        f'<tr><th scope="row"{mark}>{label}</th><td class="n">{share}</td><td class="bar">{_bar(total)}</td>'
        f'<td class="n">{total.described:,}</td><td class="n">{total.undescribed:,}</td>'
        f'<td class="n">{total.decorative:,}</td></tr>'
    )


def _rules(items: Sequence[Item]) -> str:
    counts = Counter(finding.code for item in items for finding in item.findings)
    known = all_rules()
    rows = []
    for code, n in counts.most_common():
        if code not in known:
            continue
        told = explanation(known[code])
        why = "".join(f"<p>{_prose(p)}</p>" for p in told.why)
        rows.append(
            f"<li><details><summary><b>{code}</b> {escape(known[code].name)} <span>{n:,}</span></summary>"
            f"<p>{_prose(told.what)}</p>{why}</details></li>"
        )
    if not rows:
        return ""
    return (
        '<section aria-labelledby="rules"><h2 id="rules">What was found</h2>'
        f'<ul class="rules">{"".join(rows)}</ul></section>'
    )


def _prose(text: str) -> str:
    parts = text.split("``")
    return "".join(f"<code>{escape(p)}</code>" if n % 2 else escape(p) for n, p in enumerate(parts))


def _form(items: Sequence[Item]) -> str:
    states = Counter(item.state for item in items)
    boxes = "".join(
        f'<label><input type="checkbox" name="state" value="{state}" checked> {label} '
        f"<span>{states[state]:,}</span></label>"
        for state, label in _STATES.items()
    )
    codes = sorted({finding.code for item in items for finding in item.findings})
    known = all_rules()
    rules = "".join(
        f'<option value="{code}">{code} {escape(known[code].name) if code in known else ""}</option>'
        for code in codes
    )
    folders = "".join(
        f'<option value="{escape(name)}">{escape("this folder" if name == "." else name)}</option>'
        for name in sorted({item.folder for item in items})
    )
    return f"""<form class="filter" hidden>
<label>Search <input type="search" name="words" placeholder="file, words, caption"></label>
<label>Folder <select name="folder"><option value="">All</option>{folders}</select></label>
<label>Rule <select name="rule"><option value="">All</option>{rules}</select></label>
<fieldset><legend class="hide">State</legend>{boxes}</fieldset>
<p><output aria-live="polite"></output>
<button type="button" class="copy" disabled>Copy drafts</button></p>
</form>"""


def _card(number: int, item: Item) -> str:
    image, around = item.image, item.image.around
    place = image.place
    where = f"{place.path}:{place.line}:{place.column}" + (f" ({place.note})" if place.note else "")
    codes = " ".join(sorted({f.code for f in item.findings}))
    name = image.text if image.text and image.text.strip() else ""
    words = " ".join(filter(None, (where, image.src, name, around.caption, around.heading))).lower()[:1000]
    shown = (
        f'<img src="{escape(item.picture)}" alt="{"" if name else "Not described yet"}" loading="lazy">'
        if item.picture
        else f"<p>{escape(item.why_not)}</p>"
    )
    title = (
        escape(PurePosixPath(image.src.partition("?")[0]).name[:80] or image.element)
        if not image.src.startswith("data:")
        else escape(f"{image.element}, embedded")
    )
    facts = [_fact("Alternative", escape(name[:2000]) if name else _none(item))]
    for label, value in (("Caption", around.caption), ("Heading", around.heading), ("Links to", around.href)):
        if value:
            facts.append(_fact(label, escape(value[:600])))
    return f"""<li class="card {item.state}" id="i{number}" data-state="{item.state}"
 data-folder="{escape(item.folder)}" data-rules="{codes}" data-words="{escape(words)}"
 data-where="{escape(where)}">
<div class="plate">{shown}</div>
<div class="about">
<div class="head"><h3>{title}</h3> <span class="state">{_STATES[item.state]}</span></div>
<p class="where"><code>{_breakable(where)}</code>{_more(item)}</p>
<dl>{"".join(facts)}</dl>
{_said(item)}
{_draft(number, item, title)}
</div></li>"""


def _breakable(path: str) -> str:
    """A path that may break after a slash and nowhere else."""
    return escape(path).replace("/", "/<wbr>")


def _fact(label: str, value: str) -> str:
    return f"<div><dt>{label}</dt><dd>{value}</dd></div>"


def _none(item: Item) -> str:
    if item.state == "decorative":
        return '<i class="no">none, marked decorative</i>'
    return '<i class="no">none</i>'


def _more(item: Item) -> str:
    if not item.more:
        return ""
    some = "".join(f"<li><code>{escape(place)}</code></li>" for place in item.more[:50])
    rest = f"<li>and {len(item.more) - 50:,} more</li>" if len(item.more) > 50 else ""
    summary = f"and {len(item.more):,} more places"
    return f'<details class="more"><summary>{summary}</summary><ul>{some}{rest}</ul></details>'


def _said(item: Item) -> str:
    rows = "".join(
        f'<li class="{f.severity.value}"><b>{f.code}</b> {escape(f.message)}'
        + (f"<br><span>{escape(f.help)}</span>" if f.help else "")
        + "</li>"
        for f in item.findings
    )
    return f'<ul class="findings">{rows}</ul>' if rows else ""


def _draft(number: int, item: Item, title: str) -> str:
    if item.state != "undescribed" and not item.findings:
        return ""
    return (
        f'<div class="draft" hidden><label for="d{number}">Draft for {title}</label>'
        f'<textarea id="d{number}" rows="2" maxlength="2000"></textarea><p class="count"></p></div>'
    )
