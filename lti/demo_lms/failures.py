"""Faults that a test or a demo visitor can switch on: the network is not always kind."""

from dataclasses import dataclass, field
from threading import Event
from typing import Literal, get_args

FailureMode = Literal["none", "down", "slow", "lost", "throttle"]
MODES: tuple[str, ...] = get_args(FailureMode)


@dataclass
class Failure:
    """What goes wrong with the next service calls.

    ``down`` refuses, ``slow`` stores a score and answers after ``delay`` seconds, ``lost``
    stores a score and answers 504, ``throttle`` refuses as the family does when busy.
    """

    mode: FailureMode = "none"
    delay: float = 20
    left: int | None = None
    """How many more calls are hit; None: until switched off."""
    _released: Event = field(default_factory=Event, repr=False)

    def set(
        self, mode: FailureMode, *, delay: float | None = None, times: int | None = None
    ) -> None:
        # Whoever waits in a slow answer waits no longer than the fault lasts.
        self._released.set()
        self._released = Event()
        self.mode, self.left = mode, times
        if delay is not None:
            self.delay = delay

    def strikes(self, *modes: FailureMode) -> FailureMode | None:
        """The fault that hits this call, if it is one of ``modes``; counts it."""
        if self.mode not in modes or self.left == 0:
            return None
        if self.left is not None:
            self.left -= 1
        return self.mode

    def wait(self) -> None:
        self._released.wait(self.delay)
