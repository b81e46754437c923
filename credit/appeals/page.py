"""What pages say of appeals: to the student, to whoever teaches, and to the second reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit.appeals import answering, queries, rules
from credit.appeals.forms import AnswerForm, StatementForm
from credit.appeals.models import Appeal, AppealState, AppealStatement
from credit.approvals import authority
from credit.cases.award import to_confirm
from credit.cases.deciding import seen_mark
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, Decision
from credit.cases.workflow import DECIDED, decides
from credit.cases.workflow import appeals as may_appeal

WORDS = {
    AppealState.OPEN: "Waits for a second reader",
    AppealState.UPHELD: "Upheld: the decision stands",
    AppealState.AMENDED: "Amended",
    AppealState.RETURNED: "Returned",
    AppealState.WITHDRAWN: "Withdrawn by the student",
}


@dataclass(frozen=True)
class Told:
    """One appeal with all that was said in it."""

    appeal: Appeal
    statements: Sequence[AppealStatement]

    @property
    def words(self) -> str:
        return WORDS[self.appeal.state]

    @property
    def is_open(self) -> bool:
        return self.appeal.state == AppealState.OPEN


def told(session: Session, facts: Facts) -> list[Told]:
    found = queries.of_case(session, facts.case)
    said = queries.statements(session, [one.id for one in found])
    return [Told(one, said.get(one.id, [])) for one in found]


def values(
    session: Session,
    facts: Facts,
    decisions: Sequence[Decision],
    *,
    actor: Actor,
    answer_form: AnswerForm | None = None,
    statement_form: StatementForm | None = None,
) -> dict[str, Any]:
    """For the packet."""
    case = facts.case
    appeals = told(session, facts)
    open_one = next((one.appeal for one in appeals if one.is_open), None)
    form = answer_form or AnswerForm(formdata=None)
    why, may_answer = "", False
    if open_one is not None:
        narrowed = authority.narrowed(session, actor, case)
        seat, why = answering.why_not(session, facts, list(decisions), actor=narrowed)
        may_answer = seat is not None and not why
        _offer(form, facts, decisions)
    return {
        "appeals": appeals,
        "open_appeal": open_one,
        "may_answer": may_answer,
        "why_not_answer": why,
        "answer_form": form,
        "may_add_statement": open_one is not None and decides(actor, case),
        "statement_form": statement_form or StatementForm(formdata=None, prefix="statement-"),
    }


def _offer(form: AnswerForm, facts: Facts, decisions: Sequence[Decision]) -> None:
    unknown = set(to_confirm(facts))
    form.offer([check for check in facts.sum_with().checks if check.rule in unknown], facts)
    if not form.seen.data:
        form.seen.data = seen_mark(facts, decisions[-1] if decisions else None)


def student_values(
    session: Session, facts: Facts, decisions: Sequence[Decision], *, actor: Actor
) -> dict[str, Any]:
    """For the student's own page."""
    case = facts.case
    appeals = told(session, facts)
    right = rules.right_to_appeal(facts, decisions, [one.appeal for one in appeals])
    is_own = may_appeal(actor, case)
    return {
        "appeals": appeals,
        "appeal_right": right,
        "may_appeal": is_own and case.state in DECIDED and not right.why_not,
        "may_withdraw_appeal": is_own and case.state == CaseState.APPEALED,
    }
