"""Closing a term: a statement with who, when and why. Nothing in it is locked or erased."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor
from credit.terms import queries

KEPT_YEARS = 5
"""Proposed, not law: FERPA sets no period, and campuses keep work for credit for three to seven
years by their own schedule. The day can be changed on the page; nothing is erased by it."""


def kept_until(term: Term) -> date:
    """The day that the page proposes."""
    year = term.ends_on.year + KEPT_YEARS
    last = term.ends_on
    # A term that ends on 29 February.
    return date(year, last.month, min(last.day, 28) if last.month == 2 else last.day)


def why_not(session: Session, term: Term, *, actor: Actor) -> str:
    """Empty where it can be closed now."""
    today = clock.today(session.get_one(Institution, term.institution_id).time_zone)
    if term.ends_on >= today:
        return f"{term.name} runs until {term.ends_on:%a} {term.ends_on.day} {term.ends_on:%b}."
    return ""


def close_term(
    session: Session,
    term: Term,
    *,
    actor: Actor,
    reason: str,
    records_until: date,
    seen: int | None = None,
) -> None:
    """What is still open then stays open, and its figures stand in the history.

    :raises ChangedMeanwhile: somebody closed it, or changed its days, in between.
    """
    _require(term, actor, reason)
    if term.closed_at is not None or (seen is not None and seen != term.version):
        raise ChangedMeanwhile("This term was changed while you had it open.")
    if why := why_not(session, term, actor=actor):
        raise NotPossible(why)
    if records_until <= term.ends_on:
        raise InvalidInput("Choose a day after the term’s last one.", field="records_until")
    term.closed_at, term.records_until = clock.now(), records_until
    session.flush()
    left: dict[str, Any] = {
        group.key: number for group, number in queries.counts(session, actor, term) if number
    }
    audit.record(
        session,
        "term:close",
        term,
        actor=actor,
        reason=reason.strip(),
        records_until=records_until.isoformat(),
        **left,
    )


def reopen_term(session: Session, term: Term, *, actor: Actor, reason: str) -> None:
    """Pressed twice it is opened once."""
    _require(term, actor, reason)
    if term.closed_at is None:
        return
    term.closed_at = None
    session.flush()
    audit.record(session, "term:reopen", term, actor=actor, reason=reason.strip())


def _require(term: Term, actor: Actor, reason: str) -> None:
    if not actor.is_staff or actor.institution_id != term.institution_id:
        raise NotPermitted("Only career staff close a term.")
    if not reason.strip():
        raise InvalidInput("Give a reason; it stays in the history.", field="reason")
