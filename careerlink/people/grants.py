"""Office roles: granted to an address, taken by the first sign-in that proves it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person, PersonRole
from careerlink.registry import registry


def grant(
    session: Session, institution: Institution, *, email: str, role: OfficeRole, actor: Actor
) -> PersonRole:
    """Grant ``role`` to the person with this address, or to whoever signs in with it first.

    Granting twice is granting once. Two people with one address: the grant waits for a sign-in.

    :raises InvalidInput: this is no mail address.
    """
    address = email.strip().lower()
    if "@" not in address[1:-1] or " " in address:
        raise InvalidInput(f"“{email}” is no mail address.", field="email")
    existing = session.scalar(
        _open(institution).where(PersonRole.email == address, PersonRole.role == role)
    )
    if existing is not None:
        return existing
    granted = PersonRole(
        institution_id=institution.id,
        email=address,
        role=role,
        granted_by_id=actor.person_id,
    )
    session.add(granted)
    session.flush()
    audit.record(session, "person_role:grant", granted, actor=actor, after=role)
    people = _with_address(session, institution, address)
    if len(people) == 1:
        _take(session, granted, people[0], actor=actor)
    return granted


def take_waiting(session: Session, person: Person, *, actor: Actor) -> int:
    """Give ``person`` the roles that wait for their address; return how many.

    The address is the platform's word at this launch, or the provider's verified one. A grant
    is taken once: a later change of anybody's address moves no role.
    """
    if not person.email or person.is_test:
        return 0
    waiting = session.scalars(
        select(PersonRole).where(
            PersonRole.institution_id == person.institution_id,
            PersonRole.revoked_at.is_(None),
            PersonRole.person_id.is_(None),
            PersonRole.email == person.email.lower(),
        )
    ).all()
    for granted in waiting:
        _take(session, granted, person, actor=actor)
    return len(waiting)


def revoke(session: Session, institution: Institution, *, email: str, actor: Actor) -> int:
    rows = session.scalars(
        _open(institution).where(PersonRole.email == email.strip().lower())
    ).all()
    for row in rows:
        row.revoked_at = clock.now()
        audit.record(session, "person_role:revoke", row, actor=actor, before=row.role)
    return len(rows)


def _take(session: Session, granted: PersonRole, person: Person, *, actor: Actor) -> None:
    granted.person_id, granted.taken_at = person.id, clock.now()
    audit.record(session, "person_role:take", granted, actor=actor, person=person.id)


def _open(institution: Institution) -> Select[PersonRole]:
    return select(PersonRole).where(
        PersonRole.institution_id == institution.id, PersonRole.revoked_at.is_(None)
    )


def _with_address(session: Session, institution: Institution, address: str) -> Sequence[Person]:
    return session.scalars(
        select(Person).where(
            Person.institution_id == institution.id,
            func.lower(Person.email) == address,
            Person.is_test.is_(False),
        )
    ).all()


@dataclass(frozen=True)
class Held:
    office: frozenset[OfficeRole]
    is_appointed: bool
    """Somebody named them, somewhere, some day; what holds today is asked of those only."""


NOTHING = Held(frozenset(), is_appointed=False)


def held(session: Session, person: Person) -> Held:
    """One query, as every request of everybody asks it."""
    named = or_(false(), *(clause() for clause in registry.appointed))
    rows = session.execute(
        select(PersonRole.role, named)
        .select_from(Person)
        .outerjoin(
            PersonRole,
            and_(
                PersonRole.person_id == Person.id,
                PersonRole.institution_id == Person.institution_id,
                PersonRole.revoked_at.is_(None),
            ),
        )
        .where(Person.id == person.id)
    ).all()
    return Held(
        frozenset(row[0] for row in rows if row[0] is not None), any(row[1] for row in rows)
    )
