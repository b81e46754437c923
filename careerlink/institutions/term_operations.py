"""Writing terms: their days, files of many, and which term a course is in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound, NotPermitted
from careerlink.institutions import term_days
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor


def add_term(
    session: Session,
    *,
    institution_id: int,
    code: str,
    name: str,
    days: Mapping[str, date | None],
    actor: Actor,
) -> Term:
    """:raises InvalidInput: the code is taken, or the days cannot be meant so."""
    _begin_writing(session, institution_id, actor)
    _refuse(days)
    if _with_code(session, institution_id, code) is not None:
        raise InvalidInput(f"There is a term {code} already. Change that one.", field="code")
    term = Term(institution_id=institution_id, code=code, name=name, **days)
    session.add(term)
    session.flush()
    audit.record(session, "term:add", term, actor=actor, **_figures(days))
    return term


def change_term(
    session: Session,
    term: Term,
    *,
    name: str,
    days: Mapping[str, date | None],
    actor: Actor,
    seen: int | None = None,
) -> bool:
    """Whether anything is different now. The code stays: files of the registrar name it.

    :raises ChangedMeanwhile: since ``seen`` somebody else changed it.
    """
    _begin_writing(session, term.institution_id, actor)
    if seen is not None and seen != term.version:
        raise ChangedMeanwhile("Somebody else changed this term after you opened it.")
    _refuse(days)
    changed = {key: day for key, day in days.items() if getattr(term, key) != day}
    if not changed and term.name == name:
        return False
    before: dict[str, Any] = {f"{key}_was": _figure(getattr(term, key)) for key in changed}
    term.name = name
    for key, day in changed.items():
        setattr(term, key, day)
    session.flush()
    audit.record(session, "term:change", term, actor=actor, **_figures(changed), **before)
    return True


def set_course_term(
    session: Session, course: Course, term: Term | None, *, actor: Actor
) -> None:
    """The term's dates, policy and listings hold from now on; open cases keep their policy."""
    _begin_writing(session, course.institution_id, actor)
    if term is not None and term.institution_id != course.institution_id:
        raise NotFound
    before, after = course.term_id, term.id if term else None
    if before == after:
        return
    course.term_id = after
    session.flush()
    audit.record(session, "course:set_term", course, actor=actor, term=after, term_was=before)


def _refuse(days: Mapping[str, date | None]) -> None:
    for name, message in term_days.faults(days).items():
        raise InvalidInput(message, field=name)


def _with_code(session: Session, institution_id: int, code: str) -> Term | None:
    return session.scalar(
        select(Term).where(Term.institution_id == institution_id, Term.code == code)
    )


def _figures(days: Mapping[str, date | None]) -> dict[str, Any]:
    return {key: _figure(day) for key, day in days.items()}


def _figure(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _begin_writing(session: Session, institution_id: int, actor: Actor) -> None:
    if not (actor.is_staff or actor.is_system) or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff write the terms.")
    # Two who add the same code at once come one after the other.
    session.scalar(
        select(Institution.id).where(Institution.id == institution_id).with_for_update()
    )
