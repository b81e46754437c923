"""A framework from a file: looked at first, taken over once, brought up to date by its ids."""

import io
from typing import Any

import pytest
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.db import Database
from credit.competencies import importing, queries
from credit.competencies.comparing import compare
from credit.competencies.files import exchange
from credit.competencies.models import (
    Competency,
    CompetencyFramework,
    CompetencyImport,
    FileFormat,
)
from tests.factories.agreements import Scene
from tests.pages import Page, Visitor
from tests.unit.credit.competencies import sources

IMPORT = "/office/competencies/import"
LABELS = {FileFormat.CASE: "1EdTech", FileFormat.CANVAS: "Canvas", FileFormat.MOODLE: "Moodle"}
FILES = {
    FileFormat.CASE: sources.case_file(),
    FileFormat.CANVAS: sources.CANVAS.encode(),
    FileFormat.MOODLE: sources.MOODLE.encode(),
}


def upload(
    staff: Visitor, file_format: FileFormat, data: bytes, *, status: int = 200, **more: Any
) -> Page:
    values = {"file_format": file_format.value, "File": (io.BytesIO(data), "work.csv"), **more}
    return staff.get(IMPORT).submit("See what it would change", values, status=status)


def test_a_file_is_shown_first_and_taken_over_once(
    staff: Visitor, cast: Scene, database: Database
) -> None:
    shown = upload(staff, FileFormat.CANVAS, FILES[FileFormat.CANVAS])

    assert "It becomes a new framework" in shown.text
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(CompetencyFramework)) == 1
    form = shown.form("Take it over")
    form.fill({"Name of the framework": "Working well"})
    taken = staff.post(shown.path, form.data)
    again = staff.post(shown.path, form.data)

    assert taken.heading == again.heading == "Working well"
    with database.read() as session:
        framework = session.scalars(
            select(CompetencyFramework).filter_by(name="Working well")
        ).one()
        rows = queries.rows_of(session, framework)
        assert framework.only_by_choice
        assert [row.label for row in rows if row.retired_at is None] == [
            "Working", "Working with others", "Asks early", "Writes so that others can use it",
        ]  # fmt: skip
        asks = rows[2]
        assert asks.anchors[0] == "Step by step"
        assert {row.id for row in rows if row.is_group} == {asks.parent_id, rows[0].id}
        taken_over = select(AuditEntry).filter_by(action="competency_framework:import")
        assert len(session.scalars(taken_over).all()) == 1
        assert session.scalars(select(CompetencyImport)).one().content == {}


def test_each_format_goes_in_out_and_in_again_without_a_change(
    cast: Scene, database: Database
) -> None:
    for file_format, data in FILES.items():
        with database.write() as session:
            framework = _taken(session, cast, file_format, data)
            rows = queries.rows_of(session, framework)
            same = compare(exchange.read(file_format, data), framework, rows)
            here = exchange.content_of(framework, rows, file_format)
            written = exchange.write(here)
            back = compare(exchange.read(file_format, written, root=here.key), framework, rows)

        assert same.is_empty, (file_format, same)
        assert back.is_empty, (file_format, back)


def test_ours_goes_to_every_system_and_comes_back_without_a_change(
    staff: Visitor, cast: Scene, database: Database
) -> None:
    with database.read() as session:
        framework_id = session.scalars(select(CompetencyFramework.id)).one()
    for file_format in FileFormat:
        address = f"/office/competencies/{framework_id}/export/{file_format.value}"
        answer = staff.raw.get(address)
        assert "attachment" in answer.headers["Content-Disposition"]

        shown = upload(staff, file_format, answer.data)

        assert "The file says what is here already" in shown.text, file_format


def _taken(
    session: Any, cast: Scene, file_format: FileFormat, data: bytes
) -> CompetencyFramework:
    row = importing.keep(
        session,
        data,
        actor=cast.staff,
        file_format=file_format,
        file_name="work.csv",
        framework=None,
    )
    _, delta = importing.preview(session, row)
    return importing.take(
        session, row, actor=cast.staff, name="", seen=delta.fingerprint, retire_gone=False
    )


def test_a_newer_file_changes_what_differs_and_loses_nothing(
    staff: Visitor, cast: Scene, database: Database
) -> None:
    with database.write() as session:
        framework = _taken(session, cast, FileFormat.MOODLE, FILES[FileFormat.MOODLE])
        known = {row.code: row.id for row in queries.rows_of(session, framework)}
    newer = sources.MOODLE.replace('"Asks, early"', "Asks in time").replace(
        "people,write,Writes,", "people,draw,Draws,"
    )
    newer = newer.replace("null,write,8", "null,,8")

    shown = upload(staff, FileFormat.MOODLE, newer.encode())

    assert "It brings “Working” up to date." in shown.text
    cells = [cell for row in shown.rows() for cell in row]
    assert {"Asks, early", "Asks in time"} <= set(cells)
    kept = shown.submit("Take it over")
    shown_there = " ".join(cell for row in kept.rows() for cell in row)
    assert all(label in shown_there for label in ("Asks in time", "Draws", "Writes"))
    with database.read() as session:
        rows = {row.code: row for row in queries.rows_of(session, framework)}
        assert {code: rows[code].id for code in known} == known
        assert rows["write"].retired_at is None
    shown = upload(staff, FileFormat.MOODLE, newer.encode())
    shown.submit("Take it over", {"Retire what the file does not have": True})
    with database.read() as session:
        rows = {row.code: row for row in queries.rows_of(session, framework)}
        assert rows["write"].retired_at is not None
        assert rows["write"].id == known["write"]


def test_what_somebody_changed_meanwhile_is_looked_at_again(
    staff: Visitor, cast: Scene, database: Database
) -> None:
    with database.write() as session:
        _taken(session, cast, FileFormat.MOODLE, FILES[FileFormat.MOODLE])
    newer = sources.MOODLE.replace('"Asks, early"', "Asks in time").encode()
    shown = upload(staff, FileFormat.MOODLE, newer)
    with database.write() as session:
        session.scalars(select(Competency).filter_by(code="ask")).one().label = "Asks well"

    refused = shown.submit("Take it over", status=409)

    assert "Somebody changed this framework since." in refused.text
    assert "Asks well" in refused.text


@pytest.mark.parametrize(
    ("file_format", "data", "words"),
    [
        (FileFormat.CANVAS, b"guid,title\n1,2\n", "the column “vendor_guid” is missing"),
        (FileFormat.MOODLE, "Ärger".encode("latin-1"), "Line 1: a character is not UTF-8."),
        (FileFormat.CASE, b"{", "Line 1, column 2: this is not JSON any more."),
    ],
)
def test_a_bad_file_is_answered_at_the_field(
    staff: Visitor, cast: Scene, file_format: FileFormat, data: bytes, words: str
) -> None:
    refused = upload(staff, file_format, data, status=422)

    assert any(words in error for error in refused.errors), refused.errors


def test_no_file_and_no_kind_are_asked_for(staff: Visitor, cast: Scene) -> None:
    page = staff.get(IMPORT)

    assert page.submit("See what", status=422).errors == ["Choose the kind of file"]
    assert page.submit("See what", {"file_format": "case"}, status=422).errors == [
        "Choose a file."
    ]
