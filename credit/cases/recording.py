"""What instructors and students do to a case besides deciding it."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.approvals import asking, steps
from credit.cases import conflicts, input_rows, inputs, queries, readiness
from credit.cases.inputs import Facts, Part
from credit.cases.models import CaseState, CreditCase
from credit.cases.workflow import CASE, UNDECIDED, require_decides
from credit.hours import operations as hours

MOST_ACADEMIC = 400 * 60
MOST_WRITTEN = 4000
LONGEST_WAIT = timedelta(days=366)


def record_academic_work(
    session: Session, case: CreditCase, *, actor: Actor, minutes: int
) -> None:
    """The academic work beside the projects, as the instructor knows it: a total."""
    require_open(session, case, actor)
    if not 0 <= minutes <= MOST_ACADEMIC:
        raise InvalidInput(
            f"Enter 0 to {MOST_ACADEMIC // 60} hours of academic work.", field="hours"
        )
    before = case.academic_minutes
    if before == minutes:
        return
    case.academic_minutes = minutes
    session.flush()
    audit.record(
        session,
        "credit_case:record_academic",
        case,
        actor=actor,
        minutes=minutes,
        minutes_before=before,
    )


def wait_for_evaluation(
    session: Session, case: CreditCase, *, actor: Actor, until: date
) -> None:
    """The supervisor gets more time, and the case leaves the instructor's list until then."""
    require_open(session, case, actor)
    today = clock.today(case.course.institution.time_zone)
    if until <= today:
        raise InvalidInput("Choose a day that is still to come.", field="until")
    if until > today + LONGEST_WAIT:
        raise InvalidInput("Choose a day within a year.", field="until")
    case.waits_until = until
    session.flush()
    audit.record(session, "credit_case:wait", case, actor=actor, until=until.isoformat())


def decide_on_other_evidence(
    session: Session, case: CreditCase, *, actor: Actor, reason: str, minutes: int | None = None
) -> None:
    """No evaluation came: from now on none is waited for. It does not count against anybody.

    ``minutes`` are the hours that count where the supervisor confirmed none either.
    """
    require_open(session, case, actor)
    facts = inputs.load_one(session, case)
    silent = readiness.overdue_parts(facts)
    if not silent:
        raise NotPossible("No evaluation of this case is overdue.")
    if not reason.strip() or len(reason) > MOST_WRITTEN:
        raise InvalidInput("Say on what evidence you will decide.", field="reason")
    for part in silent:
        _go_without(session, part, actor=actor, reason=reason.strip(), minutes=minutes)
    case.waits_until = None
    session.flush()
    audit.record(
        session,
        "credit_case:decide_without_evaluation",
        case,
        actor=actor,
        reason=reason.strip(),
        placements=[part.placement.id for part in silent],
    )
    settle(session, case)


def resubmit(session: Session, case: CreditCase, *, actor: Actor, note: str = "") -> None:
    """The student sends a returned case back; what is missing still shows."""
    queries.lock(session, case)
    if len(note) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="note")
    # A later step that returned it gets it back; the steps before it are not repeated, but for
    # a project that they never saw.
    facts = inputs.load_one(session, case)
    step = 1 if _has_new_project(session, facts) else case.step
    then = steps.after_resubmission(step=step, chain=facts.policy.approver_chain)
    states.move(
        session,
        case,
        then.state,
        CASE,
        actor=actor,
        reason=note.strip(),
        returned_reason="",
        step=then.step,
        awaits=then.awaits,
    )
    if then.awaits is not None:
        asking.approvers(session, case, actor=actor)
    settle(session, case)


def _has_new_project(session: Session, facts: Facts) -> bool:
    latest = queries.latest_decision(session, facts.case)
    seen = {one["id"] for one in latest.inputs["placements"]} if latest is not None else set()
    return any(part.placement.id not in seen for part in facts.parts)


def settle(session: Session, case: CreditCase) -> None:
    readiness.settle(session, inputs.load_one(session, case))


def hours_unknown(facts: Facts) -> list[Part]:
    """Overdue parts of which the supervisor confirmed no hours either."""
    return [
        part
        for part in readiness.overdue_parts(facts)
        if part.input.confirmed_minutes is None and part.input.ruled_minutes is None
    ]


def _go_without(
    session: Session, part: Part, *, actor: Actor, reason: str, minutes: int | None
) -> None:
    unknown = part.input.confirmed_minutes is None and part.input.ruled_minutes is None
    if unknown and minutes is None:
        raise InvalidInput(
            "The supervisor confirmed no hours either: say how many count.", field="hours"
        )
    if unknown and minutes is not None:
        hours.rule(session, part.placement, actor=actor, minutes=minutes, reason=reason)
    text = audit.erasable(session, reason)
    part.link.decided_without_at = clock.now()
    part.link.decided_without_by_id = actor.person_id
    part.link.decided_without_reason_id = text.id


def require_open(session: Session, case: CreditCase, actor: Actor) -> None:
    """Whoever may not decide a case adds nothing to what it is decided upon either.

    :raises NotPermitted: not theirs to decide. :raises NotPossible: decided already.
    """
    queries.lock(session, case)
    require_decides(actor, case)
    if case.state not in (*UNDECIDED, CaseState.INCOMPLETE):
        raise NotPossible(f"This case is {states.words(case.state)}; nothing can be added.")
    ids = [link.placement_id for link in input_rows.links(session, [case.id])]
    found = conflicts.grounds(session, [case], ids, actor=actor)
    if why := conflicts.why_not(found, case, ids, actor=actor):
        raise NotPermitted(why)
