"""What a competency said when somebody signed it or answered to it. Later edits leave it."""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import clock
from credit.competencies.models import Competency, CompetencyWording

TEXTS = ("label", "description", "behaviors", "anchors")


class Worded(Protocol):
    """Something that names a competency and may have kept its wording."""

    competency: Competency | None
    wording: CompetencyWording | None


def keep(session: Session, competencies: Iterable[Competency]) -> dict[int, CompetencyWording]:
    """The present wording of each by its id, written down where it is new or has changed."""
    wanted = {competency.id: competency for competency in competencies}
    known = _latest(session, list(wanted))
    for key, competency in wanted.items():
        if key not in known or _texts(known[key]) != _texts(competency):
            known[key] = _write(session, competency)
    session.flush()
    return known


def keep_for(session: Session, named: Iterable[Worded]) -> None:
    """Bind what is signed now to the wording that it shows."""
    rows = [row for row in named if row.competency is not None]
    kept = keep(session, [row.competency for row in rows if row.competency is not None])
    for row in rows:
        if row.competency is not None:
            row.wording = kept[row.competency.id]
    session.flush()


def label(named: Worded) -> str:
    """As it was signed or rated, else as it is now."""
    said = named.wording or named.competency
    return said.label if said is not None else ""


def _latest(session: Session, ids: list[int]) -> dict[int, CompetencyWording]:
    newest = (
        select(func.max(CompetencyWording.id))
        .where(CompetencyWording.competency_id.in_(ids))
        .group_by(CompetencyWording.competency_id)
    )
    rows = session.scalars(select(CompetencyWording).where(CompetencyWording.id.in_(newest)))
    return {row.competency_id: row for row in rows}


def _texts(row: Competency | CompetencyWording) -> list[object]:
    return [getattr(row, name) for name in TEXTS]


def _write(session: Session, competency: Competency) -> CompetencyWording:
    wording = CompetencyWording(
        competency_id=competency.id,
        kept_at=clock.now(),
        **{name: getattr(competency, name) for name in TEXTS},
    )
    session.add(wording)
    return wording
