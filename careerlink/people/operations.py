"""What sign-ins tell about people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.people.models import Person

TOLD = ("name", "email", "sis_id", "locale", "time_zone")


def add_person(
    session: Session, institution: Institution, *, is_test: bool = False, **told: str
) -> Person:
    """``told`` has any of name, email, sis_id, locale, time_zone; empty ones stay unknown."""
    person = Person(
        institution_id=institution.id,
        institution=institution,
        is_test=is_test,
        **{field: told.get(field) or None for field in TOLD},
    )
    session.add(person)
    session.flush()
    audit.record(session, "person:add", person, actor=as_self(person), is_test=is_test)
    return person


def refresh_person(session: Session, person: Person, **told: str) -> None:
    """Take over what a platform says now; what it withholds stays as it was."""
    changed = [
        field for field in TOLD if told.get(field) and told[field] != getattr(person, field)
    ]
    for field in changed:
        setattr(person, field, told[field])
    if changed:
        audit.record(session, "person:refresh", person, actor=as_self(person), fields=changed)


def find_by_sis_id(session: Session, institution: Institution, sis_id: str) -> Person | None:
    """The person whom all registrations call by this id, where the institution says so."""
    if not institution.shared_sis or not sis_id:
        return None
    return session.scalar(
        select(Person)
        .where(
            Person.institution_id == institution.id,
            Person.sis_id == sis_id,
            Person.is_test.is_(False),
        )
        .order_by(Person.id)
        .limit(1)
    )


def as_self(person: Person) -> Actor:
    return Actor(institution_id=person.institution_id, person_id=person.id)
