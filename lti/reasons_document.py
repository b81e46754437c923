"""Writes docs/reasons.md from the code: ``python -m lti.reasons_document docs/reasons.md``."""

import sys
from pathlib import Path

from careerlink.web.errors import TEXTS, TITLES
from lti.reasons import Reason

HEAD = """# Reason codes

A page that says no names its reason in `<main data-reason="…">`; for logins and launches it is
also in the line that people pass on to their help desk, and in the log of `lti.launch`.

This file is written by `python -m lti.reasons_document docs/reasons.md`; change the texts in
`lti/reasons.py`.

## Logins and launches

| code | status | the page says | what helps |
|---|---|---|---|
"""
PAGES = """
## All other pages

| code | the page says |
|---|---|
"""


def markdown() -> str:
    launches = [
        f"| `{cause.code}` | {cause.status} | {cause.heading} | {cause.remedy} |"
        for cause in sorted((reason.value for reason in Reason), key=lambda c: c.code)
    ]
    pages = [
        f"| `{code}` | {title}. {TEXTS.get(code, '')}".rstrip() + " |"
        for code, title in sorted(TITLES.items())
    ]
    return HEAD + "\n".join(launches) + "\n" + PAGES + "\n".join(pages) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown())
