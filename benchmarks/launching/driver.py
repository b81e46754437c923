"""A class of students that opens the tool again and again: login, launch, landing page."""

import http.client
import itertools
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from lti.demo_lms import Lms, launching
from lti.demo_lms.demo_course import CastMember
from lti.demo_lms.forms import FormPost

CLASS = [
    CastMember(f"student{n}", "Student", f"Number {n}", "student", f"s{n}@eastmoor.example")
    for n in range(1, 61)
]
STEPS = ("login", "launch", "page")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Tally:
    """What one round did. ``seconds`` is the time spent in each step, by all threads."""

    launches: int = 0
    elapsed: float = 0.0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STEPS, 0.0))

    def add(self, other: "Tally") -> None:
        self.launches += other.launches
        self.elapsed += other.elapsed
        for step in STEPS:
            self.seconds[step] += other.seconds[step]


class Browser:
    """One student's cookies; the connection belongs to the thread that drives it now."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.cookies: dict[str, str] = {}

    def open_tool(
        self, connection: http.client.HTTPConnection, lms: Lms, tally: Tally, *, page: bool
    ) -> None:
        """``page`` says whether the landing page is opened, as browsers do at once."""
        form = launching.begin(lms, self.person, "board")
        began = time.perf_counter()
        location, _ = self._post(connection, form.url, form.fields)
        while not location.startswith(lms.url):
            # The first visit's check that cookies come back.
            location, _ = self._ask(connection, "GET", location)
        tally.seconds["login"] += time.perf_counter() - began
        answer = launching.authorize(lms, dict(parse_qsl(urlsplit(location).query)))
        assert isinstance(answer, FormPost), answer
        began = time.perf_counter()
        location, shown = self._post(connection, answer.url, answer.fields)
        tally.seconds["launch"] += time.perf_counter() - began
        began = time.perf_counter()
        while location and page:
            location, shown = self._ask(connection, "GET", location)
        tally.seconds["page"] += time.perf_counter() - began
        assert not page or b"</html>" in shown, shown[:500]
        tally.launches += 1

    def _post(
        self, connection: http.client.HTTPConnection, url: str, fields: dict[str, str]
    ) -> tuple[str, bytes]:
        return self._ask(connection, "POST", url, urlencode(fields))

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, url: str, body: str = ""
    ) -> tuple[str, bytes]:
        parts = urlsplit(url)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, body or None, headers | (FORM if body else {}))
        answer = connection.getresponse()
        page = answer.read()
        assert answer.status < 400, f"{url} answered {answer.status}: {page[:2000]!r}"
        for line in answer.headers.get_all("Set-Cookie", []):
            # By hand: Python 3.11's cookie parser does not know Partitioned.
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.headers.get("Location", ""), page


class Classroom:
    def __init__(self, lms: Lms, port: int) -> None:
        self._lms = lms
        self._port = port
        self._browsers = [Browser(member.key) for member in CLASS]
        self._turn = itertools.count()

    def __len__(self) -> int:
        return len(self._browsers)

    def drive(
        self, *, threads: int, seconds: float = 0, launches: int = 0, page: bool = True
    ) -> Tally:
        """Launch for so long, or so often, with as many students at a time as threads."""
        began = time.perf_counter()
        tallies = [Tally() for _ in range(threads)]
        todo = itertools.count()
        faults: list[Exception] = []

        def work(tally: Tally) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            try:
                while next(todo) < launches or time.perf_counter() < began + seconds:
                    browser = self._browsers[next(self._turn) % len(self._browsers)]
                    browser.open_tool(connection, self._lms, tally, page=page)
            except Exception as exc:  # a thread's own end would go unnoticed
                faults.append(exc)
            finally:
                connection.close()

        workers = [threading.Thread(target=work, args=(tally,)) for tally in tallies]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        if faults:
            raise faults[0]
        total = Tally()
        for tally in tallies:
            total.add(tally)
        total.elapsed = time.perf_counter() - began
        return total
