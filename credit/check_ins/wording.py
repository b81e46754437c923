"""What each side is asked, and what their answers are called."""

from credit.check_ins.models import CheckInAnswer, CheckInKind, Party

QUESTIONS = {
    CheckInKind.FIRST_CONTACT: "Have you been in touch?",
    CheckInKind.PROGRESS: "How is it going?",
}
SHORT = {
    CheckInKind.FIRST_CONTACT: "First contact",
    CheckInKind.PROGRESS: "How it goes",
}
KINDS = {"on_track": "done", "needs_attention": "stop", "not_heard_from": "stop"}
"""The status mark of an answer."""


def choices(kind: CheckInKind, party: Party, other: str) -> dict[CheckInAnswer, str]:
    """``other`` is the name of the person on the other side."""
    if kind == CheckInKind.FIRST_CONTACT:
        return {
            CheckInAnswer.ON_TRACK: "Yes, we have been in touch",
            CheckInAnswer.NOT_HEARD_FROM: "Not yet",
        }
    attention = "It needs attention" if party == Party.SUPERVISOR else "Something is wrong"
    return {
        CheckInAnswer.ON_TRACK: "On track",
        CheckInAnswer.NEEDS_ATTENTION: attention,
        CheckInAnswer.NOT_HEARD_FROM: f"I have not heard from {other}",
    }


def said(kind: CheckInKind, given: CheckInAnswer) -> str:
    """In tables, where whose answer it is stands above."""
    if kind == CheckInKind.FIRST_CONTACT:
        return "Took place" if given == CheckInAnswer.ON_TRACK else "Not yet"
    return {
        CheckInAnswer.ON_TRACK: "On track",
        CheckInAnswer.NEEDS_ATTENTION: "Needs attention",
        CheckInAnswer.NOT_HEARD_FROM: "Not heard from",
    }[given]
