"""The platform as one object: what it knows, its clock, and its faults."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from careerlink import clock
from lti.demo_lms import school as school_file
from lti.demo_lms import tool_keys
from lti.demo_lms.course import Activity
from lti.demo_lms.failures import Failure
from lti.demo_lms.people import Person
from lti.demo_lms.school import School
from lti.demo_lms.setup import Setup

REMEMBERED_LAUNCHES = 5000
DEEP_LINKING = "LtiDeepLinkingRequest"


@dataclass
class Launch:
    """One opening of an activity, from the person's click to the token."""

    id: str
    person: Person | None
    """Nobody: a visitor who is not signed in."""
    activity: Activity
    client_id: str
    started: datetime
    message_type: str = "LtiResourceLinkRequest"
    target: str = ""
    for_user: str = ""
    custom: dict[str, Any] = field(default_factory=dict)
    """On top of the link's own: a submission review has parameters of its own."""
    acting_person: Person | None = None
    """Who is really signed in, where somebody acts as ``person``."""
    placement: str | None = None
    from_grader: bool = False
    """Canvas opens a submission: the link is then the course's."""
    mobile: bool = False
    used: bool = False

    @property
    def is_deep_linking(self) -> bool:
        """A teacher chooses content: ``activity`` is none of the course yet."""
        return self.message_type == DEEP_LINKING


class Lms(Setup):
    """A platform. Build any situation with the methods of ``Setup``, then serve it.

    With ``path`` the state is read from that file, if it is there, and written after
    every change that comes by HTTP.
    """

    def __init__(
        self,
        url: str = "http://localhost:8001",
        *,
        school: School | None = None,
        path: Path | None = None,
        mail_dir: Path | None = None,
        issuer: str = "",
        auth_url: str = "",
        token_url: str = "",
    ) -> None:
        known = path is not None and path.exists()
        super().__init__(school_file.load(path) if path and known else school or School())
        self.restored = known
        self.url = url.rstrip("/")
        self.issuer = issuer or self.url
        self.auth_url = auth_url or f"{self.url}/api/lti/authorize_redirect"
        self.token_url = token_url or f"{self.url}/login/oauth2/token"
        """Canvas's addresses may be on other hosts than the school's; Moodle's never are."""
        self.path = path
        self.mail_dir = mail_dir
        self.failure = Failure()
        self.mutex = threading.RLock()
        self.fetch_keys: Callable[[str], dict[str, Any]] = tool_keys.fetch
        """How the tool's key set is got; a test in one process puts its own here."""
        self.launches: OrderedDict[str, Launch] = OrderedDict()
        self.school.secret = self.school.secret or token_hex(32)

    def now(self) -> datetime:
        return clock.now() + timedelta(seconds=self.school.clock_offset)

    @contextmanager
    def changing(self, *, keep: bool = True) -> Iterator[School]:
        """One change at a time, written to the file at its end unless ``keep`` is False."""
        with self.mutex:
            yield self.school
            if keep:
                self.save()

    def save(self) -> None:
        if self.path is not None:
            with self.mutex:
                school_file.save(self.school, self.path)

    def remember(self, launch: Launch) -> Launch:
        with self.mutex:
            self.launches[launch.id] = launch
            while len(self.launches) > REMEMBERED_LAUNCHES:
                self.launches.popitem(last=False)
        return launch

    def spend(self, launch_id: str) -> Launch | None:
        """The launch of that id, once: a second answer to the same login gets nothing."""
        with self.mutex:
            launch = self.launches.get(launch_id)
            if launch is None or launch.used:
                return None
            launch.used = True
            return launch
