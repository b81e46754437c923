"""Mails about changes to an agreement, by event. What changes stays behind the link."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.supervisors import mailing
from credit import addresses
from credit.agreements import amending_parties, queries, versions
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import LearningAgreement
from credit.agreements.signature_models import Party

OPEN = "Read the change"


def page_of(agreement: LearningAgreement) -> str:
    return addresses.of(agreement.placement, f"agreement/changes/{agreement.public_id}")


def ask(
    session: Session,
    agreement: LearningAgreement,
    parties: Sequence[Party],
    *,
    besides: Party | None,
    actor: Actor,
) -> None:
    """To everybody who has to sign and did not propose it."""
    wanted = [party for party in parties if party != besides]
    _tell(session, agreement, wanted, "amendment_to_sign", "Read and sign", actor)


def came_into_force(
    session: Session,
    agreement: LearningAgreement,
    amendment: AgreementAmendment,
    *,
    actor: Actor,
) -> None:
    """To all, whoever had to sign; to who signs for the company where they did."""
    parties = [one for one in Party if one != Party.COMPANY or one.value in amendment.signers]
    _tell(session, agreement, parties, "amendment_in_force", OPEN, actor)


def came_to_nothing(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    """Refused or withdrawn: the agreement stays as it was."""
    amendment = versions.amendment_of(session, agreement)
    asked = amendment.signers if amendment is not None else []
    parties = [Party.STUDENT, Party.SUPERVISOR, *(p for p in [Party.COMPANY] if p in asked)]
    _tell(session, agreement, parties, "amendment_dropped", OPEN, actor)


def _tell(
    session: Session,
    agreement: LearningAgreement,
    parties: Sequence[Party],
    template: str,
    action: str,
    actor: Actor,
) -> None:
    """Whoever did it needs no mail about it."""
    placement = agreement.placement
    target = f"{template}/{agreement.id}"
    for party, contact in _contacts(session, placement, parties):
        if contact.id != actor.contact_id:
            mailing.write(
                session,
                contact,
                placement=placement,
                template=template,
                action=action,
                target=f"{target}/contact/{contact.id}",
                actor=actor,
                values={"is_outside": True, "is_signatory": party == Party.COMPANY},
            )
    for person in _people(session, placement, parties):
        if person.id != actor.person_id:
            mail.queue_for(
                session,
                person,
                template=template,
                values=_values(agreement, person, action),
                target=target,
                actor=actor,
            )


def _values(agreement: LearningAgreement, person: Person, action: str) -> dict[str, Any]:
    placement = agreement.placement
    return {
        "first_name": addresses.first_name(placement),
        "project": placement.title,
        "path": page_of(agreement),
        "action": action,
        "zone": person.time_zone or placement.institution.time_zone,
        "is_outside": False,
        "is_own": person.id == placement.person_id,
        "is_signatory": False,
    }


def _contacts(
    session: Session, placement: Placement, parties: Sequence[Party]
) -> Iterator[tuple[Party, PartnerContact]]:
    if Party.SUPERVISOR in parties:
        for contact in queries.supervisors(session, placement.id):
            yield Party.SUPERVISOR, contact
    signer = amending_parties.signer_for_company(session, placement)
    if Party.COMPANY in parties and signer is not None:
        yield Party.COMPANY, signer


def _people(session: Session, placement: Placement, parties: Sequence[Party]) -> list[Person]:
    found = [placement.person] if Party.STUDENT in parties else []
    if Party.INSTRUCTOR in parties:
        found += session.scalars(
            select(Person)
            .join(CourseMember, CourseMember.person_id == Person.id)
            .where(
                CourseMember.course_id == placement.course_id,
                CourseMember.launch_role == CourseRole.INSTRUCTOR,
                CourseMember.dropped_at.is_(None),
                CourseMember.is_test.is_(False),
            )
            .order_by(CourseMember.id)
        )
    return found
