"""A pytest plugin for ``make conformance``: prints each case, what was expected and what came.

``pytest -p tests.conformance.table``. The run fails where an official case has no test, or one
of a gap's (``python -m tests.conformance.gaps`` prints those that stand elsewhere) did not run.
"""

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Response, request, request_finished

from tests.conformance.gaps import GAPS, Gap
from tests.conformance.named_cases import named
from tests.conformance.official import CASES, Case

DATABASES = ("sqlite", "postgresql")
PROPERTY = "conformance"
MARK = re.compile(r'data-(reason|role)="([a-z-]+)"')
MOST_ANSWERS = 4
KEY_SETS = ("jwks", "jwks.json", "certs.php")


@dataclass
class Shown:
    """What the tests of one case showed."""

    answers: dict[str, None] = field(default_factory=dict)
    """In the order in which they came, each once."""
    passed: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    @property
    def ok(self) -> bool:
        return all(all(results) for results in self.passed.values())

    def on(self, database: str) -> str:
        found = self.passed.get(database) or self.passed.get("", [])
        if not found:
            return "-"
        return f"{len(found)} ok" if all(found) else "FAILED"


_answers: list[str] = []
_shown: defaultdict[str, Shown] = defaultdict(Shown)
_tests: dict[str, bool] = {}


def _note(_sender: Any, response: Response, **_rest: Any) -> None:
    """Of every answer of the tool, and of a platform in the same process."""
    path, status = request.path, response.status_code
    last = path.rstrip("/").rpartition("/")[2]
    if last in KEY_SETS or (path == "/lti/login" and status < 400):
        return
    is_page = response.mimetype == "text/html"
    marks = dict(MARK.findall(response.get_data(as_text=True))) if is_page else {}
    if mark := marks.get("reason", marks.get("role")):
        _answers.append(f"{status} {mark}")
    elif path.startswith("/lti/"):
        _answers.append(str(status))
    else:
        _answers.append(f"{request.method} {last} {status}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    _answers.clear()
    with request_finished.connected_to(_note):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    words = f"{item.name} {getattr(getattr(item, 'obj', None), '__doc__', '') or ''}"
    database = getattr(item, "callspec", None)
    report.user_properties.append(
        (
            PROPERTY,
            {
                "cases": sorted(set(named(words))),
                "database": str(database.params.get("database_url", "")) if database else "",
                "answers": [*dict.fromkeys(_answers)][:MOST_ANSWERS],
            },
        )
    )
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when != "call" and report.passed:
        return
    test = report.nodeid.partition("[")[0]
    _tests[test] = _tests.get(test, True) and report.passed
    found = dict(report.user_properties).get(PROPERTY)
    if not isinstance(found, dict):
        return
    for case in found["cases"]:
        _shown[case].passed[found["database"]].append(report.passed)
        _shown[case].answers.update(dict.fromkeys(found["answers"]))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and _faults():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _faults() -> list[str]:
    return [
        *(f"{case.id}: {verdict}" for case in CASES if (verdict := _verdict(case)) != "ok"),
        *(f"{gap.id}: {verdict}" for gap in GAPS if (verdict := _covered(gap)) != "ok"),
    ]


def _verdict(case: Case) -> str:
    shown = _shown.get(case.id)
    if shown is None:
        return "NO TEST"
    if not shown.ok:
        return "FAILED"
    came = case.expected in shown.answers or not case.expected[0].isdigit()
    return "ok" if came else "OTHER ANSWER"


def _covered(gap: Gap) -> str:
    verdicts = [_verdict(case) for case in CASES if case.id in gap.cases]
    verdicts += ["ok" if _tests.get(test) else "FAILED OR MISSING" for test in gap.tests]
    return next((verdict for verdict in verdicts if verdict != "ok"), "ok")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines: list[tuple[str, ...]] = [
        ("case", "changed or asked", "expected", "got", *DATABASES, "")
    ]
    for case in CASES:
        shown = _shown.get(case.id, Shown())
        got = ", ".join(shown.answers)
        on = (shown.on(database) for database in DATABASES)
        lines.append((case.id, case.change, case.expected, got, *on, _verdict(case)))
    terminalreporter.section("certification and beyond")
    _write(terminalreporter, lines)
    terminalreporter.section("gaps of PyLTI1p3")
    gaps = [
        (
            gap.id,
            gap.what,
            ", ".join([*gap.cases, *(test.rpartition("::")[2] for test in gap.tests)]),
            _covered(gap),
        )
        for gap in GAPS
    ]
    _write(terminalreporter, [("gap", "left open", "shown by", ""), *gaps])
    for fault in _faults():
        terminalreporter.write_line(fault, red=True)


def _write(reporter: pytest.TerminalReporter, lines: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        reporter.write_line("  ".join(cells).rstrip())
