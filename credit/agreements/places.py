"""Countries by their two letters, for "where do you work from"."""

from functools import cache

from babel import Locale
from wtforms.fields.choices import SelectChoice


@cache
def names() -> dict[str, str]:
    """ISO 3166 codes only; the locale data also names continents and former countries."""
    territories = Locale("en").territories
    return {
        code: name
        for code, name in sorted(territories.items(), key=lambda item: item[1])
        if len(code) == 2
        and code.isalpha()
        and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    }


def countries() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names().items()]


def country(code: str) -> str:
    return names().get(code, code)
