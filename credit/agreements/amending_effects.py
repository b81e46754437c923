"""What a change does: in figures before anybody signs, and to the placement afterwards."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.listings.terms import is_below_floor
from careerlink.people.actors import Actor
from careerlink.placements import operations as placements
from careerlink.placements import planning
from careerlink.placements.changes import Schedule
from careerlink.placements.models import Placement
from careerlink.web.templating import hours, per_hour
from credit.agreements import sheet
from credit.agreements.amendment_models import AgreementAmendment, ChangeKind, Ending
from credit.agreements.models import LearningAgreement
from credit.agreements.plan import AgreementDraft
from credit.hours import plan as hours_plan
from credit.hours import queries as hours_logged
from credit.policy.credit_sum import earned_credits
from credit.policy.wording import credits_in_words


@dataclass(frozen=True)
class Effect:
    label: str
    before: str
    after: str

    @property
    def is_change(self) -> bool:
        return self.before != self.after


def effects(
    session: Session, placement: Placement, before: AgreementDraft, after: AgreementDraft
) -> list[Effect]:
    """Dates, hours, pay per hour and credit, side by side."""
    policy = hours_plan.policy_of(session, placement)

    def pay(plan: AgreementDraft) -> str:
        fee = per_hour(placement.fee_minor, plan.planned_minutes, placement.currency)
        return f"{fee} per hour" if placement.fee_minor else "Unpaid"

    def credit(plan: AgreementDraft) -> str:
        # The plan alone; other projects and academic work come on top of it.
        return credits_in_words(earned_credits(policy, plan.planned_minutes))

    return [
        Effect("First day", _day(before.starts_on), _day(after.starts_on)),
        Effect("Last day", _day(before.ends_on), _day(after.ends_on)),
        Effect("Planned hours", hours(before.planned_minutes), hours(after.planned_minutes)),
        Effect("Pay", pay(before), pay(after)),
        Effect("Credit from these hours alone", credit(before), credit(after)),
    ]


def warnings(
    session: Session,
    placement: Placement,
    before: AgreementDraft,
    after: AgreementDraft,
    ending: Ending | None,
) -> list[str]:
    """What the signers should know; nothing is refused for it."""
    lines = [*_about_days(placement, after), *_about_pay(placement, before, after)]
    last = hours_logged.last_worked(session, [placement.id]).get(placement.id)
    if last is not None and last > after.ends_on:
        lines.append(
            f"Hours are logged for {_day(last)}, after the new last day. They were logged "
            "under the version in force then: they stay and count as they are."
        )
    logged = sum(entry.minutes for entry in hours_logged.entries(session, placement))
    if logged > after.planned_minutes and ending != Ending.CANCEL:
        lines.append(
            f"{hours(logged)} are logged already, more than the {hours(after.planned_minutes)} "
            "planned then."
        )
    return lines


def too_late(
    session: Session, agreement: LearningAgreement, amendment: AgreementAmendment
) -> list[str]:
    """Why what was proposed cannot come into force any more, in words for the screen."""
    placement = agreement.placement
    today = clock.today(placement.institution.time_zone)
    if ChangeKind.DATES.value in amendment.kinds and agreement.ends_on < today:
        return [f"The new last day, {_day(agreement.ends_on)}, went by while it waited."]
    if amendment.ending == Ending.CANCEL and placement.started_at is not None:
        return ["The work has begun while it waited. End it instead."]
    return []


def carry_out(
    session: Session,
    agreement: LearningAgreement,
    amendment: AgreementAmendment,
    *,
    actor: Actor,
) -> None:
    """The placement follows its agreement, and what hangs on its dates follows that."""
    placement = agreement.placement
    if amendment.ending == Ending.CANCEL:
        placements.cancel(session, placement, actor=actor, reason=amendment.reason)
        return
    to = Schedule(agreement.starts_on, agreement.ends_on, agreement.planned_minutes)
    planning.reschedule(session, placement, to, actor=actor)
    if amendment.ending == Ending.FINISH_EARLY:
        placements.complete(session, placement, actor=actor)
    elif amendment.ending == Ending.END_EARLY:
        placements.end_early(session, placement, actor=actor, reason=amendment.reason)


def _about_days(placement: Placement, after: AgreementDraft) -> list[str]:
    term = placement.course.term
    lines = []
    if term is not None and after.ends_on > term.ends_on:
        lines.append(f"The term ends on {_day(term.ends_on)}, before the last day.")
    if term is not None and term.grades_due_on and after.ends_on > term.grades_due_on:
        lines.append(
            f"Grades are due on {_day(term.grades_due_on)}; the instructor may have to leave "
            "the case incomplete until the work is done."
        )
    until = placement.partner.approved_until
    if until is not None and after.ends_on > until:
        lines.append(
            f"{placement.partner.name} is approved until {_day(until)}; the career office "
            "looks at it again before then."
        )
    return lines


def _about_pay(
    placement: Placement, before: AgreementDraft, after: AgreementDraft
) -> list[str]:
    floor, fee = placement.institution.fee_floor_minor, placement.fee_minor
    if not fee or not is_below_floor(fee, after.planned_minutes, floor):
        return []
    if after.planned_minutes <= before.planned_minutes:
        return []
    now = per_hour(fee, after.planned_minutes, placement.currency)
    least = per_hour(floor, 60, placement.currency)
    return [
        f"With more hours for the same fee the pay is {now} per hour, under the campus floor "
        f"of {least}. The career office can agree upon a higher fee with the partner first."
    ]


def _day(day: date) -> str:
    return sheet.day(day.isoformat())
