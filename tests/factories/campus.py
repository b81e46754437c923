"""What a campus has beside its courses: a policy on credit, and people in the career office."""

from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import system
from careerlink.people.models import OfficeRole, Person, PersonRole
from credit.policy import operations as policy
from credit.policy.parameters import Parameters


def limited(session: Session, institution_id: int, **parameters: Any) -> None:
    """The institution's policy; without one nothing limits the hours of a week."""
    policy.create_version(
        session,
        institution_id=institution_id,
        name="Micro-internship credit",
        parameters=Parameters(**parameters),
        source="Catalog 2026, p. 41",
        is_default=True,
        actor=system(institution_id),
    )


def staff(session: Session, institution_id: int, name: str = "Priya Raman") -> Person:
    made = Person(institution_id=institution_id, name=name)
    session.add(made)
    session.flush()
    session.add(
        PersonRole(
            institution_id=institution_id,
            email=f"{name.split()[0].lower()}@eastmoor.example",
            person_id=made.id,
            role=OfficeRole.STAFF,
        )
    )
    session.flush()
    return made
