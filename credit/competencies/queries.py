"""Reading competencies; they belong to an institution's frameworks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit.competencies.models import Competency, CompetencyFramework

COMMON = ("communication", "critical-thinking", "professionalism")
"""Asked where an agreement names none: they can be seen in any project."""


def all_of(session: Session, institution_id: int) -> Sequence[Competency]:
    return session.scalars(
        select(Competency)
        .join(Competency.framework)
        .where(CompetencyFramework.institution_id == institution_id)
        .order_by(CompetencyFramework.id, Competency.position, Competency.id)
    ).all()


def common_ones(session: Session, institution_id: int) -> list[Competency]:
    """Three of the institution's own, where possible those of ``COMMON``."""
    known = all_of(session, institution_id)
    chosen = [competency for competency in known if competency.code in COMMON]
    return chosen if len(chosen) == len(COMMON) else list(known[: len(COMMON)])
