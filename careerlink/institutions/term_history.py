"""What the audit trail of a term says in figures: which day went where."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.institutions.models import Term
from careerlink.institutions.term_days import DAYS
from careerlink.registry import HistoryFact, registry
from careerlink.web.templating import day


def days(_session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    return {one.id: HistoryFact(_texts(one.detail)) for one in entries}


def taken_over(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    ids = {one.detail["source"] for one in entries}
    sources = session.scalars(select(Term).where(Term.id.in_(ids)))
    names = {term.id: term.name for term in sources}
    titles = {part.key: part.title for part in registry.term_parts}
    found = {}
    for one in entries:
        parts = ", ".join(titles.get(key, key) for key in one.detail["parts"])
        source = names.get(one.detail["source"], "another term")
        found[one.id] = HistoryFact((f"From {source}: {parts or 'nothing'}",))
    return found


def _texts(detail: Mapping[str, Any]) -> tuple[str, ...]:
    """What was the same stays unsaid; a term that was added had no days before."""
    found = []
    for name, label in DAYS.items():
        now = detail.get(name)
        if f"{name}_was" in detail:
            found.append(f"{label}: {_said(detail[f'{name}_was'])} → {_said(now)}")
        elif now is not None:
            found.append(f"{label}: {_said(now)}")
    return tuple(found)


def _said(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else "not set"
