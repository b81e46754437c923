"""A course without a term, as Moodle has them: the term is that of the student's enrollment."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.enrollments import terms_of_students
from careerlink.enrollments.terms_of_students import enrolled_term_id
from credit.cases import carrying, inputs, replay
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CreditCase, DecisionOutcome
from credit.policy.checks import Verdict
from credit.registrar import comparing
from tests.factories import case_life, cases
from tests.functional.credit.cases.two_courses import two_courses

pytestmark = pytest.mark.usefixtures("app")

FALL = {"crn": "1", "added_on": date(2026, 8, 24)}
LATER = {"crn": "2", "added_on": date(2026, 9, 3)}
GONE = {"dropped_on": date(2026, 9, 10)}


@pytest.mark.parametrize(
    ("of_fall", "of_spring", "counts"),
    [
        (FALL, LATER, "spring"),
        (FALL, {**LATER, **GONE}, "fall"),
        ({**FALL, "dropped_on": date(2026, 10, 1)}, {**LATER, **GONE}, "fall"),
        ({**FALL, **GONE}, {**LATER, "is_withdrawn": True}, "fall"),
        (FALL, {**LATER, "crn": ""}, "fall"),
    ],
    ids=["added_last", "goes_on", "left_last", "withdrawn_without_a_day", "has_a_number"],
)
def test_of_several_enrollments_one_counts_for_pages_and_for_the_database_alike(
    session: Session, of_fall: dict[str, object], of_spring: dict[str, object], counts: str
) -> None:
    of = cases.school_class(session)
    case = cases.ready_case(session, of)
    terms = {season: case_life.term(session, of, season) for season in ("fall", "spring")}
    case_life.enrolled(session, case, term_id=terms["fall"].id, **of_fall)
    case_life.enrolled(session, case, term_id=terms["spring"].id, **of_spring)

    listed = select(enrolled_term_id(CreditCase.course_id, CreditCase.person_id))
    found = terms_of_students.term_of(session, of.course, case.person_id)
    assert found is terms[counts]
    assert session.scalar(listed.where(CreditCase.id == case.id)) == terms[counts].id
    told_in = [s for s in terms if session.scalars(comparing.of_term(terms[s])).all()]
    assert told_in == [counts]  # the registrar hears of it once

    # What the course says goes before.
    case_life.in_term(session, of, terms["spring"])
    assert terms_of_students.term_of(session, of.course, case.person_id) is terms["spring"]


def test_clauses_on_terms_ask_the_enrollment_and_what_was_decided_stays(
    session: Session,
) -> None:
    of = cases.school_class(session, within_term=True, latest_start_week=3)
    case = cases.ready_case(session, of)
    row = case_life.enrolled(session, case)
    asked = inputs.load_one(session, case).sum_with().checks
    assert {one.rule for one in asked if one.verdict == Verdict.NOT_CHECKABLE} == {
        "term",
        "start_week",
    }
    old = decide(
        session,
        case,
        Choice(DecisionOutcome.RETURNED, comment="More.", confirmed_rules=("term",)),
        actor=of.as_instructor,
    )
    before = (old.inputs_hash, old.computed_thousandths)

    fall = case_life.term(session, of)
    row.term_id = fall.id
    session.flush()

    found = inputs.load_one(session, case)
    assert found.inputs.term is not None
    assert (found.inputs.term.starts_on, found.inputs.term.ends_on) == (
        fall.starts_on,
        fall.ends_on,
    )
    assert all(one.verdict != Verdict.NOT_CHECKABLE for one in found.sum_with().checks)
    replayed = replay.explain(old)
    assert replayed.holds
    assert (replayed.hash, replayed.sum.credits_thousandths) == before
    assert replayed.inputs.term is None


def test_whether_work_may_go_on_in_another_term_asks_the_enrollments(session: Session) -> None:
    two = two_courses(session, later="spring", carry_terms=0)
    began_in, fall = two.here.course, two.here.course.term_id
    began_in.term_id = None
    session.flush()
    session.refresh(began_in)

    def why_not() -> str:
        return carrying.why_not(session, two.case, two.projects[1], two.there.course)

    assert "is not known" in why_not()
    case_life.enrolled(session, two.case, term_id=fall)
    assert "one term after it began" in why_not()
