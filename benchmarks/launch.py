"""Complete launches (login, launch, landing page): CareerLink beside a plain PyLTI1p3 tool.

Same machine, same server (one gunicorn process with 8 threads), same driver, in turn. About
a minute. The plain tool checks less, stores nothing and shows one line of text; CareerLink
keeps accounts, course and session in its database and shows the board of 40 projects. On a
machine that does other work, trust the processor time: it hardly depends on that.
"""

import argparse
import contextlib
import socket
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.launching import servers
from benchmarks.launching.driver import STEPS, Classroom, Tally

ONE, EIGHT, NO_PAGE = "one at a time", "eight at a time", "without its page"
KINDS = {ONE: (1, True), EIGHT: (8, True), NO_PAGE: (8, False)}
"""How many students at a time, and whether they open the landing page."""


@dataclass
class Sum:
    tally: Tally = field(default_factory=Tally)
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return self.tally.launches / self.tally.elapsed

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_seconds / self.tally.launches

    def step_ms(self, step: str) -> float:
        return 1000 * self.tally.seconds[step] / self.tally.launches


@dataclass
class Subject:
    name: str
    pid: int
    classroom: Classroom
    first: Sum = field(default_factory=Sum)
    """Every student's first launch, which makes their account."""
    sums: dict[str, Sum] = field(default_factory=lambda: {kind: Sum() for kind in KINDS})

    def meet(self) -> None:
        """The students' first launches; the very first one also warms the server up."""
        self.classroom.drive(threads=1, launches=1)
        self._measure(self.first, threads=8, launches=len(self.classroom) - 1)

    def run(self, kind: str, seconds: float) -> None:
        threads, page = KINDS[kind]
        self._measure(self.sums[kind], threads=threads, seconds=seconds, page=page)

    def _measure(self, into: Sum, **given: Any) -> None:
        before = servers.cpu_seconds(self.pid)
        into.tally.add(self.classroom.drive(**given))
        into.cpu_seconds += servers.cpu_seconds(self.pid) - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1.5, help="of each round")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        subjects = start(stack, folder)
        for _ in range(given.rounds):
            for kind in KINDS:
                for subject in subjects:
                    subject.run(kind, given.seconds)
        show(subjects)


def start(stack: contextlib.ExitStack, folder: Path) -> list[Subject]:
    issuer, key = stack.enter_context(servers.key_server())
    postgresql = stack.enter_context(servers.postgresql(folder))
    subjects = []
    for name, database_url in (
        ("PyLTI1p3, keys fetched", None),
        ("PyLTI1p3, keys kept", None),
        ("CareerLink, SQLite", f"sqlite:///{folder}/careerlink.db"),
        ("CareerLink, PostgreSQL", postgresql),
    ):
        if name.endswith("PostgreSQL") and postgresql is None:
            print("no PostgreSQL server found: left out")
            continue
        port = _free_port()
        lms = servers.class_of(issuer, key, port)
        if database_url is None:
            command = servers.plain(folder, port, lms, cached="kept" in name)
        else:
            command = servers.careerlink(folder, port, lms, database_url)
        pid = stack.enter_context(servers.running(command, port, folder / f"{port}.log"))
        subjects.append(Subject(name, pid, Classroom(lms, port)))
        subjects[-1].meet()
    return subjects


def show(subjects: list[Subject]) -> None:
    """Ratios, marked x, are to the first subject."""
    print("Launches of returning students: login, launch, landing page")
    print(f"{'':24}" + "".join(f"{kind:>28}" for kind in KINDS) + f"{'first time':>18}")
    print(
        f"{'':24}" + f"{'/s':>8}{'x':>6}{'CPU ms':>8}{'x':>6}" * 3 + f"{'/s':>10}{'CPU ms':>8}"
    )
    for subject in subjects:
        line = f"{subject.name:24}"
        for kind, found in subject.sums.items():
            base = subjects[0].sums[kind]
            line += f"{found.per_second:8.0f}{found.per_second / base.per_second:6.2f}"
            line += f"{found.cpu_ms:8.2f}{found.cpu_ms / (base.cpu_ms or 1):6.2f}"
        print(line + f"{subject.first.per_second:10.0f}{subject.first.cpu_ms:8.2f}")
    print("\nMilliseconds that a browser waits for each step, one at a time")
    for subject in subjects:
        steps = ((step, subject.sums[ONE].step_ms(step)) for step in STEPS)
        print(f"{subject.name:24}" + "".join(f"{step:>10}{ms:8.2f}" for step, ms in steps))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
