"""How does it go: one question each way, and a red answer is a task for staff the same day."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.db import Database
from careerlink.placements import operations as placements
from careerlink.placements import planning
from careerlink.placements.changes import Schedule
from careerlink.placements.models import PlacementState
from credit.check_ins import scheduling
from credit.check_ins.models import CheckIn, CheckInKind, Party
from tests.factories import hours
from tests.factories.hours import Work
from tests.pages import Visitor


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    """Begun on Wed 14 Oct; 30 hours until Fri 20 Nov: a question each week."""
    with database.write() as session:
        made = hours.work(session, planned_minutes=30 * 60, starts_on=date(2026, 10, 14))
        scheduling.when_started(session, made.placement, made.as_student)
        return made


def days(session: Session, work: Work, kind: CheckInKind = CheckInKind.PROGRESS) -> list[str]:
    rows = session.scalars(
        select(CheckIn)
        .where(
            CheckIn.placement_id == work.placement.id,
            CheckIn.kind == kind,
            CheckIn.party == Party.STUDENT,
            CheckIn.closed_at.is_(None),
        )
        .order_by(CheckIn.number)
    )
    return [f"{row.due_on:%d %b}" for row in rows]


def test_first_contact_is_confirmed_by_one_tap_of_either_side(
    work: Work, visitors: Callable[[], Visitor], database: Database
) -> None:
    student = work.visitor(visitors(), database)
    home = student.get(f"/courses/{work.course.public_id}/")
    assert "say whether you and Ines Carvalho have been in touch" in home.text

    page = work.supervisor(visitors(), database).submit("Yes, we have been in touch")

    assert "Nothing is asked of you now" in page.text
    assert "in touch" not in student.get(home.path).text
    assert "Took place" in student.get(work.address()).text


def test_no_first_contact_in_five_days_is_a_task_for_staff_once(
    work: Work,
    visitors: Callable[[], Visitor],
    database: Database,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to("2026-10-18T15:00:00+00:00")
    with database.write() as session:
        assert scheduling.sweep(session) == 0
    clock.move_to("2026-10-19T15:00:00+00:00")
    for expected in (1, 0):
        with database.write() as session:
            assert scheduling.sweep(session) == expected

    office = work.officer(visitors(), database)
    page = office.get("/office/").follow("Look into it")
    page.submit("Settle it", {"What came of it": "They talk on Friday."})
    with database.write() as session:
        assert scheduling.sweep(session) == 0


def test_a_contact_that_takes_place_after_all_settles_itself(
    work: Work,
    visitors: Callable[[], Visitor],
    database: Database,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to("2026-10-20T15:00:00+00:00")
    with database.write() as session:
        scheduling.sweep(session)
    office = work.officer(visitors(), database)
    assert "No first contact: Maya Okafor" in office.get("/office/").text

    work.supervisor(visitors(), database).submit("Yes, we have been in touch")

    assert "No first contact" not in office.get("/office/").text


def test_a_red_answer_goes_to_staff_and_teachers_see_what_is_done(
    work: Work,
    visitors: Callable[[], Visitor],
    database: Database,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to("2026-10-21T15:00:00+00:00")
    office = work.officer(visitors(), database)
    teacher = work.teacher(visitors(), database)
    home = f"/courses/{work.course.public_id}/"
    page = work.supervisor(visitors(), database)
    assert page.heading == "How is it going with Maya?"
    words = {"In a few words": "Two meetings were missed."}
    page = page.submit("I have not heard from Maya", words)
    assert "The career office has it on its list" in page.text

    todo = office.get("/office/")
    assert "One side has not heard from the other: Maya Okafor" in todo.text
    assert "on its list" in teacher.get(home).text
    page = todo.follow("Look into it")
    assert "Two meetings were missed." in page.text and "ines@" in page.text
    page = page.submit("I am on it")
    assert "Priya Raman is on it" in teacher.get(home).text
    page.submit("Settle it", {"What came of it": "Maya was ill; they meet on Monday."})
    assert "Maya was ill" in teacher.get(work.address()).text
    assert "One side has not heard" not in office.get("/office/").text


def test_the_supervisor_does_not_read_the_students_answer(
    work: Work,
    visitors: Callable[[], Visitor],
    database: Database,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to("2026-10-21T15:00:00+00:00")
    student = work.visitor(visitors(), database)
    page = student.get(work.address("/check-in"))
    page.submit("Something is wrong", {"In a few words": "Nobody answers me."})

    page = work.supervisor(visitors(), database).submit("On track")

    assert "Nobody answers me." not in page.text
    assert "Nobody answers me." in work.teacher(visitors(), database).get(work.address()).text


def test_a_question_is_answered_once(
    work: Work, client: Visitor, database: Database, clock: time_machine.Traveller
) -> None:
    clock.move_to("2026-10-21T15:00:00+00:00")
    page = work.visitor(client, database).get(work.address("/check-in"))
    page.submit("On track")
    page.submit("On track")

    page.submit("Something is wrong", status=409)


@pytest.mark.parametrize("answer", ["", "late", "needs_attention "])
def test_an_answer_that_is_not_offered_is_refused(
    work: Work, client: Visitor, database: Database, answer: str
) -> None:
    student = work.visitor(client, database)
    page = student.get(work.address("/check-in"))
    form = page.form("Not yet")

    student.post(form.action, {**form.data, "answer": answer}, status=422)


def test_an_extension_moves_the_days_and_what_was_answered_stays(
    session: Session, clock: time_machine.Traveller
) -> None:
    work = hours.work(session, planned_minutes=15 * 60, starts_on=date(2026, 10, 14))
    scheduling.when_started(session, work.placement, work.as_student)
    assert days(session, work) == ["01 Nov"]

    longer = Schedule(date(2026, 10, 14), date(2026, 12, 4), 15 * 60)
    planning.reschedule(session, work.placement, longer, actor=work.as_student)
    assert days(session, work) == ["08 Nov"]

    weekly = Schedule(date(2026, 10, 14), date(2026, 11, 10), 30 * 60)
    planning.reschedule(session, work.placement, weekly, actor=work.as_student)
    assert days(session, work) == ["21 Oct", "28 Oct", "04 Nov"]


def test_only_the_latest_week_is_asked_and_nothing_when_the_work_is_done(
    work: Work, session: Session, clock: time_machine.Traveller
) -> None:
    assert days(session, work)[:2] == ["21 Oct", "28 Oct"]
    clock.move_to("2026-10-30T15:00:00+00:00")
    placement = session.merge(work.placement)

    scheduling.sweep(session)
    assert days(session, work)[0] == "28 Oct"

    placements.complete(session, placement, actor=work.as_student)
    assert placement.state == PlacementState.WORK_COMPLETED
    assert days(session, work) == []
