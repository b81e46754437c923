"""The few ways in which CareerLink says no. Every message is for the person at the screen."""

from collections.abc import Sequence


class Refusal(Exception):
    status = 400
    reason = "refused"
    """Short code for pages and logs; docs/reasons.md says what to do about each."""
    keeps_typed = False
    """The page gives back what was typed, for there is no form to go back to."""

    def __init__(self, message: str = "", *, reason: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if reason is not None:
            self.reason = reason


class InvalidInput(Refusal):
    """A value that the form could not know to be wrong; ``field`` is where to show it."""

    status = 422
    reason = "invalid-input"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotSignedIn(Refusal):
    status = 401
    reason = "not-signed-in"
    keeps_typed = True


class NotPermitted(Refusal):
    """The record is visible to this person, but this deed is not theirs."""

    status = 403
    reason = "not-permitted"
    keeps_typed = True


class NotFound(Refusal):
    """Not there, or not theirs: the answer is the same, so that nobody can probe."""

    status = 404
    reason = "not-found"


class Elsewhere(NotFound):
    """Theirs to see, and by now in another course than the address says."""

    def __init__(self, course_id: str) -> None:
        super().__init__()
        self.course_id = course_id


class OtherLaunch(NotFound):
    """Their own, in a course that this session was not opened from."""

    status = 403
    reason = "other-launch"


class NotPossible(Refusal):
    """The record is in a state from which this cannot be done, or something is missing."""

    status = 409
    reason = "not-possible"
    keeps_typed = True

    def __init__(self, message: str, unmet: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.unmet = list(unmet)


class ChangedMeanwhile(Refusal):
    status = 409
    reason = "changed-meanwhile"
    keeps_typed = True


class TooMany(Refusal):
    status = 429
    reason = "too-many"
    keeps_typed = True


class Misconfigured(Exception):
    """The operator must change something; the command line prints one line and exits 2."""
