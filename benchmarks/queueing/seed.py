"""One instructor with so many cases in a course, or one chair; written in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from secrets import token_hex
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.queueing import seeded_rows
from benchmarks.queueing.seeded_rows import TODAY, Place
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Base
from careerlink.institutions.models import Institution
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.actors import system
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.agreements.models import LearningAgreement
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases import mover_upkeep
from credit.cases.models import (
    CaseState,
    CreditCase,
    CreditCasePlacement,
    Decision,
    DecisionOutcome,
)
from credit.evaluations.models import (
    Evaluation,
    EvaluationSubmission,
    SubmissionSource,
)
from credit.evidence.models import DeliverableVersion
from credit.hours.models import HoursConfirmation, HoursEntry
from credit.policy import operations as policy
from credit.policy.parameters import Parameters

BATCH, ENTRIES = 1000, 4
STAGES = (
    CaseState.OPEN, CaseState.READY, CaseState.READY, CaseState.OPEN, CaseState.APPROVED,
    CaseState.RETURNED, CaseState.OPEN, CaseState.APPROVED, CaseState.READY, CaseState.OPEN,
)  # fmt: skip


@dataclass(frozen=True)
class Seeded:
    course_id: int
    course: str
    person_id: int
    case: str


def taught(session: Session, cases: int, stages: Sequence[CaseState] = STAGES) -> Seeded:
    place, course = _place(session, ("instructor",))
    _fill(session, place, cases, stages)
    return _seeded(session, place, course, place.teacher_id)


def approved(session: Session, cases: int) -> Seeded:
    place, course = _place(session, ("instructor", "chair"))
    chair = Person(institution_id=place.institution_id, name="Rosa Lind")
    session.add(chair)
    session.flush()
    session.add(
        ApproverAppointment(
            institution_id=place.institution_id,
            person_id=chair.id,
            role=ApproverRole.CHAIR,
            starts_on=TODAY - timedelta(days=300),
        )
    )
    _fill(session, place, cases, (CaseState.IN_APPROVAL,))
    return _seeded(session, place, course, chair.id)


def _seeded(session: Session, place: Place, course: str, person_id: int) -> Seeded:
    waits = CreditCase.state.in_((CaseState.READY, CaseState.IN_APPROVAL))
    query = select(CreditCase.public_id).where(CreditCase.course_id == place.course_id)
    case = session.scalars(query.order_by(~waits, CreditCase.id).limit(1)).one()
    return Seeded(place.course_id, course, person_id, case)


def _place(session: Session, chain: Sequence[str]) -> tuple[Place, str]:
    school = Institution(slug=f"school-{token_hex(4)}", name="Eastmoor University")
    course = Course(institution=school, label="BUS-310", title="Applied Analytics")
    partner = Partner(institution=school, name="Rowan")
    teacher = Person(institution=school, name="Hana Novak")
    session.add_all([school, course, partner, teacher])
    session.flush()
    contact = PartnerContact(institution_id=school.id, name="Ines", email="i@rowan.example")
    member = CourseMember(
        course_id=course.id, person_id=teacher.id, launch_role=CourseRole.INSTRUCTOR
    )
    session.add_all([contact, member])
    session.flush()
    version = policy.create_version(
        session,
        institution_id=school.id,
        name="Micro-internship credit",
        parameters=Parameters(
            approver_chain=tuple(chain), minutes_per_credit=2400, not_before_enrollment=False
        ),
        source="Catalog",
        is_default=True,
        actor=system(school.id),
    )
    place = Place(school.id, course.id, version.id, partner.id, contact.id, teacher.id)
    return place, course.public_id


def _fill(session: Session, place: Place, count: int, stages: Sequence[CaseState]) -> None:
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        _batch(session, place, batch, [stages[n % len(stages)] for n in batch])
    while mover_upkeep.sweep(session):
        pass


def _batch(
    session: Session, place: Place, numbers: Sequence[int], states: Sequence[CaseState]
) -> None:
    people = _add(
        session,
        Person,
        ({"institution_id": place.institution_id, "name": f"Student {n:05d}"} for n in numbers),
    )
    _add(
        session,
        CourseMember,
        (
            {
                "course_id": place.course_id,
                "person_id": person,
                "launch_role": CourseRole.STUDENT,
            }
            for person in people
        ),
    )
    cases = _add(
        session,
        CreditCase,
        (
            seeded_rows.case(place, n, person, state)
            for n, person, state in zip(numbers, people, states, strict=True)
        ),
    )
    placements = _add(
        session,
        Placement,
        (
            seeded_rows.placement(place, n, person, state)
            for n, person, state in zip(numbers, people, states, strict=True)
        ),
    )
    _add(
        session,
        CreditCasePlacement,
        (
            {"credit_case_id": case, "placement_id": placement}
            for case, placement in zip(cases, placements, strict=True)
        ),
    )
    _evidence(session, place, numbers, placements, states)
    _decisions(session, place, cases, states)


def _evidence(
    session: Session,
    place: Place,
    numbers: Sequence[int],
    placements: Sequence[int],
    states: Sequence[CaseState],
) -> None:
    _add(
        session,
        Supervision,
        ({"placement_id": p, "contact_id": place.contact_id} for p in placements),
    )
    _add(session, LearningAgreement, (seeded_rows.agreement(p) for p in placements))
    _add(
        session,
        HoursEntry,
        (seeded_rows.entry(p, day) for p in placements for day in range(ENTRIES)),
    )
    whole = [
        (p, state, n % 10)
        for p, state, n in zip(placements, states, numbers, strict=True)
        if not (state == CaseState.OPEN and n % 10 in (0, 3))
    ]
    _add(
        session,
        HoursConfirmation,
        (seeded_rows.confirmation(place, p) for p, _state, _n in whole),
    )
    _add(session, DeliverableVersion, (seeded_rows.work(p) for p, _state, _n in whole))
    done = [state != CaseState.OPEN for _p, state, _n in whole]
    asked = _add(
        session,
        Evaluation,
        (
            seeded_rows.evaluation(place, p, is_done)
            for (p, _state, _n), is_done in zip(whole, done, strict=True)
        ),
    )
    _add(
        session,
        EvaluationSubmission,
        (
            {
                "evaluation_id": one,
                "source": SubmissionSource.LINK,
                "contact_id": place.contact_id,
            }
            for one, is_done in zip(asked, done, strict=True)
            if is_done
        ),
    )


def _decisions(
    session: Session, place: Place, cases: Sequence[int], states: Sequence[CaseState]
) -> None:
    outcomes = {
        CaseState.APPROVED: DecisionOutcome.APPROVED,
        CaseState.IN_APPROVAL: DecisionOutcome.APPROVED,
        CaseState.RETURNED: DecisionOutcome.RETURNED,
    }
    _add(
        session,
        Decision,
        (
            seeded_rows.decision(place, case, outcomes[state], state != CaseState.IN_APPROVAL)
            for case, state in zip(cases, states, strict=True)
            if state in outcomes
        ),
    )


def _add(session: Session, kind: type[Base], rows: Iterator[dict[str, Any]]) -> list[int]:
    values = list(rows)
    if not values:  # an empty list would insert a row of defaults
        return []
    query = insert(kind).returning(kind.id, sort_by_parameter_order=True)
    return list(session.scalars(query, values))
