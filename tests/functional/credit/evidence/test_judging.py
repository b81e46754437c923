"""The instructor's judgement of each objective: kept in versions, read with the decision."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.roles import CourseRole
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.evidence.review_models import ObjectiveJudgement
from tests.factories import evidence, hours
from tests.factories.answering import Answering

PAGE = "/objectives"
MET = {"verdict-frame": "met", "comment-frame": "Clear from the first day."}


def judgements(answering: Answering) -> list[tuple[str, int, str]]:
    with answering.database.read() as session:
        rows = session.scalars(select(ObjectiveJudgement).order_by(ObjectiveJudgement.id))
        return [(row.objective_lineage, row.number, row.verdict.value) for row in rows]


def test_every_judgement_stays_and_the_same_one_is_kept_once(answering: Answering) -> None:
    page = answering.teacher.get(answering.work.address(PAGE))
    page = page.submit("Keep the judgment", MET)
    page = page.submit("Keep the judgment", MET)
    assert "Clear from the first day." in page.text
    page.submit("Keep the judgment", {"verdict-frame": "not_enough_evidence"})

    assert judgements(answering) == [("frame", 1, "met"), ("frame", 2, "not_enough_evidence")]


def test_the_student_reads_it_with_the_decision_and_not_before(answering: Answering) -> None:
    answering.teacher.get(answering.work.address(PAGE)).submit("Keep the judgment", MET)
    student = answering.student
    assert "Clear from the first day." not in student.get(answering.work.address(PAGE)).text

    with answering.database.write() as session:
        placement = session.merge(answering.work.placement)
        case = evidence.case(session, placement, CaseState.RETURNED)
        decide(session, case, answering)

    assert "Clear from the first day." in student.get(answering.work.address(PAGE)).text
    assert "Partly met" not in student.get(answering.work.address()).text


def test_only_whoever_decides_judges_and_not_after_the_decision(answering: Answering) -> None:
    work = answering.work
    page = answering.teacher.get(work.address(PAGE))
    with answering.database.write() as session:
        theo = hours.member(
            session, session.merge(work.course), "Theo Park", CourseRole.ASSISTANT
        )
    assistant = work.visitor(
        answering.browser(), answering.database, theo, CourseRole.ASSISTANT
    )
    assert "Keep the judgment" not in assistant.get(work.address(PAGE)).buttons
    with answering.database.write() as session:
        evidence.case(session, session.merge(work.placement), CaseState.APPROVED)

    page.submit("Keep the judgment", MET, status=409)

    assert judgements(answering) == []


def decide(session: Session, case: CreditCase, answering: Answering) -> None:
    session.add(
        Decision(
            credit_case_id=case.id,
            number=1,
            outcome=DecisionOutcome.RETURNED,
            is_final=False,
            decided_by_id=answering.work.instructor.id,
            decided_at=clock.now(),
            policy_version_id=case.policy_version_id,
            inputs={},
            inputs_hash="0" * 64,
        )
    )
