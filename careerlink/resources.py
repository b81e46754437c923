"""Where templates and migrations are: beside the packages in a checkout, else in the wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def path(name: str) -> Path:
    beside = PACKAGE.parent / name
    return beside if beside.exists() else PACKAGE / "_data" / name
