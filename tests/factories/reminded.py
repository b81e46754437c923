"""More finished projects of one supervisor, whose evaluations are awaited as well."""

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.models import Person
from careerlink.placements.models import (
    Consent,
    ConsentPurpose,
    Placement,
    PlacementState,
    Supervision,
)
from careerlink.reminders.models import ReminderTrack
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.evaluations.models import Author, Evaluation
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories.agreements import Scene


def awaited(session: Session, cast: Scene, number: int) -> None:
    """Written as rows: what led there is tried elsewhere."""
    today = clock.today(cast.institution.time_zone)
    students = [
        Person(
            institution_id=cast.institution.id, name=f"Rosa{one} Diaz", email=f"r{one}@x.test"
        )
        for one in range(number)
    ]
    session.add_all(students)
    session.flush()
    placements = [
        Placement(
            institution_id=cast.institution.id,
            course_id=cast.course.id,
            person_id=student.id,
            partner_id=cast.placement.partner_id,
            title=f"Project of {student.name}",
            planned_minutes=600,
            starts_on=cast.placement.starts_on,
            ends_on=cast.placement.ends_on,
            fee_minor=10_000,
            currency="USD",
            state=PlacementState.WORK_COMPLETED,
        )
        for student in students
    ]
    session.add_all(placements)
    session.flush()
    for placement in placements:
        session.add_all(_about(placement, cast))
    for evaluation in [row for row in session.new if isinstance(row, Evaluation)]:
        evaluation.anchor_on = today
    session.flush()


def tracked(session: Session, cast: Scene) -> ReminderTrack:
    """Where the reminders of the cast's final evaluation stand."""
    track = ReminderTrack(
        institution_id=cast.institution.id,
        ladder="evaluation",
        subject_id=cast.placement.id,
        placement_id=cast.placement.id,
        contact_id=cast.contact.id,
        anchor_on=cast.placement.ends_on,
        begun_on=cast.placement.ends_on,
    )
    session.add(track)
    session.flush()
    return track


def case_of(session: Session, cast: Scene) -> int:
    """The key of the cast's credit case, open."""
    policy = CreditPolicyVersion(
        institution_id=cast.institution.id,
        name="BUS-310",
        number=1,
        parameters=Parameters().stored(),
        source="Handbook",
    )
    session.add(policy)
    session.flush()
    case = CreditCase(
        institution_id=cast.institution.id,
        course_id=cast.course.id,
        person_id=cast.placement.person_id,
        policy_version_id=policy.id,
    )
    session.add(case)
    session.flush()
    session.add(CreditCasePlacement(credit_case_id=case.id, placement_id=cast.placement.id))
    session.flush()
    return case.id


def _about(placement: Placement, cast: Scene) -> list[object]:
    return [
        Supervision(placement_id=placement.id, contact_id=cast.contact.id),
        Consent(
            person_id=placement.person_id,
            placement_id=placement.id,
            purpose=ConsentPurpose.SUPERVISION,
            records=["the learning agreement"],
            purpose_text="to evaluate",
            party="the partner",
            text_version="1",
        ),
        Evaluation(
            placement_id=placement.id, author=Author.SUPERVISOR, contact_id=cast.contact.id
        ),
    ]
