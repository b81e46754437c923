"""One name in capitals and without, with accents built in either way, and not another one."""

import unicodedata

import pytest
import sqlalchemy as sa

from careerlink.db import Database
from careerlink.enrollments import values
from careerlink.names_alike import are_alike, name_key, plain

ECONOMY = "Économie appliquée"


@pytest.mark.parametrize(
    "other",
    [
        "économie appliquée",
        "ÉCONOMIE APPLIQUÉE",
        " Économie  appliquée ",
        unicodedata.normalize("NFD", ECONOMY),
    ],
    ids=["small", "capitals", "spaces", "two_part_accents"],
)
def test_one_name_however_it_is_written(other: str) -> None:
    assert name_key(other) == name_key(ECONOMY)
    assert unicodedata.is_normalized("NFC", plain(other))


def test_a_cell_of_the_registrars_file_is_kept_with_one_kind_of_accents() -> None:
    cell = unicodedata.normalize("NFD", f" {ECONOMY}")
    assert values.plain(cell, 200, "program") == ECONOMY


def test_another_accent_is_another_name() -> None:
    assert name_key("Economie appliquée") != name_key(ECONOMY)


def test_the_database_finds_the_same(database: Database) -> None:
    with database.read() as session:
        for other, alike in (("économie APPLIQUÉE", True), ("Economie appliquée", False)):
            found = session.scalar(sa.select(are_alike(sa.literal(other), sa.literal(ECONOMY))))
            assert bool(found) is alike
