"""Writes docs/reasons.md from the code: ``python -m lti.reasons_document docs/reasons.md``."""

import sys
from collections.abc import Iterable
from pathlib import Path

from careerlink.web.errors import TEXTS, TITLES
from lti.causes import Cause
from lti.reasons import Reason
from lti.registration_reasons import RegistrationReason

HEAD = """# Reason codes

A page that says no names its reason in `<main data-reason="…">`; for logins and launches it is
also in the line that people pass on to their help desk, and in the log of `lti.launch`.

This file is written by `python -m lti.reasons_document docs/reasons.md`; change the texts in
`lti/reasons.py` and `lti/registration_reasons.py`.

## Logins and launches

| code | status | the page says | what helps |
|---|---|---|---|
"""
REGISTRATIONS = """
## Registration URLs

For whoever adds CareerLink to an LMS by a registration URL; the page says what helps, too, and
the log is `lti.registration`.

| code | status | the page says | what helps |
|---|---|---|---|
"""
PAGES = """
## All other pages

| code | the page says |
|---|---|
"""


def markdown() -> str:
    launches = _lines(reason.value for reason in Reason)
    registrations = _lines(reason.value for reason in RegistrationReason)
    pages = [
        f"| `{code}` | {title}. {TEXTS.get(code, '')}".rstrip() + " |"
        for code, title in sorted(TITLES.items())
    ]
    parts = (HEAD, launches, REGISTRATIONS, registrations, PAGES, pages)
    return "".join(part if isinstance(part, str) else "\n".join(part) + "\n" for part in parts)


def _lines(causes: Iterable[Cause]) -> list[str]:
    return [
        f"| `{cause.code}` | {cause.status} | {cause.heading} | {cause.remedy} |"
        for cause in sorted(causes, key=lambda cause: cause.code)
    ]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown())
