"""Lists that are kept, compared and taken over in parts, and what changes in between."""

from collections.abc import Sequence
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses import delegations, joining
from careerlink.courses.models import CourseSection
from careerlink.enrollments import keeping, looking, naming, reading
from careerlink.enrollments.models import (
    LONGEST_READING,
    Enrollment,
    EnrollmentUpload,
    EnrollmentUploadLine,
)
from careerlink.enrollments.reading import ReadLine
from careerlink.people.actors import system
from tests.functional.careerlink.enrollments.conftest import (
    HEADING,
    JONAH,
    LISTS,
    MAYA,
    Registrar,
)


def test_a_long_list_is_compared_while_staff_go_on(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar.take(JONAH)
    monkeypatch.setattr(keeping, "PART", 2)
    monkeypatch.setattr(looking, "PART", 2)
    monkeypatch.setattr(looking, "AT_ONCE", 2)

    # The second Maya stands in another part of the list than the first.
    shown = registrar.read(MAYA, JONAH, JONAH.replace("S2002", "S9"), MAYA)
    assert shown.heading == "This list is being compared"
    assert "0 of 4" in shown.text and "Take it over" not in shown.buttons
    assert "Being compared" in registrar.office.get(LISTS).text
    registrar.work()

    compared = shown.follow("Look again")
    assert compared.heading == "What this list would change"
    assert "1 new, 0 changed, 1 kept" in compared.text
    assert "The same as line 2; that one counts." in compared.text
    compared.submit("Take it over")
    assert len(registrar.enrollments()) == 2


def test_a_list_that_is_being_compared_is_not_taken_over(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = registrar.read(MAYA)
    monkeypatch.setattr(looking, "AT_ONCE", 0)
    registrar.office.post(f"{shown.path}/compare", shown.form("Take it over").data)

    refused = registrar.office.post(
        f"{shown.path}/take", shown.form("Take it over").data, status=409
    )

    assert "still being compared" in refused.text
    assert registrar.enrollments() == []


def test_of_what_broke_off_while_it_was_read_nothing_stays_but_its_name(
    registrar: Registrar,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(
        session: Session, upload_id: int, lines: Sequence[ReadLine], **more: Any
    ) -> None:
        if lines[0].line > 2:
            raise OSError("the machine stops")
        add(session, upload_id, lines, **more)

    add = keeping.add
    read = reading.read("\n".join([HEADING, MAYA, JONAH]).encode())
    actor = registrar.as_staff
    with monkeypatch.context() as broken:
        broken.setattr(keeping, "PART", 1)
        broken.setattr(keeping, "add", breaks)
        with pytest.raises(OSError, match="stops"):
            keeping.keep(registrar.database, read, actor=actor, term=None, file_name="fall.csv")
    assert _kept(registrar) == [1, 1]
    listed = registrar.office.get(LISTS)
    assert "Being read" in listed.text and "fall.csv" not in listed.links

    clock.shift(LONGEST_READING.total_seconds() + 60)
    listed = registrar.office.get(LISTS)
    assert "Broke off while it was read" in listed.text and "fall.csv" not in listed.links
    assert "Nothing of it counts." in listed.text
    assert listed.links["Choose the file again"] == "#upload"

    clock.shift(keeping.BROKEN_OFF.total_seconds())
    registrar.work()
    assert _kept(registrar) == [1, 0]
    clock.shift(keeping.KEPT.total_seconds())
    registrar.work()
    assert _kept(registrar) == [0, 0]


def test_lines_follow_a_course_that_was_joined_since_they_were_compared(
    registrar: Registrar,
) -> None:
    rivers = registrar.course()
    shown = registrar.read(MAYA)
    with registrar.database.write() as session:
        one, other = session.merge(registrar.of.course), session.merge(rivers)
        joining.join(session, one, other, actor=system(one.institution_id))

    shown.submit("Take it over")

    assert [row.course_id for row in registrar.enrollments()] == [rivers.id]


def test_sections_come_along_with_a_course_that_is_linked_and_leave_with_it(
    registrar: Registrar,
) -> None:
    """Whoever acts for an instructor may be asked for the students of one section alone."""
    rivers = registrar.course()
    registrar.take(MAYA, JONAH)
    with registrar.database.write() as session:
        one, other = session.merge(registrar.of.course), session.merge(rivers)
        joining.join(session, one, other, actor=system(one.institution_id))
        assert [part.label for part in delegations.sections(session, other)] == ["001"]
    assert _taught_at(registrar) == [rivers.id, rivers.id]

    with registrar.database.write() as session:
        joining.part(
            session,
            session.merge(one),
            session.merge(other),
            everybody={registrar.maya.id, registrar.jonah.id},
            leaving={registrar.maya.id},
            sources=[],
            actor=system(one.institution_id),
        )
    assert _taught_at(registrar) == [one.id, rivers.id]


def test_a_line_of_a_number_that_was_named_anew_since_is_refused_or_follows(
    registrar: Registrar,
) -> None:
    """It is refused where it names a course itself, and that is another one."""
    rivers = registrar.course()
    shown = registrar.read(MAYA, JONAH.replace("BUS-310", ""))
    with registrar.database.write() as session:
        term = session.merge(registrar.term)
        naming.name_course(
            session,
            term,
            crn="41310",
            course=session.merge(rivers),
            actor=registrar.as_staff,
        )

    done = shown.submit("Take it over")

    (jonah,) = registrar.enrollments()
    assert (jonah.person_id, jonah.course_id) == (registrar.jonah.id, rivers.id)
    assert "1 line took effect" in done.text and "1 line was not taken over" in done.text
    assert "CRN 41310 is ENV-220 Rivers here; this line says BUS-310" in done.text


def test_one_number_for_two_courses_means_the_first(registrar: Registrar) -> None:
    registrar.course()
    shown = registrar.read(MAYA, JONAH.replace("BUS-310", "ENV-220"))

    done = shown.submit("Take it over")

    assert [row.person_id for row in registrar.enrollments()] == [registrar.maya.id]
    assert "this line says ENV-220" in done.text


def _taught_at(registrar: Registrar) -> list[int]:
    """The course of each student's section, which is that of their enrollment."""
    with registrar.database.read() as session:
        rows = session.execute(
            select(Enrollment.course_id, CourseSection.course_id)
            .join(CourseSection, CourseSection.id == Enrollment.section_id)
            .order_by(Enrollment.person_id)
        ).all()
    assert all(of_row == of_section for of_row, of_section in rows)
    return [of_section for _, of_section in rows]


def _kept(registrar: Registrar) -> list[int]:
    with registrar.database.read() as session:
        kinds = (EnrollmentUpload, EnrollmentUploadLine)
        return [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]
