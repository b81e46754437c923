"""What a cause of refusal says: to the person at the screen, and to who can help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    code: str
    status: int
    heading: str
    explanation: str
    """For the person at the screen."""
    remedy: str
    """For the administrator who gets the code from them; printed in docs/reasons.md."""


AGAIN = "Go back to your course and open CareerLink from there again."
SET_UP = "Something in the set-up of CareerLink in your LMS is not right. It is not your fault."
SWITCHED_OFF = (
    "Somebody at your institution has switched CareerLink off for this LMS. Nothing of yours "
    "is lost; whoever looks after the LMS can tell when it comes back."
)
NOT_READ = "Your LMS sent something that CareerLink cannot use, so nothing was opened."


def set_up(code: str, remedy: str, *, status: int = 400) -> Cause:
    return Cause(code, status, "CareerLink is not set up here yet", SET_UP, remedy)


def platform(code: str, remedy: str, *, status: int = 400) -> Cause:
    return Cause(code, status, "CareerLink could not be opened", NOT_READ, remedy)


def again(code: str, heading: str, remedy: str, *, status: int = 400) -> Cause:
    return Cause(code, status, heading, AGAIN, remedy)


def switched_off(code: str, remedy: str) -> Cause:
    return Cause(code, 403, "CareerLink is switched off here", SWITCHED_OFF, remedy)
