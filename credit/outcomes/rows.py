"""What stands behind a figure: each student with the answer that counts, and its origin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.enrollments.models import Enrollment
from careerlink.enrollments.terms_of_students import enrolled_term_id
from careerlink.errors import NotFound
from careerlink.institutions.models import Term
from careerlink.names_alike import name_key
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.pagination import Page, page
from credit.outcomes import answers, scope
from credit.outcomes.lines import JUDGED_CELLS, OWN, RATED_CELLS, UNSEEN, Side, Spread
from credit.outcomes.scope import Scope

TARGET = re.compile(
    r"c(?P<competency>\d{1,9})-(?P<wording>\d{1,9})|o(?P<objective>\d{1,9})|own"
)


@dataclass(frozen=True)
class Behind:
    """A figure that was opened: which outcome, whose word, and which answer of theirs."""

    target: str
    side: Side
    cell: str = ""
    """Empty for all of them."""

    @classmethod
    def read(cls, target: str, side: str, cell: str) -> "Behind":
        """:raises NotFound: no page of ours wrote such an address."""
        if not TARGET.fullmatch(target) or side not in set(Side):
            raise NotFound
        whose = Side(side)
        if cell and cell not in (JUDGED_CELLS if whose == Side.INSTRUCTOR else RATED_CELLS):
            raise NotFound
        if whose == Side.INSTRUCTOR and target.startswith("c"):
            raise NotFound
        return cls(target, whose, cell)

    @property
    def words(self) -> str:
        cells = JUDGED_CELLS if self.side == Side.INSTRUCTOR else RATED_CELLS
        return cells.get(self.cell, "")


@dataclass(frozen=True)
class Answer:
    words: str
    said_at: datetime
    is_addendum: bool = False
    is_partial: bool = False


@dataclass(frozen=True)
class Share:
    name: str
    spread: Spread


def people(
    session: Session, actor: Actor, wanted: Scope, behind: Behind, *, after: str | None
) -> tuple[Page[Placement], dict[int, list[Answer]]]:
    """One page of projects with what was said of them; two queries for a page of any size."""
    stands = _standing(scope.placements_in(actor, wanted), behind)
    found: Page[Placement] = page(
        session,
        select(Placement)
        .where(Placement.id.in_(select(stands.c.placement_id)))
        .options(
            joinedload(Placement.person),
            joinedload(Placement.course).joinedload(Course.term),
            joinedload(Placement.partner),
        ),
        order_by=[Placement.id],
        key_of=lambda placement: [placement.id],
        after=after,
    )
    return found, _answers(session, stands, [one.id for one in found.rows], behind.side)


def _answers(
    session: Session, stands: Any, ids: Sequence[int], side: Side
) -> dict[int, list[Answer]]:
    said: dict[int, list[Answer]] = {}
    is_judged = side == Side.INSTRUCTOR
    for row in session.execute(select(stands).where(stands.c.placement_id.in_(ids))).mappings():
        if is_judged:
            one = Answer(JUDGED_CELLS[str(row["verdict"])], row["said_at"])
        else:
            one = Answer(
                RATED_CELLS[_cell(row["level"])],
                row["said_at"],
                row["is_addendum"],
                bool(row["is_partial"]),
            )
        said.setdefault(row["placement_id"], []).append(one)
    return said


def by_program(session: Session, actor: Actor, wanted: Scope, behind: Behind) -> list[Share]:
    """The same outcome and side, told apart by what the students study."""
    stands = _standing(scope.placements_in(actor, wanted), _all_cells(behind))
    studies = (
        select(
            Enrollment.course_id,
            Enrollment.person_id,
            func.min(Enrollment.program).label("program"),
        )
        .where(Enrollment.program != "")
        .group_by(Enrollment.course_id, Enrollment.person_id)
        .subquery()
    )
    query = select(studies.c.program, _said(stands, behind), func.count()).outerjoin_from(
        stands,
        studies,
        and_(
            studies.c.course_id == stands.c.course_id,
            studies.c.person_id == stands.c.person_id,
        ),
    )
    grouped = query.group_by(studies.c.program, _said(stands, behind))
    return _shares(
        session,
        grouped.order_by(studies.c.program),
        behind.side,
        nameless="Program not known",
    )


def by_term(session: Session, actor: Actor, wanted: Scope, behind: Behind) -> list[Share]:
    stands = _standing(scope.placements_in(actor, wanted), _all_cells(behind))
    enrolled = enrolled_term_id(stands.c.course_id, stands.c.person_id)
    query = (
        select(Term.name, _said(stands, behind), func.count())
        .select_from(stands)
        .join(Course, Course.id == stands.c.course_id)
        .outerjoin(Term, Term.id == func.coalesce(Course.term_id, enrolled))
        .group_by(Term.name, _said(stands, behind))
    )
    return _shares(session, query, behind.side, nameless="Without a term")


def _all_cells(behind: Behind) -> Behind:
    return Behind(behind.target, behind.side)


def _said(stands: Any, behind: Behind) -> Any:
    return stands.c.verdict if behind.side == Side.INSTRUCTOR else stands.c.level


def _cell(value: Any) -> str:
    return UNSEEN if value is None else str(value)


def _shares(session: Session, query: Select[Any], side: Side, *, nameless: str) -> list[Share]:
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for name, value, number in session.execute(query):
        name = names.setdefault(name_key(name or ""), name or nameless)
        cells = found.setdefault(name, {})
        cells[_cell(value)] = cells.get(_cell(value), 0) + int(number)
    return [Share(name, Spread(found[name], side=side)) for name in sorted(found)]


def _standing(ids: Select[Any], behind: Behind) -> Any:
    is_judged = behind.side == Side.INSTRUCTOR
    stands = answers.standing_verdicts(ids) if is_judged else answers.standing_ratings(ids)
    query = select(stands).where(*_is_target(stands, behind.target))
    if not is_judged:
        query = query.where(stands.c.side == behind.side.value)
    if behind.cell and is_judged:
        query = query.where(stands.c.verdict == behind.cell)
    elif behind.cell:
        level = stands.c.level
        is_unseen = behind.cell == UNSEEN
        query = query.where(level.is_(None) if is_unseen else level == int(behind.cell))
    return query.subquery()


def _is_target(stands: Any, target: str) -> list[Any]:
    parts = TARGET.fullmatch(target)
    if parts is not None and parts["competency"]:
        wording = int(parts["wording"])
        same = stands.c.wording_id == wording if wording else stands.c.wording_id.is_(None)
        return [stands.c.competency_id == int(parts["competency"]), same]
    is_objective = [stands.c.competency_id.is_(None)] if "competency_id" in stands.c else []
    if target == OWN:
        return [*is_objective, stands.c.objective_id.is_(None)]
    number = int(parts["objective"]) if parts is not None else 0
    return [*is_objective, stands.c.objective_id == number]
