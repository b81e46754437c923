"""Guarded state changes, the same way for every record that has a ``state``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.registry import registry


def _nothing_unmet(_subject: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class Transition:
    verb: str
    """Names the edge in code and audit: ``approve``."""
    label: str
    """The button, verb and object: "Approve partner"."""
    permitted: Callable[[Actor, Any], bool]
    """May this actor do this to this subject at all?"""
    who: str
    """Who moves here, for "whose move is it": "career staff", "the student"."""
    unmet: Callable[[Any], list[str]] = _nothing_unmet
    """What is missing, in words for the screen; other packages add theirs as guards."""
    needs_reason: bool = False
    outlives_course: bool = False
    """Goes on in a concluded course, such as an appeal against its last decision."""


Workflow = Mapping[tuple[StrEnum, StrEnum], Transition]


def words(state: StrEnum) -> str:
    return state.value.replace("_", " ")


def missing(session: Session, subject: Any, edge: Transition) -> list[str]:
    guards = registry.edge_guards.get((subject.__tablename__, edge.verb), [])
    return edge.unmet(subject) + [line for guard in guards for line in guard(session, subject)]


def move(
    session: Session,
    subject: Any,
    to: StrEnum,
    workflow: Workflow,
    *,
    actor: Actor,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Move ``subject`` to state ``to`` and set ``changes``, or refuse and set nothing.

    The row's version makes the flush fail when another transaction moved it first. Reactions
    of other packages run in the same transaction. Committing is the caller's business.

    :raises NotPossible: no such edge from the present state, something is unmet, or the course
        is concluded.
    :raises NotPermitted: the edge exists, but not for this actor.
    """
    before = subject.state
    edge = workflow.get((before, to))
    if edge is None:
        raise NotPossible(f"This is {words(before)} and cannot become {words(to)}.")
    if not edge.outlives_course:
        require_open(actor, subject)
    if not edge.permitted(actor, subject):
        raise NotPermitted(f"Only {edge.who} may do this.")
    if edge.needs_reason and not reason.strip():
        raise NotPossible("Give a reason.")
    if unmet := missing(session, subject, edge):
        raise NotPossible(f"“{edge.label}” has to wait.", unmet)
    for name, value in {"state": to, "state_since": clock.now(), **changes}.items():
        setattr(subject, name, value)
    session.flush()
    audit.record(
        session,
        f"{subject.__tablename__}:{edge.verb}",
        subject,
        actor=actor,
        before=before,
        after=to,
        reason=reason,
        **(detail or {}),
    )
    for react in registry.edge_reactions.get((subject.__tablename__, edge.verb), []):
        react(session, subject, actor)
    session.flush()


def available(
    subject: Any, workflow: Workflow, actor: Actor
) -> list[tuple[StrEnum, Transition]]:
    """The moves to offer ``actor`` now, so that no template repeats a rule."""
    return [
        (to, edge)
        for (origin, to), edge in workflow.items()
        if origin == subject.state and edge.permitted(actor, subject)
    ]


def next_movers(subject: Any, workflow: Workflow) -> list[str]:
    """Who could move this on from here, each once, in the table's order."""
    return list(
        dict.fromkeys(
            edge.who for (origin, _), edge in workflow.items() if origin == subject.state
        )
    )
