"""Whom an SIS id in somebody's file means."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.people.models import Person


def people_with(
    session: Session, institution_id: int, sis_ids: Collection[str]
) -> Mapping[str, list[int]]:
    """Ids of persons. Test users have SIS ids of their own kind and are never meant."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = session.execute(
        select(Person.sis_id, Person.id)
        .where(
            Person.institution_id == institution_id,
            Person.sis_id.in_(sis_ids),
            Person.is_test.is_(False),
        )
        .order_by(Person.id)
    )
    for sis_id, person_id in rows:
        found[str(sis_id)].append(person_id)
    return found
