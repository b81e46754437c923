"""Two chairs approve the same case at the same moment, 200 times over HTTP: one decision each.

On PostgreSQL two servers, each a process of its own, share the database, and either chair talks
to another one; on SQLite one server answers both from its threads. Either chair is a process,
too. Two workers then send everything to a small LMS. Ends with 1 where a case got other than
one final decision, one mail to its student and one score that the LMS took once, or where the
second chair was not told. About three minutes.
"""

import argparse
import contextlib
import socket
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.approving import chairs, outcome, seed
from benchmarks.launching import servers
from careerlink import migrate
from careerlink.app import compose
from careerlink.config import load
from careerlink.db import Database
from lti.models import Family
from tests.factories import gradebooks
from tests.factories.platform_rows import Known
from tests.factories.platforms import served


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    given = parser.parse_args()
    compose()
    faults = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        faults += _measure("SQLite", f"sqlite:///{folder}/approvals.db", 1, folder, given.cases)
        url = stack.enter_context(servers.postgresql(folder))
        if url is None:
            print("PostgreSQL: none on this machine")
        else:
            faults += _measure("PostgreSQL", url, 2, folder, given.cases)
    return 1 if faults else 0


def _measure(name: str, url: str, processes: int, folder: Path, number: int) -> int:
    database = Database(url)
    migrate.upgrade(database)
    ports = [_free_port() for _ in range(processes)]
    configs = [seed.configured(folder, f"{name}-{port}", port, url) for port in ports]
    with contextlib.ExitStack() as stack:
        lms = stack.enter_context(served(Family.MOODLE, gradebooks.cast(number)))
        known = Known(lms, Family.MOODLE, database, load(configs[0], {}))
        clock = _Clock()
        seeded = seed.fill(known, number)
        clock.lap("prepared")
        for port, config in zip(ports, configs, strict=True):
            log = folder / f"{name}-{port}.log"
            stack.enter_context(servers.running(seed.serving(config, port), port, log))
        clock.lap("started")
        told = chairs.race([*ports, ports[0]][:2], seeded)
        clock.lap("approved")
        outcome.send_all(known)
        clock.lap("sent")
        faults = outcome.faults(known, seeded.case_ids, told)
    database.dispose()
    print(
        f"{name}: {number} cases approved by two chairs at once over {processes} server "
        f"process(es); {clock.words}; {len(faults)} faults"
    )
    for fault in faults[:10]:
        print(f"  {fault}")
    return len(faults)


class _Clock:
    def __init__(self) -> None:
        self.last, self.laps = time.monotonic(), list[str]()

    def lap(self, what: str) -> None:
        now = time.monotonic()
        self.laps.append(f"{what} in {now - self.last:.0f} s")
        self.last = now

    @property
    def words(self) -> str:
        return ", ".join(self.laps)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
