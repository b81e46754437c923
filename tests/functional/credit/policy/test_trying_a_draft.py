"""A draft on decided cases: what would change, what cannot be checked; nothing is changed."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.models import Course
from careerlink.db import Base
from credit.cases.models import CreditCase
from credit.policy import dry_run
from credit.policy.draft_models import PolicyDryRun
from tests.factories import case_life
from tests.functional.credit.policy.conftest import PolicyOffice
from tests.pages import Page


def tried(office: PolicyOffice, **values: Any) -> Page:
    page = office.draft().submit("Save and preview", values)
    return page.follow("Try it on decided cases").submit(
        "Work them out", {"scope": f"Fall 2026: {len(office.decisions())} decided"}
    )


def test_a_dry_run_lists_what_would_change_and_changes_nothing(office: PolicyOffice) -> None:
    office.decided("Maya Okafor", 48 * 60)
    office.decided("Leo Marsh", 23 * 60)
    office.decided("Aiko Mori", 12 * 60)
    before = office.decisions()
    counts = _counts(office)

    page = tried(office, minutes_per_credit="50", minimum_thousandths="0.5")

    assert page.heading == "2 of 3 would change"
    rows = {row[0]: row[1:] for row in page.rows()[1:]}
    maya = next(cells for name, cells in rows.items() if name.startswith("Maya Okafor"))
    assert maya[:2] == ["1 credit", "0.5 credits"]
    assert maya[2].startswith("Hours for one credit: 45 h → 50 h § 2 Hours")
    assert not any(name.startswith("Aiko") for name in rows)
    assert office.decisions() == before
    changed = {name for name, number in _counts(office).items() if number != counts[name]}
    assert changed == {"policy_draft", "policy_dry_run", "policy_dry_run_row", "audit_entry"}


def test_cases_that_lack_an_input_are_listed_apart(office: PolicyOffice) -> None:
    office.decided("Maya Okafor", 48 * 60)

    page = tried(office, lifetime_maximum_thousandths="12")

    assert page.heading == "0 of 1 would change"
    page = page.follow("Not checkable")
    assert "not checkable, needs" in page.text


def test_cases_of_a_course_without_a_term_are_tried_in_that_of_their_enrollments(
    office: PolicyOffice,
) -> None:
    cases = [office.decided(name, 48 * 60) for name in ("Maya Okafor", "Leo Marsh")]
    with office.database.write() as session:
        session.get_one(Course, office.of.course.id).term_id = None
        for case in cases:
            case_life.enrolled(session, case, term_id=office.term.id)

    assert tried(office, minutes_per_credit="50").heading == "2 of 2 would change"


def test_the_file_of_a_dry_run_runs_no_formula(office: PolicyOffice) -> None:
    case = office.decided("Maya Okafor", 48 * 60)
    with office.database.write() as session:
        session.get_one(CreditCase, case.id).person.sis_id = "=HYPERLINK(1)"
    page = tried(office, minutes_per_credit="50")

    answer = office.visitor.raw.get(page.path + "/cases.csv")

    assert answer.mimetype == "text/csv"
    line = answer.text.splitlines()[1]
    assert ",'=HYPERLINK(1)," in line
    assert ",changed,1,0.5,§ 2 Hours," in line


def test_many_cases_are_looked_at_in_batches(
    office: PolicyOffice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "BATCH", 2)
    monkeypatch.setattr(dry_run.go_on, "__defaults__", (2,))
    for name in ("Maya Okafor", "Leo Marsh", "Aiko Mori", "Ben Osei", "Cleo Roy"):
        office.decided(name, 48 * 60)

    page = tried(office, minutes_per_credit="50")
    assert page.heading.startswith("Trying ")
    assert "2 of 5 cases" in page.text
    asked = str(page.element("#progress")["hx-get"])
    answer = _asked_by_the_page(office, asked)
    assert "2 would change so far." in answer.text and "HX-Refresh" not in answer.headers
    page = page.submit("Work out the next cases now")
    assert "Looked at 4 of 5 cases." in page.text

    worker.run_once(office.database, settings)
    assert office.visitor.get(page.path).heading == "5 of 5 would change"
    assert _asked_by_the_page(office, asked).headers["HX-Refresh"] == "true"
    with office.database.read() as session:
        assert session.query(PolicyDryRun).one().finished_at is not None


def _asked_by_the_page(office: PolicyOffice, path: str) -> TestResponse:
    return office.visitor.raw.get(path, headers={"HX-Request": "true"})


def _counts(office: PolicyOffice) -> dict[str, int]:
    with office.database.read() as session:
        return {
            table.name: session.query(table).count() for table in Base.metadata.sorted_tables
        }
