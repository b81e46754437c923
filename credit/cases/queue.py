"""The instructor's queue: every case of a course, by whose move it is and how long it waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    select,
    true,
)
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.web.pagination import Page, page
from credit.agreements import queries as agreements
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases import (
    award,
    census,
    flags,
    inputs,
    keeping,
    queries,
    readiness,
    whose_move,
)
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision
from credit.cases.readiness import Mover
from credit.cases.standing import standing_decisions
from credit.cases.wanted import Filter, Sort, Wanted, Whose
from credit.cases.whose_move import Moves
from credit.cases.workflow import DECIDED, UNDECIDED
from credit.routing import queries as routing
from lti import grades

AGREEMENT_NEEDS = (
    joinedload(LearningAgreement.placement).joinedload(Placement.person),
    joinedload(LearningAgreement.placement).joinedload(Placement.course),
)
MOST_AGREEMENTS = 50
MOST_NEIGHBORS = 500


@dataclass(frozen=True)
class Row:
    case: CreditCase
    facts: Facts
    mover: Mover
    missing: list[str]
    flags: list[str]
    credits_thousandths: int
    """What was awarded; until then what the policy gives by what is there today,
    confirmations by name included."""
    grade: grades.GradeState | None
    assigned_has_left: bool = False
    is_new: bool = False
    """An evaluation came since the reader last opened the packet."""

    @property
    def is_overdue(self) -> bool:
        return bool(readiness.overdue_parts(self.facts))

    @property
    def days(self) -> int:
        return max(0, (clock.now() - self.case.state_since).days)


@dataclass(frozen=True)
class Queue:
    page: Page[CreditCase]
    rows: Sequence[Row]
    read: Sequence[Facts]
    """Of what is shown, and of what may just be complete."""
    counts: Mapping[Filter, int]
    agreements: Sequence[LearningAgreement]
    oldest: CreditCase | None
    whose: Whose
    is_routed: bool
    """Some case is somebody's, so that there is something to choose."""


def read(session: Session, actor: Actor, course: Course, wanted: Wanted) -> Queue:
    whose = wanted.whose if actor.may_decide(course.id) else Whose.EVERYONE
    moves = whose_move.now(session, course)
    seen = _seen(actor, course, whose, wanted.text)
    listed: Page[CreditCase] = page(
        session,
        _in_order(seen.where(_chosen(moves, wanted.chosen)), wanted),
        order_by=wanted.order_by,
        key_of=wanted.key_of,
        after=wanted.after,
    )
    waiting = _agreements(session, actor, course, wanted.text)
    counts = _counts(session, seen, moves)
    counts[Filter.MINE] += len(waiting)
    oldest = session.scalar(_mine(actor, course, moves).limit(1))
    facts = inputs.load(
        session, [*listed.rows, *keeping.perhaps_complete(session, course, listed.rows)]
    )
    rows = _rows(session, actor, course, [facts[one.id] for one in listed.rows])
    routed = routing.is_routed(session, course)
    every = list(facts.values())
    return Queue(listed, rows, every, counts, waiting, oldest, whose, routed)


def _seen(actor: Actor, course: Course, whose: Whose, text: str) -> Select[CreditCase]:
    query = queries.teaching_view(actor, course).where(_for(actor, course, whose))
    if not text:
        # Who left by the census is found by name alone.
        return query.where(~census.is_out_of_sight(course))
    return query.join(CreditCase.person).where(Person.name.icontains(text, autoescape=True))


def _in_order(query: Select[CreditCase], wanted: Wanted) -> Select[CreditCase]:
    if wanted.sort == Sort.NAME and not wanted.text:
        query = query.join(CreditCase.person)
    return query.options(*queries.PAGE_NEEDS)


def mine(session: Session, actor: Actor, course: Course) -> Select[CreditCase]:
    """The cases that wait for this instructor, longest wait first."""
    return _mine(actor, course, whose_move.now(session, course))


def _mine(actor: Actor, course: Course, moves: Moves) -> Select[CreditCase]:
    whose = Whose.MINE if actor.may_decide(course.id) else Whose.EVERYONE
    return (
        queries.teaching_view(actor, course)
        .where(_chosen(moves, Filter.MINE), _for(actor, course, whose))
        .order_by(CreditCase.state_since, CreditCase.id)
    )


def mine_in_order(session: Session, actor: Actor, course: Course) -> Sequence[tuple[int, str]]:
    """Id and public id of them."""
    waiting = mine(session, actor, course).limit(MOST_NEIGHBORS)
    rows = session.execute(waiting.with_only_columns(CreditCase.id, CreditCase.public_id))
    return [(row[0], row[1]) for row in rows]


def _for(actor: Actor, course: Course, whose: Whose) -> ColumnElement[bool]:
    return true() if whose == Whose.EVERYONE else routing.is_for(actor, course)


def _chosen(moves: Moves, chosen: Filter) -> ColumnElement[bool]:
    if chosen == Filter.ALL:
        return true()
    if chosen == Filter.DECIDED:
        return CreditCase.state.in_(DECIDED)
    mover = {
        Filter.MINE: Mover.INSTRUCTOR,
        Filter.SUPERVISOR: Mover.SUPERVISOR,
        Filter.STUDENT: Mover.STUDENT,
    }[chosen]
    return moves.are_of(mover)


def _counts(session: Session, seen: Select[CreditCase], moves: Moves) -> dict[Filter, int]:
    here = seen.with_only_columns(moves.column.label("mover"), CreditCase.state).subquery()
    rows = session.execute(
        select(here.c.mover, here.c.state, func.count()).group_by(here.c.mover, here.c.state)
    )
    counts = dict.fromkeys(Filter, 0)
    for mover, state, count in rows:
        counts[Filter.ALL] += count
        if state in DECIDED:
            counts[Filter.DECIDED] += count
        if mover == Mover.INSTRUCTOR:
            counts[Filter.MINE] += count
        elif mover != Mover.NOBODY:
            counts[Filter(mover)] += count
    return counts


def _agreements(
    session: Session, actor: Actor, course: Course, text: str
) -> Sequence[LearningAgreement]:
    """Plans that both others have signed: the instructor's move as well."""
    return session.scalars(
        agreements.visible_to(actor)
        .join(LearningAgreement.placement)
        .join(Placement.person)
        .where(
            Person.name.icontains(text, autoescape=True) if text else true(),
            Placement.course_id == course.id,
            LearningAgreement.state == AgreementState.AWAITING_INSTRUCTOR,
        )
        .options(*AGREEMENT_NEEDS)
        .order_by(LearningAgreement.state_since, LearningAgreement.id)
        .limit(MOST_AGREEMENTS)
    ).all()


def _rows(session: Session, actor: Actor, course: Course, shown: Sequence[Facts]) -> list[Row]:
    told = grades.states_for(session, course.id, [one.case.person_id for one in shown])
    assigned = [one.case.assigned_to_id for one in shown if one.case.assigned_to_id]
    teaching = routing.still_teaching(session, course.id, assigned)
    looks = routing.looked_at(session, actor, [one.case.id for one in shown])
    stands = standing_decisions(session, [one.case.id for one in shown])
    return [
        _row(
            one,
            told.get(one.case.person_id),
            _credits(one, stands.get(one.case.id)),
            assigned_has_left=bool(one.case.assigned_to_id)
            and one.case.assigned_to_id not in teaching,
            is_new=is_new(one, looks.get(one.case.id)),
        )
        for one in shown
    ]


def is_new(facts: Facts, looked_at: datetime | None) -> bool:
    """Did an evaluation come that this reader has not seen, while it can still be decided?"""
    came = [part.heard_at for part in facts.parts if part.heard_at is not None]
    if facts.case.state not in UNDECIDED or not came:
        return False
    return looked_at is None or max(came) > looked_at


def _credits(facts: Facts, stands: Decision | None) -> int:
    if stands is not None and facts.case.state in (CaseState.APPROVED, CaseState.DENIED):
        return stands.credits_thousandths or 0
    return award.most_likely(facts).credits_thousandths


def _row(facts: Facts, grade: grades.GradeState | None, credits: int, **marks: bool) -> Row:
    return Row(
        **marks,
        case=facts.case,
        facts=facts,
        mover=readiness.mover(facts),
        missing=[lack.text for lack in readiness.lacks(facts)],
        flags=[flag.short for flag in flags.of(facts) if flag.short],
        credits_thousandths=credits,
        grade=grade,
    )
