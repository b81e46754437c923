"""Issue of every term: what the registrar knows comes as a list, is looked at, and counts."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.courses.models import CourseMember, CourseSection
from careerlink.enrollments import keeping, taking
from careerlink.enrollments.models import (
    Enrollment,
    EnrollmentUpload,
    EnrollmentUploadLine,
    WaitingEnrollment,
)
from careerlink.people.models import Person
from tests.functional.careerlink.enrollments.conftest import (
    HEADING,
    JONAH,
    MAYA,
    Registrar,
)


def test_a_list_is_looked_at_first_and_taken_over_once(registrar: Registrar) -> None:
    shown = registrar.read(MAYA, JONAH)

    assert shown.heading == "What this list would change"
    assert "2 new, 0 changed" in shown.text
    assert registrar.enrollments() == []

    form = shown.form("Take it over")
    first = registrar.office.post(form.action, form.data)
    registrar.office.post(form.action, form.data)

    assert "2 lines took effect" in first.text
    maya, _ = registrar.enrollments()
    assert (maya.credits_thousandths, maya.crn) == (3000, "41310")
    assert maya.added_on == maya.first_added_on == date(2026, 8, 20)
    assert (maya.level, maya.program) == ("undergraduate", "Business Analytics")
    with registrar.database.read() as session:
        section = session.get_one(CourseSection, maya.section_id)
        assert (section.sis_id, section.name) == ("41310", "001")
        added = select(func.count()).select_from(AuditEntry).filter_by(action="enrollment:add")
        assert session.scalar(added) == 2


def test_the_same_list_again_changes_nothing(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH)

    again = registrar.read(MAYA, JONAH)

    assert "Nothing to take over" in again.text
    assert "Take it over" not in again.buttons


def test_a_change_is_shown_before_and_after(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH)

    shown = registrar.read(MAYA.replace(",3,", ",1.5,"), JONAH)
    assert "credits: 3 1.5" in shown.text
    shown.submit("Take it over")

    maya, jonah = registrar.enrollments()
    assert (maya.credits_thousandths, jonah.credits_thousandths) == (1500, 1000)


def test_who_is_not_in_the_list_is_named_and_stays(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH)

    shown = registrar.read(MAYA)
    missing = registrar.office.get(f"{shown.path}?kind=missing")

    assert "Jonah Weiss" in missing.text
    assert [row.dropped_on for row in registrar.enrollments()] == [None, None]


def test_an_empty_list_and_one_without_lines_drop_nobody(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH)

    for data in (b"", HEADING.encode()):
        refused = registrar.read_bytes(data, status=422)
        assert "Nobody is dropped" in refused.text
    assert [row.dropped_on for row in registrar.enrollments()] == [None, None]


def test_many_drops_ask_for_their_number(registrar: Registrar) -> None:
    registrar.take(MAYA, JONAH)
    gone = MAYA.replace("2026-08-20,,", "2026-08-20,2026-09-10,")

    shown = registrar.read(gone, JONAH)
    refused = shown.submit("Take it over", {"How many students it drops": "2"}, status=422)
    assert "Type 1" in refused.text
    assert registrar.enrollments()[0].dropped_on is None
    refused.submit("Take it over", {"How many students it drops": "1"})

    assert registrar.enrollments()[0].dropped_on == date(2026, 9, 10)


def test_few_drops_of_many_ask_for_nothing(registrar: Registrar) -> None:
    with registrar.database.write() as session:
        of = registrar.of.course.institution_id
        session.add_all(Person(institution_id=of, sis_id=f"S3{n:03}") for n in range(9))
    class_list = [MAYA, *(JONAH.replace("S2002", f"S3{n:03}") for n in range(9))]
    registrar.take(*class_list)

    gone = [line.replace(",,UG", ",2026-09-10,UG") for line in class_list[:3]]
    assert "It drops" not in registrar.read(*gone[:2], *class_list[2:]).text
    assert "It drops 3 students" in registrar.read(*gone, *class_list[3:]).text


def test_the_original_day_outlives_a_drop_and_a_later_add(registrar: Registrar) -> None:
    registrar.take(MAYA)
    gone = MAYA.replace("2026-08-20,,", "2026-08-20,2026-09-10,")
    shown = registrar.read(gone)
    shown.submit("Take it over", {"How many students it drops": "1"})

    registrar.take(MAYA.replace("2026-08-20", "2026-09-14"))

    (maya,) = registrar.enrollments()
    assert (maya.added_on, maya.dropped_on) == (date(2026, 9, 14), None)
    assert maya.first_added_on == date(2026, 8, 20)
    with registrar.database.read() as session:
        verbs = session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.subject_type == "enrollment")
            .order_by(AuditEntry.id)
        ).all()
    assert verbs == ["enrollment:add", "enrollment:drop", "enrollment:return"]


def test_a_column_that_is_not_there_leaves_its_facts_alone(registrar: Registrar) -> None:
    registrar.take(MAYA)

    registrar.take("S2001,2026FA,41310,4", heading="sis_id,term,crn,credits")

    (maya,) = registrar.enrollments()
    assert (maya.credits_thousandths, maya.program) == (4000, "Business Analytics")
    assert maya.added_on == date(2026, 8, 20)


def test_the_same_student_twice_counts_once_or_not_at_all(registrar: Registrar) -> None:
    shown = registrar.read(MAYA, MAYA, JONAH, JONAH.replace(",1,", ",2,"))

    assert "The same as line 2; that one counts." in shown.text
    assert "Line 5 says something else of the same student." in shown.text
    shown.submit("Take it over")
    assert [row.person_id for row in registrar.enrollments()] == [registrar.maya.id]


def test_two_staff_at_once_the_second_compares_again(registrar: Registrar) -> None:
    mine = registrar.read(MAYA)
    registrar.take(MAYA.replace(",3,", ",2,"))

    refused = registrar.office.post(
        f"{mine.path}/take", mine.form("Take it over").data, status=409
    )
    assert "Another list was taken over since" in refused.text
    assert registrar.enrollments()[0].credits_thousandths == 2000

    refused.submit("Compare again").submit("Take it over")
    assert registrar.enrollments()[0].credits_thousandths == 3000


def test_a_long_list_is_taken_over_in_parts(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 3)
    monkeypatch.setattr(taking, "PART", 2)
    many = [JONAH.replace("S2002", f"X{n}") for n in range(4)]

    shown = registrar.take(MAYA, *many)
    assert shown.heading == "This list is being taken over"
    assert registrar.enrollments() == []
    registrar.work()

    assert len(registrar.enrollments()) == 1
    done = registrar.office.get(shown.path)
    assert "5 lines took effect" in done.text
    with registrar.database.read() as session:
        assert session.scalar(select(func.count()).select_from(WaitingEnrollment)) == 4


def test_a_list_does_not_overtake_one_that_is_still_in_the_works(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(taking, "AT_ONCE", 0)
        registrar.take(MAYA.replace(",3,", ",2,"), JONAH)

    newer = registrar.read(MAYA, JONAH)
    refused = newer.submit("Take it over", status=409)
    assert "still being taken over: 0 of 2 lines" in refused.text

    registrar.work()
    registrar.office.get(newer.path).submit("Compare again").submit("Take it over")
    assert registrar.enrollments()[0].credits_thousandths == 3000


def test_a_hostile_list_does_no_harm(registrar: Registrar) -> None:
    program = '"=HYPERLINK(""https://evil.example"") <script>alert(1)</script>"'
    shown = registrar.read(
        MAYA.replace("Business Analytics", program), MAYA.replace("3", "<b>")
    )

    assert "<script>alert" not in shown.html and "<b>" not in shown.html
    shown.submit("Take it over")
    assert registrar.enrollments()[0].program.startswith("=HYPERLINK")


def test_the_day_of_the_first_launch_is_no_day_of_enrollment(registrar: Registrar) -> None:
    """A list without days says nothing of them; neither does having been seen."""
    registrar.take("S2001,2026FA,41310,BUS-310", heading="sis_id,term,crn,course")

    (maya,) = registrar.enrollments()
    with registrar.database.read() as session:
        seen = select(CourseMember).filter_by(person_id=registrar.maya.id)
        assert session.scalars(seen).one().first_seen_at is not None
    assert maya.added_on is None and maya.first_added_on is None


def test_lines_are_forgotten_and_what_they_did_stays(
    registrar: Registrar, clock: time_machine.Traveller
) -> None:
    registrar.take(MAYA)
    clock.shift(keeping.KEPT.total_seconds() + 60)
    registrar.work()

    with registrar.database.read() as session:
        assert session.scalar(select(func.count()).select_from(EnrollmentUploadLine)) == 0
        assert session.scalars(select(EnrollmentUpload)).one().taken_at is not None
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 1
