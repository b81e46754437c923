"""Where templates and migrations are: beside the packages in a checkout, else in the wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def path(name: str) -> Path:
    # Once installed, what is beside the package belongs to other packages.
    carried = PACKAGE / "_data" / name
    return carried if carried.exists() else PACKAGE.parent / name
