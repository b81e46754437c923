"""An Incomplete has its last day, and comes back once all is there."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotPossible
from credit.cases import inputs, keeping, life_ladders, opening, readiness, recording
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.cases.standing import standing_decisions
from tests.factories import case_life, cases
from tests.factories.evaluated import evaluate

pytestmark = pytest.mark.usefixtures("app")
WHY = "The evaluation is still to come."


def incomplete(session: Session, of: cases.Class, finish_by: date | None = None) -> CreditCase:
    case = cases.open_case(session, cases.project(session, of, cases.student(session, of)))
    placement = inputs.load_one(session, case).parts[0].placement
    cases.complete(session, placement)
    mark(session, of, case, finish_by)
    return case


def mark(
    session: Session, of: cases.Class, case: CreditCase, finish_by: date | None = None
) -> None:
    wanted = Choice(DecisionOutcome.INCOMPLETE, comment=WHY, finish_by=finish_by)
    decide(session, case, wanted, actor=of.as_instructor)


def test_it_comes_back_to_the_queue_once_what_was_missing_is_there(session: Session) -> None:
    of = cases.school_class(session)
    case_life.in_term(session, of, case_life.term(session, of))
    case_life.term(session, of, "spring")
    case = incomplete(session, of)
    # Unless another day is chosen: the end of the next term.
    until = case.incomplete_until
    assert until == date(2027, 5, 14)
    assert keeping.sweep(session) == 0
    waiting = session.execute(life_ladders.INCOMPLETE.open_subjects()).all()
    assert [(row.subject_id, row.anchor) for row in waiting] == [(case.id, date(2027, 5, 14))]

    evaluate(session, inputs.load_one(session, case).parts[0].placement)
    assert keeping.sweep(session) == 1

    assert (case.state, case.incomplete_until) == (CaseState.READY, None)
    assert session.execute(life_ladders.INCOMPLETE.open_subjects()).all() == []
    # Until it is decided anew the Incomplete is what stands.
    assert standing_decisions(session, [case.id])[case.id].outcome == DecisionOutcome.INCOMPLETE


def test_a_complete_case_that_lacks_academic_work_waits_for_it(session: Session) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    mark(session, of, case, finish_by=date(2026, 11, 1))
    assert case.incomplete_until == date(2026, 11, 1)
    assert keeping.sweep(session) == 0

    recording.record_academic_work(session, case, actor=of.as_instructor, minutes=900)
    assert keeping.sweep(session) == 1
    assert case.state == CaseState.READY


def test_a_policy_without_it_offers_none(session: Session) -> None:
    of = cases.school_class(session, incomplete_allowed=False)
    case = cases.ready_case(session, of)
    with pytest.raises(NotPossible) as refusal:
        mark(session, of, case)
    assert refusal.value.unmet == [
        "The policy of this case knows no Incomplete: award, return or deny it."
    ]
    assert case.state == CaseState.READY


def test_its_last_day_is_still_to_come(session: Session) -> None:
    of = cases.school_class(session)
    with pytest.raises(InvalidInput, match="still to come"):
        incomplete(session, of, finish_by=date(2026, 10, 14))


def test_a_new_project_that_ends_in_time_finishes_it(session: Session) -> None:
    """Marked so because its hours fell short: the first project lacks nothing."""
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    mark(session, of, case, finish_by=date(2026, 12, 18))
    second = cases.project(session, of, of.students[0], ends_on=date(2026, 12, 11))

    assert opening.open_for(session, second, actor=of.as_instructor) is case
    assert keeping.sweep(session) == 0 and case.incomplete_until == date(2026, 12, 18)
    cases.complete(session, second)
    evaluate(session, second)

    assert keeping.sweep(session) == 1
    assert case.state == CaseState.READY


def test_what_was_missing_brings_it_back_while_the_new_project_is_at_work(
    session: Session,
) -> None:
    of = cases.school_class(session)
    case = incomplete(session, of, finish_by=date(2026, 12, 18))
    first = inputs.load_one(session, case).parts[0].placement
    second = cases.project(session, of, of.students[0], ends_on=date(2026, 12, 11))
    opening.open_for(session, second, actor=of.as_instructor)
    assert keeping.sweep(session) == 0

    evaluate(session, first)

    assert keeping.sweep(session) == 1
    assert case.state == CaseState.OPEN
    lacks = [one.text for one in readiness.lacks(inputs.load_one(session, case))]
    assert lacks == [f"the end of the work on “{second.title}”"]


def test_a_project_that_ends_too_late_waits_beside_it(session: Session) -> None:
    of = cases.school_class(session)
    case = incomplete(session, of, finish_by=date(2026, 12, 4))
    late = cases.project(session, of, of.students[0], ends_on=date(2026, 12, 11))

    assert opening.open_for(session, late, actor=of.as_instructor) is None
    assert opening.open_missing(session) == 0
    assert opening.waiting_beside(session, case) == [late]

    decide(session, case, Choice(DecisionOutcome.VOIDED, comment=WHY), actor=of.as_instructor)
    assert opening.open_missing(session) == 1
