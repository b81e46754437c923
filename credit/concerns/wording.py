"""What each kind of concern is called, and what usually helps."""

from careerlink.web.templating import hours, per_hour
from credit.concerns.models import Concern, ConcernKind

TITLES = {
    ConcernKind.NEEDS_ATTENTION: "Something needs attention",
    ConcernKind.NOT_HEARD_FROM: "One side has not heard from the other",
    ConcernKind.NO_FIRST_CONTACT: "No first contact",
    ConcernKind.OVER_PLAN: "More hours than planned",
}
SHORT = {
    ConcernKind.NEEDS_ATTENTION: "Needs attention",
    ConcernKind.NOT_HEARD_FROM: "Not heard from",
    ConcernKind.NO_FIRST_CONTACT: "No first contact",
    ConcernKind.OVER_PLAN: "Far over plan",
}
"""For the queue."""
HELPS = {
    ConcernKind.NEEDS_ATTENTION: "Ask both sides what it is, by phone if you can.",
    ConcernKind.NOT_HEARD_FROM: "Write to the silent side, or phone, and set a day for a talk.",
    ConcernKind.NO_FIRST_CONTACT: "Phone the supervisor and arrange the first talk; a project "
    "that nobody guides should not go on.",
    ConcernKind.OVER_PLAN: "Ask the partner to amend the agreement, or the student to stop.",
}
SAME_DAY = "An answer to a check-in; such answers come here the same day."
WHY = {
    ConcernKind.NEEDS_ATTENTION: SAME_DAY,
    ConcernKind.NOT_HEARD_FROM: SAME_DAY,
    ConcernKind.NO_FIRST_CONTACT: "No first contact within five days of the start, or one side "
    "says that there was none.",
    ConcernKind.OVER_PLAN: "More hours are logged than the plan and its tolerance hold, so the "
    "fee per hour falls.",
}


def title(concern: Concern) -> str:
    if concern.kind == ConcernKind.OVER_PLAN and concern.minutes:
        planned = hours(concern.placement.planned_minutes)
        return f"{hours(concern.minutes)} logged, {planned} planned"
    return TITLES[concern.kind]


def detail(concern: Concern) -> str:
    """What a line of the office says besides; empty for most."""
    if concern.kind != ConcernKind.OVER_PLAN or not concern.minutes:
        return ""
    placement = concern.placement
    now = per_hour(placement.fee_minor, concern.minutes, placement.currency)
    return f"The fee now comes to {now} per hour. "
