"""What is to be handed in follows the agreement in force, and moves with its dates."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from careerlink.people.actors import system
from careerlink.placements import planning as placements
from careerlink.placements.changes import Schedule
from credit.agreements.models import AgreedDeliverable, AgreementState, LearningAgreement
from credit.evidence import operations, planning
from credit.evidence.models import Deliverable, DeliverableState
from credit.evidence.operations import Work as HandedIn
from credit.evidence.review_models import ReviewOutcome
from tests.factories import answering, hours
from tests.factories.answering import Answering
from tests.factories.hours import Work

DRAFT, FINAL = date(2026, 10, 30), date(2026, 11, 18)
S = DeliverableState


@pytest.fixture
def work(session: Session, clock: time_machine.Traveller) -> Work:
    made = hours.work(session)
    assert made.agreement is not None
    agree(session, made.agreement, draft=DRAFT, final=FINAL)
    follow(session, made, made.agreement)
    return made


def agree(session: Session, agreement: LearningAgreement, **due: date) -> None:
    session.add_all(
        AgreedDeliverable(
            agreement_id=agreement.id,
            lineage=lineage,
            position=position,
            title=lineage.capitalize(),
            due_on=day,
        )
        for position, (lineage, day) in enumerate(due.items(), 1)
    )
    session.flush()
    session.refresh(agreement)


def amend(session: Session, work: Work, **due: date) -> LearningAgreement:
    before = work.agreement
    assert before is not None
    before.state = AgreementState.REPLACED
    session.flush()
    made = hours.agreement(session, work.placement, number=2)
    agree(session, made, **due)
    follow(session, work, made)
    return made


def follow(session: Session, work: Work, agreement: LearningAgreement) -> None:
    planning.follow(session, work.placement, agreement)


def plan(session: Session, work: Work) -> dict[str, Deliverable]:
    return {one.title: one for one in planning.agreed_upon(session, work.placement)}


def days(session: Session, work: Work) -> list[date]:
    return [one.due_on for one in planning.milestones_of(session, work.placement)]


def extend(session: Session, work: Work, by: timedelta) -> None:
    here = work.placement
    to = Schedule(here.starts_on, here.ends_on + by, here.planned_minutes)
    placements.reschedule(session, here, to, actor=system(here.institution_id))


def test_each_agreed_thing_is_awaited_and_the_last_one_is_final(
    session: Session, work: Work
) -> None:
    found = plan(session, work)

    assert [one.state for one in found.values()] == [S.AWAITED, S.AWAITED]
    assert all(one.is_required for one in found.values())
    assert (found["Draft"].is_final, found["Final"].is_final) == (False, True)
    assert days(session, work) == [DRAFT, FINAL]


def test_an_extension_moves_what_is_still_to_come(
    session: Session, work: Work, clock: time_machine.Traveller, app: object
) -> None:
    clock.move_to("2026-11-02T15:00:00+00:00")

    extend(session, work, timedelta(days=7))

    assert plan(session, work)["Draft"].due_on == DRAFT
    assert plan(session, work)["Final"].due_on == FINAL + timedelta(days=7)
    assert days(session, work) == [DRAFT, FINAL + timedelta(days=7)]


def test_an_extension_moves_what_is_handed_in_and_not_what_is_accepted(
    session: Session, work: Work, app: object
) -> None:
    answering.answer(
        session, work, answering.handed_in(session, work), ReviewOutcome.ACCEPTED, words=""
    )
    final = plan(session, work)["Final"]
    handed = HandedIn(title="", url="https://charts.example.org/")
    operations.hand_in(
        session, work.placement, actor=work.as_student, work=handed, deliverable=final
    )

    extend(session, work, timedelta(days=7))

    later = FINAL + timedelta(days=7)
    assert [one.due_on for one in plan(session, work).values()] == [DRAFT, later]
    assert days(session, work) == [DRAFT, later]


def test_an_amendment_names_new_dates_and_drops_what_is_gone(
    session: Session, work: Work, app: object
) -> None:
    amend(session, work, final=date(2026, 11, 20), sheet=date(2026, 11, 20))
    extend(session, work, timedelta(days=7))

    found = plan(session, work)
    assert found["Draft"].state == S.NO_LONGER_AGREED
    # Named by the amendment itself, so the extension does not move it once more.
    assert found["Final"].due_on == date(2026, 11, 20)
    assert (found["Final"].is_final, found["Sheet"].is_final) == (False, True)
    assert days(session, work) == [date(2026, 11, 20), date(2026, 11, 20)]


def test_what_was_handed_in_stays_when_it_is_not_agreed_upon_any_more(
    session: Session, work: Work
) -> None:
    answering.handed_in(session, work)

    amend(session, work, final=FINAL)

    draft = plan(session, work)["Draft"]
    assert (draft.state, draft.is_required) == (S.HANDED_IN, False)


def test_the_sweep_plans_what_agreements_of_before_promised(
    session: Session, clock: time_machine.Traveller
) -> None:
    older = hours.work(session)

    assert planning.plan_missing(session) == 1
    assert planning.plan_missing(session) == 0
    assert list(plan(session, older)) == ["A dashboard of waiting times"]


def test_a_milestone_is_reached_by_word_or_by_handing_in(answering: Answering) -> None:
    page = answering.student.get(answering.work.address("/evidence"))
    page = page.submit("It is reached")
    assert "Reached Wed 14 Oct" in page.text
    page = page.submit("Take it back")
    assert "Reached Wed 14 Oct" not in page.text

    assert "Reached Wed 14 Oct" in answering.hand_in().text


def test_a_milestone_is_open_while_its_piece_is_in_rework(answering: Answering) -> None:
    answering.hand_in()
    words = {"What you want to say": "The legend is missing."}
    answering.look().submit("Ask for rework", words)

    page = answering.student.get(answering.work.address("/evidence"))
    assert "Reached Wed 14 Oct" not in page.text
    answering.hand_in(**{"Or a link": "https://charts.example.org/2"})
    assert "Reached Wed 14 Oct" in answering.student.get(page.path).text


def test_what_was_agreed_upon_comes_before_the_courses_setting(
    session: Session, work: Work
) -> None:
    agreed = work.agreement
    assert agreed is not None
    draft, final = agreed.deliverables
    draft.is_final, final.is_required, agreed.rework_rounds = True, False, 0
    agree_anew = AgreedDeliverable(
        agreement_id=agreed.id, lineage="talk", position=3, title="Talk", due_on=FINAL
    )
    session.add(agree_anew)
    session.flush()
    session.refresh(agreed)
    follow(session, work, agreed)

    found = plan(session, work)
    assert [one.title for one in found.values() if one.is_final] == ["Draft"]
    assert [one.title for one in found.values() if not one.is_required] == ["Final"]
    assert found["Talk"].most_rounds == 0
    draft.is_final = False
    follow(session, work, agreed)
    assert [one.title for one in plan(session, work).values() if one.is_final] == ["Talk"]
