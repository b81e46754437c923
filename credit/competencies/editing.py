"""Office edits: texts change, addresses stay, nothing is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.people.actors import Actor
from credit.competencies.levels import LEVELS
from credit.competencies.models import Competency, CompetencyFramework


@dataclass(frozen=True)
class CompetencyTexts:
    label: str
    description: str
    behaviors: Sequence[str]
    anchors: Sequence[str]
    """One for each level, or none at all."""
    is_group: bool = False


@dataclass(frozen=True)
class FrameworkTexts:
    name: str
    source: str
    description: str
    only_by_choice: bool


def edit(
    session: Session, row: Competency, texts: CompetencyTexts, *, actor: Actor, seen: int
) -> bool:
    """Say whether anything changed. What was signed or rated before keeps its wording.

    :raises ChangedMeanwhile: somebody else edited it since version ``seen``.
    """
    _only_staff(actor)
    if len([one for one in texts.anchors if one]) not in (0, len(LEVELS)):
        raise InvalidInput("Describe all four levels, or none of them.", field="anchor_1")
    if row.version != seen:
        raise ChangedMeanwhile("Somebody else edited this since you opened it.")
    new = {
        "label": texts.label,
        "description": texts.description,
        "behaviors": list(texts.behaviors),
        "anchors": [one for one in texts.anchors if one],
        "is_group": texts.is_group,
    }
    return _change(session, row, new, verb="competency:edit", actor=actor)


def edit_framework(
    session: Session,
    framework: CompetencyFramework,
    texts: FrameworkTexts,
    *,
    actor: Actor,
    seen: int,
) -> bool:
    _only_staff(actor)
    if framework.version != seen:
        raise ChangedMeanwhile("Somebody else edited this since you opened it.")
    return _change(
        session, framework, dict(vars(texts)), verb="competency_framework:edit", actor=actor
    )


def retire(session: Session, row: Competency | CompetencyFramework, *, actor: Actor) -> None:
    """Not offered any more. Plans, evaluations and courses that name it keep it."""
    _only_staff(actor)
    if row.retired_at is None:
        row.retired_at = clock.now()
        session.flush()
        audit.record(session, f"{row.__tablename__}:retire", row, actor=actor)


def bring_back(
    session: Session, row: Competency | CompetencyFramework, *, actor: Actor
) -> None:
    _only_staff(actor)
    if row.retired_at is not None:
        row.retired_at = None
        session.flush()
        audit.record(session, f"{row.__tablename__}:bring_back", row, actor=actor)


def _change(
    session: Session,
    row: Competency | CompetencyFramework,
    new: dict[str, object],
    *,
    verb: str,
    actor: Actor,
) -> bool:
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    if changed:
        session.flush()
        audit.record(session, verb, row, actor=actor, fields=changed)
    return bool(changed)


def _only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff change competencies.")
