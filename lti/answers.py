"""What a platform answers, and the ways in which a call brings no usable answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class PlatformFault(Exception):
    """A call that brought no usable answer; the message is fit for staff and logs."""


class Unreachable(PlatformFault):
    """No answer: it is unknown whether the platform acted."""


class NotConnected(Unreachable):
    """Nothing was sent at all: the platform did not act."""


class TimedOut(Unreachable):
    pass


class Unfinished(TimedOut):
    """The answer began and did not end."""


class TooLarge(PlatformFault):
    pass


class ForbiddenAddress(PlatformFault):
    """Not https, a private address, or a redirect to another host."""


class NotJson(PlatformFault):
    pass


class BadStatus(PlatformFault):
    """Answered, but not with success. ``answer`` has the body, which is never logged."""

    def __init__(self, answer: "Answer") -> None:
        super().__init__(f"answered {answer.status}")
        self.answer = answer
        self.status = answer.status


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    body: bytes
    url: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, whatever its content type says: Moodle labels tokens text/html.

        :raises NotJson:
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as exc:
            raise NotJson("answered something that is not JSON") from exc

    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def successful(answer: Answer) -> Answer:
    """:raises BadStatus: any status but 2xx."""
    if not answer.ok:
        raise BadStatus(answer)
    return answer
