"""The supervisor's total, the instructor's ruling: every figure is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.db import Database
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import PlacementState
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.hours import operations, queries
from credit.hours.models import EntryState, HoursConfirmation, HoursEntry
from credit.policy.models import CreditPolicyVersion
from tests.factories import hours
from tests.factories.hours import Work
from tests.pages import Visitor


@pytest.fixture
def work(session: Session, clock: time_machine.Traveller) -> Work:
    made = hours.work(session, state=PlacementState.WORK_COMPLETED)
    hours.entry(session, made.placement, date(2026, 10, 12), 180)
    hours.entry(session, made.placement, date(2026, 10, 13), 270)
    return made


def states(session: Session) -> list[EntryState]:
    return list(session.scalars(select(HoursEntry.state).order_by(HoursEntry.id)))


def confirm(session: Session, work: Work, minutes: int, note: str = "") -> None:
    operations.confirm(
        session, work.placement, actor=work.as_supervisor, confirmed_minutes=minutes, note=note
    )


@pytest.mark.parametrize("minutes", [450, 600])
def test_a_total_that_reaches_the_reported_one_confirms_the_entries(
    session: Session, work: Work, minutes: int
) -> None:
    confirm(session, work, minutes)

    assert states(session) == [EntryState.CONFIRMED] * 2
    totals = queries.totals(session, [work.placement.id])[work.placement.id]
    assert (totals.reported, totals.confirmed, totals.accepted) == (450, minutes, 450)


def test_a_smaller_total_disputes_the_entries_and_keeps_both_figures(
    session: Session, work: Work
) -> None:
    confirm(session, work, 360, "We agreed to stop at column H.")

    assert states(session) == [EntryState.DISPUTED] * 2
    kept = queries.latest_confirmation(session, work.placement)
    assert kept is not None
    assert (kept.reported_minutes, kept.confirmed_minutes) == (450, 360)
    assert kept.contact == work.contact
    assert kept.note is not None and kept.note.text == "We agreed to stop at column H."


def test_the_same_answer_pressed_twice_is_one(session: Session, work: Work) -> None:
    confirm(session, work, 360, "Column H.")
    confirm(session, work, 360, "Column H.")

    assert session.query(HoursConfirmation).count() == 1


def test_a_later_dispute_leaves_what_was_confirmed_at_midpoint(
    session: Session, work: Work
) -> None:
    confirm(session, work, 450)
    hours.entry(session, work.placement, date(2026, 10, 14), 120)

    confirm(session, work, 480)
    assert states(session) == [EntryState.CONFIRMED] * 2 + [EntryState.DISPUTED]

    confirm(session, work, 300)
    assert states(session) == [EntryState.DISPUTED] * 3


def test_only_the_latest_confirmation_counts(session: Session, work: Work) -> None:
    confirm(session, work, 300)
    confirm(session, work, 450)

    assert states(session) == [EntryState.CONFIRMED] * 2
    assert queries.totals(session, [work.placement.id])[work.placement.id].confirmed == 450


def test_the_student_confirms_nothing(session: Session, work: Work) -> None:
    with pytest.raises(NotPermitted):
        operations.confirm(
            session, work.placement, actor=work.as_student, confirmed_minutes=450
        )


def test_a_supervisor_of_another_placement_confirms_nothing(
    session: Session, work: Work
) -> None:
    other = Actor(
        institution_id=work.placement.institution_id,
        contact_id=work.contact.id,
        link_placement_id=work.placement.id + 1,
    )

    with pytest.raises(NotPermitted):
        operations.confirm(session, work.placement, actor=other, confirmed_minutes=450)


def test_who_writes_it_down_for_the_supervisor_is_named(session: Session, work: Work) -> None:
    made = operations.confirm(
        session,
        work.placement,
        actor=work.as_instructor,
        confirmed_minutes=450,
        contact=work.contact,
    )

    assert (made.contact_id, made.person_id) == (work.contact.id, work.instructor.id)


def test_the_totals_of_many_placements_take_a_fixed_number_of_queries(
    session: Session, work: Work
) -> None:
    ids = [work.placement.id, work.placement.id + 1]

    assert queries.totals(session, ids)[ids[1]].reported == 0
    assert queries.totals(session, []) == {}


def test_a_ruling_stands_over_both_figures(session: Session, work: Work) -> None:
    confirm(session, work, 300)

    operations.rule(
        session, work.placement, actor=work.as_instructor, minutes=420, reason="Logs agree."
    )

    totals = queries.totals(session, [work.placement.id])[work.placement.id]
    assert (totals.confirmed, totals.ruled, totals.accepted) == (300, 420, 420)


def test_a_ruling_needs_a_reason_and_the_right_to_decide(session: Session, work: Work) -> None:
    with pytest.raises(InvalidInput, match="Say why"):
        operations.rule(
            session, work.placement, actor=work.as_instructor, minutes=420, reason=" "
        )
    with pytest.raises(NotPermitted):
        operations.rule(
            session, work.placement, actor=work.as_student, minutes=420, reason="Mine."
        )
    risen = replace(work.as_instructor, person_id=work.student.id)
    with pytest.raises(NotPermitted, match="own hours"):
        operations.rule(session, work.placement, actor=risen, minutes=420, reason="Mine.")


def in_case(session: Session, work: Work, state: CaseState) -> None:
    policy = CreditPolicyVersion(
        institution_id=work.placement.institution_id,
        name="Credit",
        number=1,
        parameters={},
        source="Handbook",
    )
    session.add(policy)
    session.flush()
    case = CreditCase(
        institution_id=work.placement.institution_id,
        course=work.course,
        person=work.student,
        policy_version=policy,
        state=state,
    )
    session.add(case)
    session.flush()
    session.add(CreditCasePlacement(credit_case_id=case.id, placement_id=work.placement.id))
    session.flush()


def test_the_instructor_rules_on_a_page_and_the_student_reads_why(
    database: Database, clock: time_machine.Traveller, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        work = hours.work(session)
        hours.entry(session, work.placement, date(2026, 10, 12), 180)
    teacher = work.teacher(visitors(), database)

    page = teacher.get(work.address("/hours")).follow("Rule on the hours")
    page = page.submit("Rule on the hours", {"Hours": "2.3", "Reason": "Seen."}, status=422)
    assert "quarter" in page.errors[0]
    page = page.submit("Rule on the hours", {"Hours": "2.5"})

    seen = work.visitor(visitors(), database).get(work.address("/hours"))
    assert "Ruled by Hana Novak" in seen.text
    assert "Seen." in seen.text


def test_nothing_is_ruled_once_the_case_is_decided(
    database: Database, clock: time_machine.Traveller, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        work = hours.work(session)
        in_case(session, work, CaseState.APPROVED)
    teacher = work.teacher(visitors(), database)

    page = teacher.get(work.address("/hours/ruling"))

    assert page.buttons == []
    assert "The case is decided" in page.text


def test_the_supervisor_is_not_told_what_became_of_the_credit(
    database: Database, clock: time_machine.Traveller, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        work = hours.work(session)
        hours.entry(session, work.placement, date(2026, 10, 12), 180)
        in_case(session, work, CaseState.DENIED)
    page = work.supervisor(visitors(), database)

    page = page.visitor.get("/".join(page.path.split("/")[:3]) + "/hours")

    assert "The university is done with these hours" in page.text
    assert "appeal" not in page.text and "decided" not in page.text
    assert "Save my figure" not in page.buttons
