"""A line names a student by an id: of nobody yet, of one, or of two."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments import keeping, reading, waiting
from careerlink.enrollments.applying import Taking
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution, Term
from careerlink.people.models import Person
from tests.functional.careerlink.enrollments.conftest import (
    HEADING,
    JONAH,
    LISTS,
    MAYA,
    Registrar,
)


def test_who_is_not_known_yet_is_enrolled_when_they_appear(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH.replace("S2002", "S2077"))
    assert "S2077" in registrar.office.get(f"{LISTS}/waiting").text
    with registrar.database.write() as session:
        of = registrar.of.course.institution_id
        session.add(Person(institution_id=of, sis_id="S2077", is_test=True))
    registrar.work()
    assert len(registrar.enrollments()) == 1

    with registrar.database.write() as session:
        late = Person(institution_id=of, sis_id="S2077", name="Noor Haddad")
        session.add(late)
    registrar.work()

    _, noor = registrar.enrollments()
    assert (noor.person_id, noor.credits_thousandths) == (late.id, 1000)
    assert "Nobody is waited for" in registrar.office.get(f"{LISTS}/waiting").text


def test_a_newer_list_goes_before_a_line_that_waits(registrar: Registrar) -> None:
    registrar.take(JONAH.replace("S2002", "S2077"))
    with registrar.database.write() as session:
        of = registrar.of.course.institution_id
        session.add(Person(institution_id=of, sis_id="S2077"))

    registrar.take(JONAH.replace("S2002", "S2077").replace(",1,", ",2,"))
    registrar.work()

    (row,) = registrar.enrollments()
    assert row.credits_thousandths == 2000


def test_who_waits_is_enrolled_while_no_list_is_taken_over(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer list that came in between would have the older one's line after it."""

    class Looking(Taking):
        def load(self, course_ids: Iterable[int], person_ids: Iterable[int]) -> None:
            if not registrar.database.is_sqlite:  # whose writers are alone as it is
                now = select(Institution.id).with_for_update(key_share=True, nowait=True)
                with pytest.raises(OperationalError), registrar.database.write() as other:
                    other.execute(now)
            super().load(course_ids, person_ids)

    registrar.take(JONAH.replace("S2002", "S2077"))
    with registrar.database.write() as session:
        of = registrar.of.course.institution_id
        session.add(Person(institution_id=of, sis_id="S2077"))

    monkeypatch.setattr(waiting, "Taking", Looking)
    registrar.work()

    assert len(registrar.enrollments()) == 1


def test_two_people_with_one_id_are_no_match(registrar: Registrar) -> None:
    with registrar.database.write() as session:
        of = registrar.of.course.institution_id
        session.add(Person(institution_id=of, sis_id="S2001"))

    assert "2 people in CareerLink have the id S2001" in registrar.read(MAYA).text


def test_nothing_of_another_institution_is_ever_meant_and_no_test_user(
    registrar: Registrar,
) -> None:
    """Ids and numbers are each campus's own, and theirs look like ours."""
    here = registrar.of.course.institution_id
    with registrar.database.write() as session:
        elsewhere = Institution(slug="elsewhere", name="Elsewhere")
        session.add(elsewhere)
        session.flush()
        theirs = Course(institution_id=elsewhere.id, label="FOR-101", title="Theirs")
        session.add_all([
            theirs,
            Person(institution_id=elsewhere.id, sis_id="S2001"),
            Person(institution_id=elsewhere.id, sis_id="S2077"),
            Person(institution_id=here, sis_id="S2001", is_test=True),
            Term(institution_id=elsewhere.id, code="2027SP", name="Spring",
                 starts_on=date(2027, 1, 11), ends_on=date(2027, 5, 7)),
        ])  # fmt: skip
        session.flush()
        session.add(CourseSection(course_id=theirs.id, sis_id="50001"))

    assert "is no term of ours" in registrar.read(MAYA.replace("2026FA", "2027SP")).text
    unnamed = MAYA.replace("41310", "50001").replace("BUS-310", "")
    assert "1 CRN is unknown" in registrar.read(unnamed).text
    registrar.take(MAYA, JONAH.replace("S2002", "S2077"))
    registrar.work()
    assert [row.person_id for row in registrar.enrollments()] == [registrar.maya.id]


def test_a_term_that_nobody_entered_is_named_and_the_list_compared_again(
    registrar: Registrar,
) -> None:
    shown = registrar.read(MAYA.replace("2026FA", "Fall ’26"))
    assert "“Fall ’26” is no term of ours" in shown.text
    assert "Take it over" not in shown.buttons
    with registrar.database.write() as session:
        session.merge(registrar.term).name = "Fall ’26"

    shown.submit("Compare again").submit("Take it over")

    assert len(registrar.enrollments()) == 1


def test_nobody_but_staff_brings_a_list_in(registrar: Registrar) -> None:
    read = reading.read("\n".join([HEADING, MAYA]).encode())
    who = registrar.of.as_instructor
    with registrar.database.write() as session, pytest.raises(NotPermitted):
        keeping.begin(session, read, actor=who, file_name="fall.csv")
