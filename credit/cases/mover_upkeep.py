"""Keeps on each case whose move it is, in the transaction of whatever changed that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, event, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.placements.models import Placement
from credit.cases import whose_move
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.evaluations.models import Author, Evaluation, EvaluationState
from credit.hours.models import HoursConfirmation, HoursDispute, HoursRuling

BATCH = 200
TABLE: Any = CreditCase.__table__
TOUCHED = "cases_whose_mover_may_change"
OF_PLACEMENT = (Evaluation, HoursConfirmation, HoursDispute, HoursRuling)
ASKED = (EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS)


def listen() -> None:
    """For every session of this process; twice is once."""
    for name, function in (("after_flush", _note), ("before_commit", _keep)):
        if not event.contains(Session, name, function):
            event.listen(Session, name, function)


def refresh(
    session: Session, case_ids: Collection[int], *, leaves_locked: bool = False
) -> None:
    """Work it out anew for these; waits for whoever changes them now, or leaves it to them."""
    cases = session.scalars(
        select(CreditCase)
        .where(CreditCase.id.in_(case_ids))
        .options(joinedload(CreditCase.course).joinedload(Course.institution))
        .order_by(CreditCase.person_id, CreditCase.id)
        .with_for_update(of=CreditCase, skip_locked=leaves_locked)
        # As they are now: what was read before may be from before somebody else's change.
        .execution_options(populate_existing=True)
    ).all()
    due = _next_due(session, [case.id for case in cases if case.state == CaseState.OPEN])
    movers = _movers(session, cases)
    if not cases:
        return
    # Not through the records: nobody else's change has to give way to this one.
    session.connection().execute(
        update(TABLE)
        .where(TABLE.c.id == bindparam("of_case"))
        .values(mover=bindparam("whose"), turns_at=bindparam("until")),
        [
            {
                "of_case": case.id,
                "whose": movers[case.id],
                "until": _turns_at(case, due.get(case.id)),
            }
            for case in cases
        ],
    )


def sweep(session: Session) -> int:
    """Where it is not known yet, or a day has passed."""
    stale = or_(CreditCase.mover.is_(None), CreditCase.turns_at <= clock.now())
    query = select(CreditCase.id).where(stale).order_by(CreditCase.id).limit(BATCH)
    ids = session.scalars(query).all()
    if ids:
        refresh(session, ids, leaves_locked=True)
    return len(ids)


def _movers(session: Session, cases: Sequence[CreditCase]) -> dict[int, str]:
    """Each campus has its own day, so the courses are asked one by one."""
    by_course: dict[int, list[CreditCase]] = defaultdict(list)
    for case in cases:
        by_course[case.course_id].append(case)
    found: dict[int, str] = {}
    for here in by_course.values():
        ids = [case.id for case in here]
        query = select(CreditCase.id, whose_move.computed(here[0].course))
        for number, who in session.execute(query.where(CreditCase.id.in_(ids))):
            found[number] = who
    return found


def _turns_at(case: CreditCase, due: datetime | None) -> datetime | None:
    """The first moment at which a day passes that somebody waits for."""
    zone = ZoneInfo(case.course.institution.time_zone)
    day = {CaseState.OPEN: case.waits_until, CaseState.RETURNED: case.resubmit_by}
    last = day.get(case.state)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone) if last else None
    ahead = [one for one in (due, ends) if one is not None and one >= clock.now()]
    return min(ahead, default=None)


def _next_due(session: Session, case_ids: Collection[int]) -> dict[int, datetime]:
    """By case: when the next evaluation that is asked for becomes late."""
    if not case_ids:
        return {}
    rows = session.execute(
        select(CreditCasePlacement.credit_case_id, func.min(Evaluation.due_at))
        .join(Evaluation, Evaluation.placement_id == CreditCasePlacement.placement_id)
        .where(
            CreditCasePlacement.credit_case_id.in_(case_ids),
            Evaluation.author == Author.SUPERVISOR,
            Evaluation.state.in_(ASKED),
            Evaluation.due_at >= clock.now(),
        )
        .group_by(CreditCasePlacement.credit_case_id)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _note(session: Session, _context: Any) -> None:
    """What was written just now, as far as it bears on whose move a case is."""
    cases, placements = session.info.setdefault(TOUCHED, (set(), set()))
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, CreditCase):
            cases.add(row.id)
        elif isinstance(row, CreditCasePlacement):
            cases.add(row.credit_case_id)
        elif isinstance(row, Placement):
            placements.add(row.id)
        elif isinstance(row, OF_PLACEMENT):
            placements.add(row.placement_id)


def _keep(session: Session) -> None:
    session.flush()
    cases, placements = session.info.pop(TOUCHED, (set(), set()))
    if ids := cases | set(_cases_of(session, placements)):
        refresh(session, ids)


def _cases_of(session: Session, placement_ids: Collection[int]) -> Iterable[int]:
    if not placement_ids:
        return ()
    return session.scalars(
        select(CreditCasePlacement.credit_case_id).where(
            CreditCasePlacement.placement_id.in_(placement_ids),
            CreditCasePlacement.moved_at.is_(None),
        )
    )
