"""Accounts of the campus's sign-in: who has one, and whom the career office expects."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.institutions.models import Institution
from careerlink.people import operations
from careerlink.people.models import Person

AWAITED = "awaited "
"""Before an address, until the provider has said who that is. Subjects begin with https:."""


def of_subject(session: Session, subject: str) -> Person | None:
    return session.scalar(select(Person).where(Person.campus_subject == subject))


def expect(session: Session, institution: Institution, address: str) -> Person:
    """Somebody whom no course brings here: their first campus sign-in makes this theirs.

    Never an account of the LMS, where people may choose their own address.
    """
    address = address.strip().lower()
    person = operations.add_person(session, institution, name=address, email=address)
    person.campus_subject = AWAITED + address
    session.flush()
    return person


def awaited(session: Session, address: str) -> Person | None:
    """``address`` as the provider has verified it."""
    return of_subject(session, AWAITED + address.strip().lower())


def take(session: Session, person: Person, *, subject: str, name: str) -> Person:
    person.campus_subject = subject
    operations.refresh_person(session, person, name=name)
    session.flush()
    return person
