"""The configuration of the small sites the tests build."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """\
baseURL = "https://example.org/"
title = "Example"
theme = "hugo-theme"
disableKinds = ["taxonomy"]
[markup.goldmark.renderer]
unsafe = true
[params]
description = "A site for tests"
"""
