"""What can be appealed, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from careerlink import clock
from credit.appeals.models import Appeal, AppealState
from credit.cases.inputs import Facts
from credit.cases.models import Basis, CreditCase, Decision, DecisionOutcome
from credit.cases.standing import standing_of
from credit.policy.wording import credits_in_words

AGAINST = (DecisionOutcome.DENIED, DecisionOutcome.INCOMPLETE)
NONE_STANDS = "There is no decision that could be appealed."
AS_ASKED = "The award is what the case asked for, so there is nothing to appeal."
NO_APPEALS = "The policy of this case knows no appeal."
ANSWERED = "A second reader has answered an appeal against this decision. That is final here."


@dataclass(frozen=True)
class Right:
    """Whether the decision that stands can be appealed today, in words for the student."""

    decision: Decision | None
    last_day: date | None = None
    why_not: str = ""


def right_to_appeal(
    facts: Facts, decisions: Sequence[Decision], appeals: Sequence[Appeal]
) -> Right:
    case, days = facts.case, facts.policy.appeal_days
    decision = standing_of(decisions)
    if decision is None:
        return Right(None, why_not=NONE_STANDS)
    if not days:
        return Right(decision, why_not=NO_APPEALS)
    last = last_day(case, decision, days)
    if decision.outcome not in AGAINST and not is_below(decision, decisions):
        return Right(decision, last, AS_ASKED)
    if any(_is_answer_to(one, decision) for one in appeals):
        return Right(decision, last, ANSWERED)
    if clock.today(case.course.institution.time_zone) > last:
        return Right(
            decision, last, f"The last day to appeal was {last:%d %b %Y}, {days} days after."
        )
    return Right(decision, last)


def last_day(case: CreditCase, decision: Decision, days: int) -> date:
    zone = ZoneInfo(case.course.institution.time_zone)
    return decision.decided_at.astimezone(zone).date() + timedelta(days=days)


def is_below(decision: Decision, decisions: Sequence[Decision]) -> bool:
    """Less than the policy gave or than an earlier step awarded; a mark instead of credit."""
    if decision.outcome != DecisionOutcome.APPROVED:
        return False
    return (decision.credits_thousandths or 0) < _asked(decision, decisions)


def _asked(decision: Decision, decisions: Sequence[Decision]) -> int:
    earlier = [
        one.credits_thousandths or 0
        for one in decisions
        if one.outcome == DecisionOutcome.APPROVED
        and not one.is_final
        and one.number < decision.number
        and one.basis == Basis.CREDIT
    ]
    return max([decision.computed_thousandths or 0, *earlier[-1:]])


def _is_answer_to(appeal: Appeal, decision: Decision) -> bool:
    settled = appeal.state in (AppealState.UPHELD, AppealState.AMENDED)
    return settled and decision.id in (appeal.decision_id, appeal.answer_id)


def in_words(decision: Decision) -> str:
    return credits_in_words(decision.credits_thousandths or 0)
