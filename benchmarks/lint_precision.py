"""Precision and recall of the HTML rules over built documentation, against recorded labels.

    python benchmarks/lint_precision.py FOLDER [--record] [--sources]

FOLDER holds unpacked documentation packages (``apt-get download python-scipy-doc``; ``dpkg -x``).
The labels in ``tests/cases/labels/html.tsv`` say of each finding whether a person agrees, and of images without
a finding (``-``) whether that is fine; ``--record`` adds rows for new findings, to be judged by hand. ALT002 is decided by comparison alone: the alternative is
the image's own address, letter for letter. With ``--sources`` FOLDER holds checked-out repositories, whose
reStructuredText, Markdown, notebooks and Python are judged against ``sources.tsv``.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scientific_python_theme.lint import settings
from scientific_python_theme.lint.model import Document, Image
from scientific_python_theme.lint.rules import Remark, all_rules
from scientific_python_theme.lint.run import run
from scientific_python_theme.lint.sources import html
from scientific_python_theme.lint.wording import base_name

LABELS = Path(__file__).resolve().parent.parent / "tests" / "cases" / "labels"
COLUMNS = ("rule", "severity", "package", "image", "text", "verdict")
Key = tuple[str, str, str, str, str]


def said(document: Document) -> Iterator[tuple[str, str, Image | None, Remark]]:
    """What the default rules say about a page."""
    for rule in all_rules().values():
        if not rule.default:
            continue
        pairs = (
            ((image, remark) for image in document.images for remark in rule.check(image))
            if rule.check
            else rule.check_document(document)
        )
        for image, remark in pairs:
            remark = remark if isinstance(remark, Remark) else Remark(message=remark)
            yield rule.code, (remark.severity or rule.severity).value, image, remark


def survey(folder: Path) -> tuple[Counter[Key], int, int]:
    """Findings of every page below a folder, each once a package and image, and how many pages and images."""
    found: Counter[Key] = Counter()
    pages = images = 0
    for file in sorted(folder.rglob("*.html")):
        if file.is_symlink() or not file.is_file():
            continue
        parts = file.relative_to(folder).parts
        package = next((p for p in parts if p.startswith("python")), parts[0])
        document = html.read(file.read_bytes().decode("utf-8", "replace"), file.as_posix())
        pages += 1
        images += len(document.images)
        for code, severity, image, remark in said(document):
            if code == "ALT002" and image is not None and image.text in (image.src, *image.sources):
                found[(code, severity, package, "*", "the image's own address")] += 1
                continue
            name = base_name(image.src)[:80] if image is not None else ""
            text = (image.text or "")[:80] if image is not None else remark.message
            found[(code, severity, package, name, " ".join(text.split()))] += 1
    return found, pages, images


def survey_sources(folder: Path) -> tuple[Counter[Key], int, int]:
    """The same for the sources of every repository in a folder."""
    found: Counter[Key] = Counter()
    files = images = 0
    for repository in sorted(p for p in folder.iterdir() if p.is_dir()):
        done = run([repository], settings.load(start=repository, isolated=True), jobs=1)
        files += done.files
        images += done.coverage.total + done.coverage.decorative
        for finding in done.findings:
            name = base_name(finding.image.src)[:80] if finding.image is not None else ""
            file = Path(finding.place.path).name
            text = (finding.image.text or "" if finding.image is not None else finding.message)[:80]
            key = (
                finding.code,
                finding.severity.value,
                repository.name,
                f"{file}: {name}",
                " ".join(text.split()),
            )
            found[key] += 1
    return found, files, images


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--sources", action="store_true")
    options = parser.parse_args()
    file = LABELS / ("sources.tsv" if options.sources else "html.tsv")
    labels: dict[Key, str] = {}
    if file.exists():
        with file.open(encoding="utf-8", newline="") as stream:
            labels = {
                tuple(row[c] for c in COLUMNS[:5]): row["verdict"]
                for row in csv.DictReader(stream, delimiter="\t")
            }  # type: ignore[misc]
    found, pages, images = (survey_sources if options.sources else survey)(options.folder)
    if options.record:
        for key in found:
            labels.setdefault(key, "?")
        with file.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, delimiter="\t", lineterminator="\n")
            table.writerow(COLUMNS)
            table.writerows((*key, verdict) for key, verdict in sorted(labels.items()))
    print(f"{pages} files, {images} images")
    print("rule    severity  findings  true  false  unlabelled  missed  precision  recall")
    for code, severity in sorted({key[:2] for key in [*found, *labels] if key[0] != "-"}):
        mine = [key for key in found if key[:2] == (code, severity)]
        verdicts = Counter(labels.get(key, "?") for key in mine)
        # A labelled defect that is no longer found was missed.
        missed = sum(
            1 for k, v in labels.items() if k[:2] == (code, severity) and v == "true" and k not in found
        )
        hits = sum(found[key] for key in mine)
        right = sum(found[key] for key in mine if labels.get(key) == "true")
        judged = verdicts["true"] + verdicts["false"]
        precision = f"{verdicts['true'] / judged:9.3f}" if judged else "        –"
        recall = f"{right / (right + missed):7.3f}" if right + missed else "      –"
        print(
            f"{code:7} {severity:8} {hits:9} {verdicts['true']:5} {verdicts['false']:6} {verdicts['?']:11} {missed:7} {precision} {recall}"
        )


if __name__ == "__main__":
    main()
