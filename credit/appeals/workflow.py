"""The moves of an appeal. The case moves along with each, by its own edges."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from credit.appeals.models import AppealState as S
from credit.cases import workflow as cases


def reads(actor: Actor, appeal: Any) -> bool:
    return cases.approves(actor, appeal.credit_case)


def is_own(actor: Actor, appeal: Any) -> bool:
    return cases.appeals(actor, appeal.credit_case)


def _answer(verb: str, label: str) -> Transition:
    return Transition(verb, label, reads, cases.READER, needs_reason=True, outlives_course=True)


APPEAL: Workflow = {
    (S.OPEN, S.UPHELD): _answer("uphold", "Uphold the decision"),
    (S.OPEN, S.AMENDED): _answer("amend", "Award credit"),
    (S.OPEN, S.RETURNED): _answer("return", "Return the case"),
    (S.OPEN, S.WITHDRAWN): Transition(
        "withdraw", "Withdraw the appeal", is_own, cases.STUDENT, outlives_course=True
    ),
}
