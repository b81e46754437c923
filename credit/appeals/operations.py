"""Filing an appeal, withdrawing it, and what the instructor adds. Texts are only ever added."""

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.errors import InvalidInput, NotPossible
from careerlink.people.actors import Actor
from credit.appeals import notifications, queries, rules
from credit.appeals.models import Appeal, AppealState, AppealStatement, Side
from credit.appeals.workflow import APPEAL
from credit.approvals import steps
from credit.approvals.roles import ApproverRole
from credit.cases import inputs
from credit.cases import queries as cases
from credit.cases.models import CaseState, CreditCase
from credit.cases.workflow import CASE, DECIDED, require_decides

MOST_WRITTEN = 8000
NO_APPEAL = "No appeal is open in this case."


def file(session: Session, case: CreditCase, *, actor: Actor, statement: str) -> Appeal:
    """The same appeal sent twice is one.

    :raises InvalidInput: nothing written. :raises NotPossible: too late, or nothing to appeal.
    """
    cases.lock(session, case)
    text = _written(statement, "Say what you hold against the decision.")
    if (filed := queries.open_one(session, case)) is not None:
        return filed
    facts = inputs.load_one(session, case)
    decisions = cases.decisions(session, case)
    right = rules.right_to_appeal(facts, decisions, queries.of_case(session, case))
    if right.decision is None or right.why_not or case.state not in DECIDED:
        raise NotPossible(right.why_not or rules.NONE_STANDS)
    states.move(
        session,
        case,
        CaseState.APPEALED,
        CASE,
        actor=actor,
        reason=text,
        detail={"decision": right.decision.number},
        awaits=ApproverRole.CHAIR,
    )
    appeal = Appeal(
        credit_case_id=case.id,
        credit_case=case,
        decision_id=right.decision.id,
        decision=right.decision,
        filed_at=clock.now(),
    )
    session.add(appeal)
    session.flush()
    _say(session, appeal, Side.STUDENT, text, actor=actor)
    notifications.filed(session, appeal, actor=actor)
    return appeal


def withdraw(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """What was decided stands, as if nobody had appealed; the statement is kept."""
    cases.lock(session, case)
    appeal = queries.open_one(session, case)
    if appeal is None:
        raise NotPossible(NO_APPEAL)
    close(session, appeal, AppealState.WITHDRAWN, actor=actor)
    states.move(
        session,
        case,
        steps.AFTER[appeal.decision.outcome],
        CASE,
        actor=actor,
        awaits=None,
    )


def add_statement(session: Session, case: CreditCase, *, actor: Actor, text: str) -> None:
    """What the instructor wants the second reader to know."""
    cases.lock(session, case)
    written = _written(text, "Write what the second reader should know.")
    require_decides(actor, case)
    appeal = queries.open_one(session, case)
    if appeal is None:
        raise NotPossible(NO_APPEAL)
    said = queries.statements(session, [appeal.id]).get(appeal.id, [])
    if any(one.text.text == written and one.person_id == actor.person_id for one in said):
        return
    _say(session, appeal, Side.INSTRUCTOR, written, actor=actor)
    audit.record(session, "appeal:add_statement", appeal, actor=actor, reason=written)


def close(
    session: Session,
    appeal: Appeal,
    state: AppealState,
    *,
    actor: Actor,
    reason: str = "",
    acting_for_id: int | None = None,
    answer_id: int | None = None,
) -> None:
    if reason:
        _say(session, appeal, Side.READER, reason, actor=actor, acting_for_id=acting_for_id)
    states.move(
        session,
        appeal,
        state,
        APPEAL,
        actor=actor,
        reason=reason,
        answered_at=clock.now(),
        answered_by_id=actor.person_id,
        acting_for_id=acting_for_id,
        answer_id=answer_id,
    )


def _say(
    session: Session,
    appeal: Appeal,
    side: Side,
    text: str,
    *,
    actor: Actor,
    acting_for_id: int | None = None,
) -> None:
    standing = actor.standing(appeal.credit_case.course_id)
    absent = acting_for_id if side == Side.READER else standing.acts_for_id
    session.add(
        AppealStatement(
            appeal_id=appeal.id,
            side=side,
            person_id=actor.person_id,
            acting_for_id=absent,
            text_id=audit.erasable(session, text).id,
            written_at=clock.now(),
        )
    )
    session.flush()


def _written(text: str, missing: str) -> str:
    if not text.strip():
        raise InvalidInput(missing, field="statement")
    if len(text) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="statement")
    return text.strip()
