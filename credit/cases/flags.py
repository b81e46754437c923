"""What to weigh before deciding: one line each, in the queue short and in the packet whole."""

from dataclasses import dataclass

from careerlink import clock
from careerlink.placements.models import PlacementState
from credit.cases.inputs import Facts, Part
from credit.cases.models import CaseState
from credit.concerns import wording as concern_words
from credit.evaluations.models import EvaluationState
from credit.policy.counting import Counted
from credit.policy.credit_sum import hours

QUIET_DAYS = 7


@dataclass(frozen=True)
class Flag:
    kind: str
    """wait, stop, fits or info."""
    title: str
    text: str
    short: str = ""
    """For the queue; empty where only the packet says it."""


def of(facts: Facts) -> list[Flag]:
    found: list[Flag] = []
    if facts.case.state == CaseState.DROPPED:
        found.append(
            Flag(
                "stop", "Dropped.", "No longer in the course; everything is kept.", short="DROP"
            )
        )
    for part, counted in zip(facts.parts, facts.sum_with().placements, strict=True):
        found += _of_part(part, counted)
    return found


def _of_part(part: Part, counted: Counted) -> list[Flag]:
    title, found = f"“{part.placement.title}”", []
    if counted.over_plan:
        over = hours(counted.over_plan)
        found.append(
            Flag(
                "wait",
                "Over plan.",
                f"{over} h of {title} are more than the agreement allows and do not count.",
                short=f"{over} h over plan",
            )
        )
    found += _to_watch(part, title)
    if part.disputed_minutes:
        disputed = hours(part.disputed_minutes)
        found.append(
            Flag(
                "stop",
                "Disputed hours.",
                f"The supervisor gave another figure for {disputed} h of {title}; both are "
                "kept. An instructor’s ruling stands over them.",
                short=f"{disputed} h disputed",
            )
        )
    if counted.too_early:
        early = hours(counted.too_early)
        found.append(
            Flag(
                "wait",
                "Too early.",
                f"{early} h of {title} lie before the agreement or the enrollment and do not "
                "count.",
                short=f"{early} h too early",
            )
        )
    if counted.over_week:
        over = hours(counted.over_week)
        found.append(
            Flag(
                "info",
                "Weekly limit.",
                f"{over} h of {title} are over the limit of a week and do not count.",
            )
        )
    return found + _of_evaluation(part, title)


def _to_watch(part: Part, title: str) -> list[Flag]:
    """Trouble while the work runs; the office sees to it before the instructor has to."""
    found = [
        Flag(
            "stop",
            f"{concern_words.SHORT[kind]}.",
            f"The career office looks into it: {title}.",
            short=concern_words.SHORT[kind],
        )
        for kind in part.concerns
    ]
    if part.disputes:
        found.append(
            Flag(
                "stop",
                "Your ruling is asked for.",
                f"The two sides give different hours for {title}, and at least one asks you.",
                short="Ruling asked for",
            )
        )
    if days := _quiet_days(part):
        found.append(
            Flag(
                "wait",
                "No hours.",
                f"Nothing is logged for {title} in {days} days; the student is reminded.",
                short=f"No hours for {days} days",
            )
        )
    return found


def _quiet_days(part: Part) -> int:
    """Since the last entry, or the start; 0 within a week and once the last day has passed."""
    placement = part.placement
    today = clock.today(placement.institution.time_zone)
    if placement.state != PlacementState.ACTIVE or today > placement.ends_on:
        return 0
    days = (today - (part.last_worked or placement.starts_on)).days
    return days if days >= QUIET_DAYS else 0


def _of_evaluation(part: Part, title: str) -> list[Flag]:
    if part.input.attested:
        return [
            Flag(
                "info",
                "No evaluation.",
                f"It never came for {title}; the decision rests on other evidence.",
                short="Without evaluation",
            )
        ]
    return [*_unavailable(part, title), *_of_answers(part, title), *_of_time(part, title)]


def _unavailable(part: Part, title: str) -> list[Flag]:
    """Staff closed the request: the supervisor cannot be reached, or the company is no more."""
    closed = part.evaluation
    if closed is None or part.is_evaluated or closed.state != EvaluationState.LAPSED:
        return []
    said = f"Nobody will answer about {title}: {closed.lapsed_reason}"
    return [
        Flag("wait", "Evaluation unavailable.", said, short="Evaluation unavailable"),
    ]


def _of_answers(part: Part, title: str) -> list[Flag]:
    found = []
    if part.notes:
        found.append(
            Flag(
                "wait",
                "The student’s note.",
                f"They say something about the evaluation of {title}, beside the supervisor’s "
                "words; nobody has answered yet.",
                short="Note on the evaluation",
            )
        )
    if part.has_addendum:
        found.append(
            Flag(
                "wait",
                "Addendum.",
                f"An evaluation of {title} came after the decision. It changed nothing by "
                "itself; void the decision if it should.",
                short="Evaluation after the decision",
            )
        )
    if part.saw_nothing:
        found.append(
            Flag(
                "info",
                "Not enough evidence.",
                f"The supervisor saw nothing of what was asked about {title}. That is no low "
                "level, and no evidence either.",
                short="Not enough evidence",
            )
        )
    if part.is_corrected:
        found.append(
            Flag(
                "info",
                "Corrected evaluation.",
                f"The supervisor corrected what they had sent about {title}; both are kept.",
                short="Evaluation corrected",
            )
        )
    return found


def _of_time(part: Part, title: str) -> list[Flag]:
    if part.days_late:
        days = f"{part.days_late} day{'s' if part.days_late != 1 else ''}"
        return [
            Flag(
                "info",
                "Late evaluation.",
                f"The supervisor’s evaluation of {title} came {days} late. It counts in full.",
                short=f"Evaluation {days} late",
            )
        ]
    if part.is_overdue:
        return [
            Flag(
                "wait",
                "Evaluation overdue.",
                f"The supervisor has not answered for {title}; it does not count against the "
                "student.",
                short="Evaluation overdue",
            )
        ]
    return []
