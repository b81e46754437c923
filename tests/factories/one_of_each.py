"""One record of every kind that an address can name, and everybody who might open it."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.listings.models import ListingRelease
from careerlink.notifications import stopping
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole, Person, PersonRole
from credit.agreements.models import LearningAgreement
from credit.cases import opening
from credit.cases.models import CreditCase
from credit.evaluations.models import Author, Evaluation
from credit.evidence.models import EvidenceKind
from credit.hours.models import HoursEntry
from lti import invitations
from lti.models import LtiRegistrationInvitation
from tests.factories import (
    approving,
    case_life,
    cases,
    competencies,
    deep_linking,
    enrolled,
    evidence,
    policies,
    records,
    registrar_files,
    reminded,
    watching,
)
from tests.factories.agreements import Scene
from tests.factories.evaluations import completed
from tests.factories.held_lists import held_list, listed_member


@dataclass
class OneOfEach:
    cast: Scene
    addresses: dict[str, str] = field(default_factory=dict)
    """A value for every variable part of an address."""
    histories: dict[str, str] = field(default_factory=dict)
    """By table: the public id of its record."""
    people: dict[str, int] = field(default_factory=dict)
    """Those who belong in here, by what they are: the key of the person."""


def one_of_each(session: Session, settings: Settings, slug: str = "eastmoor") -> OneOfEach:
    """A student with an offer, and with a project that is done; nothing of it decided yet."""
    cast = completed(session, slug=slug)
    made = OneOfEach(cast)
    application, attachment = (
        records.application(session, cast),
        records.attachment(session, settings, cast),
    )
    listing = application.listing
    piece = evidence.piece(
        session, cast.placement, kind=EvidenceKind.FILE, url=None, attachment_id=attachment.id
    )
    case = _case(session, cast)
    entry = session.query(HoursEntry).filter_by(placement_id=cast.placement.id).first()
    evaluation = _evaluation(session, cast)
    agreement = session.query(LearningAgreement).filter_by(placement_id=cast.placement.id).one()
    invitation = invitations.issue(
        session, cast.institution, secret=settings.server.secret, actor=cast.staff
    )
    assert entry is not None
    assert listing.supervisor is not None
    made.histories = {
        row.__tablename__: row.public_id
        for row in (
            application, cast.course, cast.placement, listing.partner, listing, case,
            agreement, entry, piece, evaluation,
        )
    }  # fmt: skip
    hand_over = records.hand_over(session, cast)
    made.histories["hand_over_request"] = hand_over.public_id
    deployment = records.deployment(session, cast)
    asked_for = deep_linking.row(session, cast.course, records.person_id(cast.instructor))
    made.addresses = {
        "course_id": cast.course.public_id,
        "application_id": application.public_id,
        "case_id": case.public_id,
        "listing_id": listing.public_id,
        "placement_id": cast.placement.public_id,
        "evaluation_id": evaluation.public_id,
        "version_id": agreement.public_id,
        "piece": piece.piece,
        "lineage": evidence.milestone(session, cast.placement),
        "entry_id": entry.public_id,
        "file_id": attachment.public_id,
        "partner_id": listing.partner.public_id,
        "contact_id": listing.supervisor.public_id,
        "number": str(session.query(ListingRelease).filter_by(listing_id=listing.id).one().id),
        "message_id": str(records.message(session, cast)),
        "registration_id": str(deployment.registration_id),
        "deployment_id": str(deployment.id),
        "term_id": str(cast.course.term_id),
        "filename": "css/careerlink.css",
        "key": "no-such-group",
        "invitation": _token(invitation, settings),
        "invitation_id": invitation.public_id,
        "request_id": asked_for.public_id,
        "offer": "credit",
        "stop_token": stopping.token_for(
            {"template": "message_received", "person": cast.student.person_id},
            settings.server.secret,
        ),
        "bounce_id": str(records.bounce(session, cast)),
        "track_id": str(reminded.tracked(session, cast).id),
        **competencies.addresses(session, cast),
        **policies.addresses(session, cast.course, cast.staff),
        **enrolled.addresses(session, cast),
        "hand_over_id": hand_over.public_id,
        "person_id": session.get_one(Person, records.person_id(cast.student)).public_id,
        "token": cast.link().removeprefix("/s/"),
    }
    watched, watched_histories = watching.one_of_each(session, cast)
    made.addresses |= watched
    made.histories |= watched_histories
    made.histories["enrollment_upload"] = made.addresses["upload_id"]
    delegation = records.delegation(session, cast)
    made.addresses["delegation_id"] = made.histories[delegation.__tablename__] = (
        delegation.public_id
    )
    chair = approving.chair(session, cast.institution.id)
    appeal = approving.withdrawn_appeal(session, case, records.person_id(cast.instructor))
    made.addresses["appointment_id"] = chair.public_id
    made.histories |= {row.__tablename__: row.public_id for row in (chair, appeal)}
    made.people = {
        "chair": chair.person_id,
        "student": records.person_id(cast.student),
        "instructor": records.person_id(cast.instructor),
        "assistant": records.person_id(cast.assistant),
        "staff": records.person_id(cast.staff),
        "other student": _member(session, cast.course, CourseRole.STUDENT),
        "observer": _member(session, cast.course, CourseRole.OBSERVER),
        "auditor": _office(session, cast, OfficeRole.AUDITOR),
        "admin": _office(session, cast, OfficeRole.ADMIN),
    }
    made.addresses |= _list_of_members(session, cast, made.people)
    other = records.other_course(session, cast, deployment)
    made.addresses["linked_id"] = other.public_id
    move = case_life.asked_move(session, other, cast.course, cast)
    made.addresses["move_id"] = made.histories[move.__tablename__] = move.public_id
    export = registrar_files.file(session, cast)
    made.addresses["export_id"] = made.histories[export.__tablename__] = export.public_id
    return made


def _list_of_members(session: Session, cast: Scene, people: dict[str, int]) -> dict[str, str]:
    """A reading of it is held back, and an assistant might be named as an approver."""
    assistant = listed_member(session, cast.course, people["assistant"], CourseRole.ASSISTANT)
    held = held_list(session, cast.course, [people["other student"]])
    return {"member_id": str(assistant.id), "list_id": str(held.id)}


def _token(invitation: LtiRegistrationInvitation, settings: Settings) -> str:
    return invitations.token_of(invitation.public_id, settings.server.secret)


def _case(session: Session, cast: Scene) -> CreditCase:
    instructor = session.get_one(Person, cast.instructor.person_id)
    cases.add_policy(session, cases.Class(cast.course, instructor, cast.contact))
    made = opening.open_for(session, cast.placement, actor=system(cast.institution.id))
    assert made is not None
    return made


def _evaluation(session: Session, cast: Scene) -> Evaluation:
    return (
        session.query(Evaluation)
        .filter_by(placement_id=cast.placement.id, author=Author.SUPERVISOR)
        .one()
    )


def _person(session: Session, institution_id: int, name: str) -> Person:
    made = Person(institution_id=institution_id, name=name)
    session.add(made)
    session.flush()
    return made


def _member(session: Session, course: Course, role: CourseRole) -> int:
    person = _person(session, course.institution_id, f"Another {role.value}")
    session.add(CourseMember(course_id=course.id, person_id=person.id, launch_role=role))
    session.flush()
    return person.id


def _office(session: Session, cast: Scene, role: OfficeRole) -> int:
    person = _person(session, cast.institution.id, f"The {role.value}")
    session.add(
        PersonRole(
            institution_id=cast.institution.id,
            email=f"{role.value}@{cast.institution.slug}.example",
            person_id=person.id,
            role=role,
        )
    )
    session.flush()
    return person.id
