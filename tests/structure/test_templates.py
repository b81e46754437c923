"""Every template is used, and every template that is named exists and compiles."""

import re

from jinja2 import Environment, FileSystemLoader, meta

from tests.structure.sources import PACKAGES, ROOT, python_files, texts

TEMPLATES = ROOT / "templates"
NAME = re.compile(r"^[a-z_]+/[a-z_/.-]+\.(html|txt|xml|svg)$")

environment = Environment(
    loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True
)


def test_every_template_is_used() -> None:
    assert set(environment.list_templates()) - _named_in_code() - _named_in_templates() == set()


def test_every_named_template_exists() -> None:
    missing = (_named_in_code() | _named_in_templates()) - set(environment.list_templates())

    assert missing == set()


def _named_in_templates() -> set[str]:
    named: set[str] = set()
    for name in environment.list_templates():
        tree = environment.parse((TEMPLATES / name).read_text(), name)
        named |= {found for found in meta.find_referenced_templates(tree) if found}
    return named


def _named_in_code() -> set[str]:
    said = {text for path in python_files(*PACKAGES) for text in texts(path)}
    whole = {text for text in said if NAME.match(text)}
    # A mail is named without its ending, since it has a text and an HTML part.
    parts = {
        template
        for template in environment.list_templates()
        if template.startswith("mail/")
        and {template.rsplit(".", 1)[0], template.removeprefix("mail/").rsplit(".", 1)[0]}
        & said
    }
    return whole | parts
