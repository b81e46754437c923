"""Cases of last term, decided: a draft of a policy is tried on them."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from careerlink.placements.models import Placement, PlacementState
from credit.cases.models import (
    CaseState,
    CreditCase,
    CreditCasePlacement,
    Decision,
    DecisionOutcome,
)
from credit.policy import queries
from credit.policy.credit_sum import compute
from credit.policy.inputs import CaseInput, EntryInput, PlacementInput, digest

COURSE = "BUS-310"


@dataclass(frozen=True)
class Alumnus:
    name: str
    hours: int
    weeks: int
    """From the first hour to the last."""


ALUMNI = (
    Alumnus("Rosa Delgado", 32, 9),
    Alumnus("Tomasz Zielinski", 35, 8),
    Alumnus("Amara Nwosu", 52, 11),
    Alumnus("Sami Haddad", 12, 8),
    Alumnus("Greta Lindholm", 78, 12),
    Alumnus("Devon Clarke", 30, 6),
    Alumnus("Mei Tanaka", 64, 10),
    Alumnus("Paulo Ribeiro", 40, 9),
)


def load(loading: Loading, term: Term) -> None:
    course = _course(loading, term)
    for at, one in enumerate(ALUMNI):
        _case(loading, course, one, at)


def _course(loading: Loading, term: Term) -> Course:
    origin = loading.courses[COURSE]
    course = Course(
        institution_id=loading.institution.id,
        term_id=term.id,
        label=origin.label,
        title=f"{origin.title}, {term.name}",
        concluded_at=loading.moment(-100),
        created_at=loading.moment(-230),
    )
    loading.session.add(course)
    loading.session.flush()
    loading.session.add(
        CourseMember(
            course_id=course.id,
            person_id=loading.people["instructor"].id,
            launch_role=CourseRole.INSTRUCTOR,
            first_seen_at=loading.moment(-230),
        )
    )
    return course


def _case(loading: Loading, course: Course, one: Alumnus, at: int) -> None:
    session, version = loading.session, loading.policies[COURSE]
    person = Person(
        institution_id=loading.institution.id, name=one.name, sis_id=f"S19{at + 10:02d}"
    )
    session.add(person)
    session.flush()
    session.add(
        CourseMember(
            course_id=course.id,
            person_id=person.id,
            launch_role=CourseRole.STUDENT,
            first_seen_at=loading.moment(-220),
        )
    )
    placement = _placement(loading, course, person, one)
    opened, decided = loading.moment(-200), loading.moment(-110, 9 + at)
    inputs = _inputs(placement, one)
    found = compute(queries.parameters_of(version), inputs)
    is_approved = found.credits_thousandths > 0
    state = CaseState.APPROVED if is_approved else CaseState.DENIED
    case = CreditCase(
        institution_id=loading.institution.id,
        course_id=course.id,
        person_id=person.id,
        policy_version_id=version.id,
        state=state,
        state_since=decided,
        academic_minutes=inputs.academic_minutes,
        opened_at=opened,
    )
    session.add(case)
    session.flush()
    session.add_all(
        [
            CreditCasePlacement(
                credit_case_id=case.id, placement_id=placement.id, added_at=opened
            ),
            Decision(
                credit_case_id=case.id,
                number=1,
                outcome=DecisionOutcome.APPROVED if is_approved else DecisionOutcome.DENIED,
                credits_thousandths=found.credits_thousandths if is_approved else None,
                computed_thousandths=found.credits_thousandths,
                decided_by_id=loading.people["instructor"].id,
                decided_at=decided,
                policy_version_id=version.id,
                inputs=inputs.stored(),
                inputs_hash=digest(version.id, inputs),
            ),
        ]
    )
    session.flush()


def _placement(loading: Loading, course: Course, person: Person, one: Alumnus) -> Placement:
    partner = next(iter(loading.partners.values()))
    starts = loading.day(-200)
    placement = Placement(
        institution_id=loading.institution.id,
        course_id=course.id,
        person_id=person.id,
        partner_id=partner.id,
        title="Waiting times at the repair desk",
        deliverable="A dashboard",
        state=PlacementState.CLOSED,
        state_since=loading.moment(-115),
        planned_minutes=one.hours * 60,
        starts_on=starts,
        ends_on=starts + timedelta(weeks=one.weeks),
        fee_minor=one.hours * 2400,
        currency=loading.institution.currency,
        started_at=loading.moment(-200),
        completed_at=loading.moment(-120),
    )
    loading.session.add(placement)
    loading.session.flush()
    return placement


def _inputs(placement: Placement, one: Alumnus) -> CaseInput:
    """As the decision froze them: hours spread over the weeks, and all evidence there."""
    first: date = placement.starts_on
    share, rest = divmod(one.hours * 60, one.weeks)
    entries = tuple(
        EntryInput(
            id=placement.id * 1000 + week,
            worked_on=first + timedelta(days=7 * week + (6 if week == one.weeks - 1 else 0)),
            minutes=share + (rest if week == 0 else 0),
        )
        for week in range(one.weeks)
    )
    return CaseInput(
        placements=(
            PlacementInput(
                id=placement.id,
                title=placement.title,
                planned_minutes=placement.planned_minutes,
                agreement_id=None,
                agreed_on=first - timedelta(days=2),
                entries=entries,
                confirmed_minutes=one.hours * 60,
                deliverables=1,
                reflections=1,
                submission_ids=(placement.id,),
                self_submission_ids=(placement.id,),
            ),
        ),
        academic_minutes=15 * 60,
        enrolled_on=first - timedelta(days=10),
    )
