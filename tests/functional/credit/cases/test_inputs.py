"""What a case is computed from: read from the records as the policy asks, and nothing more."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from careerlink.db import Database
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.listings.models import Payer
from credit.agreements.models import LearningAgreement
from credit.cases import inputs, queries
from credit.cases.models import CreditCase, DecisionOutcome
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationSubmission
from credit.evaluations.models import SubmissionSource as Source
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.policy.inputs import EDITION, CaseInput
from tests.factories import case_life, cases
from tests.functional.credit.cases.conftest import Desk

ALL: dict[str, Any] = {
    "not_before_enrollment": True,
    "within_term": True,
    "carry_terms": 1,
    "lifetime_cases": 2,
    "midpoint_evaluation_required": True,
    "outcomes_verified": True,
    "paid_by_university_ok": False,
    "instructor_may_supervise": False,
}


def test_every_clause_finds_its_input(app: Flask, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session, **ALL)
        case = cases.ready_case(session, of)
        asked = {
            c.rule for c in inputs.load_one(session, case).sum_with().checks if not c.holds
        }
        assert asked >= {"start", "term", "lifetime_cases", "evidence", "payer"}

        before = Term(
            institution_id=case.institution_id, code="S", name="Summer",
            starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 20),
        )  # fmt: skip
        session.add(before)
        this = case_life.term(session, of)
        case_life.in_term(session, of, this)
        session.add_all(
            Enrollment(course_id=case.course_id, person_id=case.person_id, crn=crn,
                       added_on=added, dropped_on=dropped)
            for crn, added, dropped in (
                ("1", date(2026, 9, 3), date(2026, 9, 10)), ("2", date(2026, 9, 20), None),
            )
        )  # fmt: skip
        placement = inputs.load_one(session, case).parts[0].placement
        agreement = session.scalars(select(LearningAgreement)).one()
        agreement.payer = Payer.UNIVERSITY
        midpoint = Evaluation(
            placement_id=placement.id, public_id="midpoint", kind=EvaluationKind.MIDPOINT,
            author=Author.SUPERVISOR, contact_id=of.contact.id,
        )  # fmt: skip
        session.add(midpoint)
        session.flush()
        session.add(EvaluationSubmission(evaluation_id=midpoint.id, source=Source.LINK))
        session.flush()
        session.expire_all()
        found = inputs.load_one(session, session.get_one(CreditCase, case.id)).inputs

    (project,) = found.placements
    assert found.enrolled_on == date(2026, 9, 3)  # dropped and added again
    assert found.term is not None
    assert (found.term.starts_on, found.term.carried_from) == (this.starts_on, before.starts_on)
    assert project.is_paid_by_university is True
    assert project.supervisor_teaches is False
    assert len(project.midpoint_ids) == 1
    assert project.objectives > 0


@pytest.mark.parametrize(
    ("supervisors", "teaches"),
    [
        ("Hana+Northlight@Eastmoor.example", True),
        ("hana@novak.example", True),
        ("hana@northlight.example", False),
    ],
)
def test_an_instructor_who_supervises_is_known_by_any_mailbox_of_theirs(
    app: Flask, database: Database, supervisors: str, *, teaches: bool
) -> None:
    with database.write() as session:
        of = cases.school_class(session, instructor_may_supervise=False)
        case = cases.ready_case(session, of)
        of.instructor.email, of.instructor.own_email = (
            "hana@eastmoor.example",
            "hana@novak.example",
        )
        of.contact.email = supervisors
        session.add_all([of.instructor, of.contact])
        session.flush()
        (project,) = inputs.load_one(session, case).inputs.placements
    assert project.supervisor_teaches is teaches


def test_what_the_policy_does_not_ask_is_not_frozen(desk: Desk) -> None:
    desk.approve()

    (decision,) = desk.decisions
    later = set(CaseInput.model_fields) - {
        "placements", "academic_minutes", "enrolled_on", "confirmed_rules", "edition",
    }  # fmt: skip
    assert not later & set(decision.inputs)
    assert decision.inputs["edition"] == EDITION


def test_who_confirmed_a_clause_is_frozen_with_the_decision(
    app: Flask, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session, not_before_enrollment=True)
        desk = Desk(database, of, cases.ready_case(session, of).id)

    desk.approve(confirmed_rules=("start",))

    (decision,) = desk.decisions
    assert decision.inputs["confirmed_by"] == {"start": of.instructor.id}


def test_a_piece_of_work_counts_once_in_whatever_form_it_came(desk: Desk) -> None:
    with desk.database.write() as session:
        work = session.scalars(
            select(DeliverableVersion).where(DeliverableVersion.kind == EvidenceKind.LINK)
        ).one()
        session.add(
            DeliverableVersion(
                placement_id=work.placement_id,
                piece=work.piece,
                number=2,
                kind=EvidenceKind.ATTESTED,
                title=work.title,
            )
        )
    with desk.database.read() as session:
        case = session.get_one(CreditCase, desk.case_id)
        (part,) = inputs.load_one(session, case).parts
    assert (part.input.deliverables, part.input.reflections) == (1, 1)


def test_credit_in_other_courses_counts_as_earlier(app: Flask, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session, lifetime_maximum_thousandths=1500)
        desk = Desk(database, of, cases.ready_case(session, of).id)
        other = case_life.second_course(session, of)
        work = cases.project(session, other, of.students[0])
        second = cases.open_case(session, work).id
        cases.complete(session, work)
    desk.approve(confirmed_rules=("lifetime",))
    with database.write() as session:
        found = inputs.load_one(session, session.get_one(CreditCase, second)).sum_with()
    assert (found.earned_thousandths, found.caps[0].rule) == (500, "lifetime")

    desk.decide(DecisionOutcome.VOIDED, "Not this one.")
    with database.write() as session:
        found = inputs.load_one(session, session.get_one(CreditCase, second)).sum_with()
    assert (found.earned_thousandths, found.caps) == (1000, ())


def test_inputs_of_many_cases_take_as_many_queries_as_those_of_one(
    app: Flask, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session, **ALL, related_host_ok=False, double_count="never")
        for name in ("Ada Lind", "Bo Kim", "Cem Ay"):
            cases.ready_case(session, of, name)
    asked: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *had: asked.append(had[2]))

    amounts = []
    for most in (1, 3):
        with database.read() as session:
            query = select(CreditCase).options(*queries.PAGE_NEEDS).limit(most)
            found = session.scalars(query).all()
            asked.clear()
            inputs.load(session, found)
            amounts.append(len(asked))

    assert amounts[0] == amounts[1] < 40
