"""What a change to an agreement is, who has to sign it, and when it is refused.

No database, no clock: what is compared are plans as values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careerlink.errors import InvalidInput
from credit.agreements import sheet
from credit.agreements.amendment_models import ChangeKind, Ending
from credit.agreements.plan import AgreementDraft, DeliverableDraft
from credit.agreements.signature_models import Party
from credit.policy.parameters import Parameters

OF_ENDING = {
    Ending.FINISH_EARLY: ChangeKind.FINISH_EARLY,
    Ending.END_EARLY: ChangeKind.END_EARLY,
    Ending.CANCEL: ChangeKind.CANCEL,
}
KIND_WORDS = {
    ChangeKind.DATES: "Dates",
    ChangeKind.HOURS: "Hours",
    ChangeKind.SCOPE: "Tasks, objectives or rules",
    ChangeKind.SUPERVISOR: "Supervisor",
    ChangeKind.FINISH_EARLY: "Finish early",
    ChangeKind.END_EARLY: "End early",
    ChangeKind.CANCEL: "Cancel before the start",
}
NOTHING = "Nothing is different yet. Change something, or leave the agreement as it is."


@dataclass(frozen=True)
class Proposal:
    plan: AgreementDraft
    """The whole plan as it would be."""
    reason: str
    ending: Ending | None = None
    is_new_supervisor: bool = False


def kinds_of(before: AgreementDraft, proposal: Proposal) -> list[ChangeKind]:
    """In the order of ``ChangeKind``; an ending says all there is about the dates."""
    after = proposal.plan
    dates = (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on)
    found = {
        ChangeKind.DATES: dates and proposal.ending is None,
        ChangeKind.HOURS: before.planned_minutes != after.planned_minutes,
        ChangeKind.SCOPE: _scope(before) != _scope(after),
        ChangeKind.SUPERVISOR: proposal.is_new_supervisor,
        **{kind: proposal.ending == ending for ending, kind in OF_ENDING.items()},
    }
    return [kind for kind in ChangeKind if found[kind]]


def signers_of(kinds: Iterable[ChangeKind], policy: Parameters) -> list[Party]:
    """Each party once, in the order of signing."""
    named = {name for kind in kinds for name in policy.signers_of(kind.value)}
    return [party for party in Party if party.value in named]


def with_days(
    plan: AgreementDraft, starts_on: date, ends_on: date, today: date
) -> AgreementDraft:
    """The plan on other days. What is to be handed in later moves along with the last day."""
    shift = ends_on - plan.ends_on
    return replace(
        plan,
        starts_on=starts_on,
        ends_on=ends_on,
        deliverables=[
            replace(one, due_on=_moved(one, shift, starts_on, ends_on, today))
            for one in plan.deliverables
        ],
    )


def refuse_impossible(
    before: AgreementDraft,
    proposal: Proposal,
    *,
    today: date,
    is_planned: bool,
    last_worked: date | None,
) -> None:
    """:raises InvalidInput: at the field, with what to do instead."""
    plan = proposal.plan
    if plan.planned_minutes <= 0:
        raise InvalidInput("Enter the hours planned in all.", field="hours")
    if plan.starts_on > plan.ends_on:
        raise InvalidInput("The work must end after it begins.", field="ends_on")
    if plan.starts_on != before.starts_on and not is_planned:
        raise InvalidInput("The work has begun, so its first day stays.", field="starts_on")
    _refuse_last_day(before, proposal, today)
    _refuse_gaps(before, plan)
    if proposal.ending == Ending.CANCEL and not is_planned:
        raise InvalidInput("The work has begun. End it instead.", field="ending")
    if proposal.ending in (Ending.FINISH_EARLY, Ending.END_EARLY) and is_planned:
        raise InvalidInput("The work has not begun. Cancel it instead.", field="ending")
    if last_worked is not None and plan.ends_on < last_worked:
        raise InvalidInput(
            f"Hours are logged for {sheet.day(last_worked.isoformat())}. Choose that day or a "
            "later one.",
            field="ends_on",
        )


def _refuse_last_day(before: AgreementDraft, proposal: Proposal, today: date) -> None:
    last = proposal.plan.ends_on
    if proposal.ending in (Ending.FINISH_EARLY, Ending.END_EARLY):
        if last > today:
            raise InvalidInput(
                "That day is still to come. Propose it as another last day instead.",
                field="ends_on",
            )
    elif last != before.ends_on and last < today:
        raise InvalidInput(
            "That day is over. Choose a day to come, or finish or end the project.",
            field="ends_on",
        )


def _refuse_gaps(before: AgreementDraft, plan: AgreementDraft) -> None:
    """What was agreed upon may be said otherwise, and not left unsaid."""
    for name in ("tasks", "schedule", "supervision_plan", "academic_work"):
        if getattr(before, name).strip() and not getattr(plan, name).strip():
            raise InvalidInput("This was agreed upon; write what holds instead.", field=name)
    if before.objectives and not plan.objectives:
        raise InvalidInput("Keep at least one objective, with its activity and its evidence.")
    for number, one in enumerate(plan.objectives, 1):
        if not (one.text.strip() and one.activity.strip() and one.evidence.strip()):
            raise InvalidInput(
                f"Objective {number} needs what will be learned, an activity and evidence."
            )


def _scope(plan: AgreementDraft) -> tuple[AgreementDraft, Sequence[DeliverableDraft]]:
    """Everything but dates and hours; days of deliverables move with the dates."""
    same = replace(
        plan, planned_minutes=1, starts_on=date.min, ends_on=date.min, deliverables=()
    )
    return same, [replace(one, due_on=None) for one in plan.deliverables]


def _moved(
    one: DeliverableDraft, shift: timedelta, first: date, last: date, today: date
) -> date | None:
    if one.due_on is None or one.due_on < today:
        return one.due_on
    return min(max(one.due_on + shift, first), last)
