"""What the address line asks for, and the addresses that lead on with the same filters."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.institutions.models import Term
from careerlink.web.forms import as_number
from careerlink.web.query import asked
from credit.outcomes import scope
from credit.outcomes.rows import Behind
from credit.outcomes.scope import Choices, Scope

EVERY_TERM = "all"
HIDDEN = "hidden"


def of_course() -> Scope:
    return Scope(course=g.course, program=asked("program"), framework_id=_framework())


def of_office(session: Session) -> Scope:
    """Without a term in the address the present one; a term that is not there is no term."""
    wanted = asked("term")
    term = None
    if not wanted:
        term = scope.usual_term(session, g.actor)
    elif wanted != EVERY_TERM:
        term = session.scalar(
            select(Term).where(
                Term.institution_id == g.actor.institution_id, Term.code == wanted
            )
        )
    return Scope(term=term, program=asked("program"), framework_id=_framework())


def with_course(wanted: Scope, offered: Choices) -> Scope:
    chosen = next((one for one in offered.courses if one.public_id == asked("course")), None)
    return Scope(wanted.term, chosen, wanted.program, wanted.framework_id)


def hides() -> bool:
    return asked("cells") == HIDDEN


def behind() -> Behind:
    return Behind.read(asked("target"), asked("side"), asked("cell"))


def filters(wanted: Scope, *, is_office: bool) -> dict[str, str]:
    """For links: what narrows the page, and nothing else."""
    found = {
        "program": wanted.program,
        "framework": str(wanted.framework_id or ""),
        "cells": HIDDEN if hides() else "",
    }
    if is_office:
        found["term"] = wanted.term.code if wanted.term else EVERY_TERM
        found["course"] = wanted.course.public_id if wanted.course else ""
    return {name: value for name, value in found.items() if value}


def to(page: str, query: Mapping[str, str], *, is_office: bool) -> str:
    values: dict[str, Any] = {name: value for name, value in query.items() if value}
    if is_office:
        return url_for(f"outcomes_office.{page}", **values)
    return url_for(f"outcomes.{page}", course_id=g.course.public_id, **values)


def _framework() -> int | None:
    return as_number(asked("framework"), None)
