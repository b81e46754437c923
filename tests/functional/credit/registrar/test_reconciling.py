"""Decision, registrar's file, gradebook and reports: each disagreement is one line."""

from pathlib import Path

import pytest
from sqlalchemy import select

from careerlink import clock
from careerlink.db import Database
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.outbox import DeliveryState, OutboxMessage
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.registrar import reconciling
from lti.models import LtiScore
from tests.command_line import CommandLine
from tests.factories import gradebooks
from tests.functional.credit.registrar.conftest import Office


def lines(office: Office) -> list[tuple[str, str]]:
    with office.database.read() as session:
        found = reconciling.every(session, office.staff.institution_id, office.term)
        return [(one.about, one.text) for one in found]


def score(office: Office, **values: object) -> None:
    with office.database.write() as session:
        row = session.scalars(select(LtiScore)).one()
        for name, value in values.items():
            setattr(row, name, value)
        message = session.get_one(OutboxMessage, row.outbox_message_id)
        message.state = DeliveryState.DELIVERED


def applied(office: Office, shown: int = 100_000) -> None:
    now = clock.now()
    score(office, applied_at=now, read_at=now, platform_thousandths=shown)


@pytest.fixture
def case_id(office: Office) -> int:
    """Approved, told to a gradebook that shows it, and sent to the registrar."""
    case_id = office.case("Maya Okafor")
    with office.database.write() as session:
        gradebooks.gradebook(session, office.of)
    office.decide(case_id, DecisionOutcome.APPROVED)
    applied(office)
    office.send()
    return case_id


def test_where_all_agree_there_is_nothing_to_say(office: Office, case_id: int) -> None:
    assert lines(office) == []
    page = office.page().follow("Compare this term")
    assert "All agree on this page." in page.text


def test_a_voided_decision_is_told_nowhere_yet(office: Office, case_id: int) -> None:
    office.decide(case_id, DecisionOutcome.VOIDED)
    assert lines(office) == [
        ("registrar", "told: approved, 1 credit; no decision stands"),
        ("gradebook", "no grade is on its way"),
    ]
    office.send()
    applied(office, shown=100_000)
    assert lines(office) == [("gradebook", "the LMS shows 100 of 100, no grade is due")]
    score(office, platform_thousandths=None)
    assert lines(office) == []


def test_another_figure_is_named_on_both_sides(office: Office, case_id: int) -> None:
    office.decide(case_id, DecisionOutcome.VOIDED)
    office.decide(
        case_id, DecisionOutcome.APPROVED, credits_thousandths=500, override_reason="Half."
    )
    applied(office)
    assert lines(office) == [
        ("registrar", "told: approved, 1 credit; now: approved, 0.5 credits")
    ]


def test_a_teacher_s_grade_is_a_disagreement_until_somebody_keeps_it(
    office: Office, case_id: int
) -> None:
    applied(office, shown=80_000)
    score(office, applied_at=None, overridden_at=clock.now())
    assert lines(office) == [("gradebook", "the LMS shows 80 of 100, 100 of 100 is due")]
    page = office.page().follow("Compare this term")
    assert "The LMS shows 80 of 100, 100 of 100 is due." in page.text
    score(office, kept_at=clock.now())
    assert lines(office) == []


def test_what_nobody_was_told_yet(office: Office) -> None:
    office.approved("Maya Okafor")
    office.approved("Noor Haddad", sis_id=None)
    assert lines(office) == [
        ("registrar", "not told yet: approved, 1 credit"),
        ("registrar", "left out: The student’s SIS ID is missing."),
    ]


def test_reports_that_count_something_else_are_noticed(office: Office, case_id: int) -> None:
    """As if a state had been changed past the operations."""
    with office.database.write() as session:
        case = session.get_one(CreditCase, case_id)
        case.state = CaseState.DENIED
    found = dict(lines(office))
    assert found["decision"] == "the case is denied, the decision that stands is approved"
    assert found["reports"].startswith("count 0 awards of 0 credits in 1 cases")


def test_each_kind_of_file_is_compared_by_itself(office: Office) -> None:
    """Told as an undergraduate, then as a graduate, and void in the first kind of file."""
    office.approved("Maya Okafor")
    office.send()
    with office.database.write() as session:
        session.scalars(select(Enrollment)).one().level = EnrollmentLevel.GRADUATE
    office.send("Graduate: what changed")
    assert lines(office) == [
        ("registrar", "told: approved, 1 credit, in 2026FA, undergraduate; not void")
    ]
    office.send()
    assert lines(office) == []


def test_a_decision_behind_an_undecided_case_is_named(office: Office) -> None:
    """As if a state had been changed past the operations."""
    case_id = office.approved("Maya Okafor")
    with office.database.write() as session:
        session.get_one(CreditCase, case_id).state = CaseState.READY
    assert lines(office) == [
        ("decision", "the case is ready, the decision that stands is approved")
    ]


@pytest.fixture
def command(
    office: Office, tmp_path: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    config = tmp_path / "careerlink.toml"
    url = database.url.render_as_string(hide_password=False)
    config.write_text(
        '[server]\npublic_url = "https://careerlink.example.edu"\n'
        f'secret_key = "{"k" * 32}"\n[database]\nurl = "{url}"\n'
        '[mail]\nurl = "console:"\nsender = "CareerLink <careers@example.edu>"\n'
        f'[files]\nurl = "file://{tmp_path}/files"\n'
    )
    return CommandLine(config, capsys)


def test_the_command_prints_a_line_each_and_says_so_by_its_exit_code(
    office: Office, command: CommandLine
) -> None:
    case_id = office.approved("Maya Okafor")
    with office.database.read() as session:
        public_id = session.get_one(CreditCase, case_id).public_id
    told = command("registrar", "reconcile", "--term", "2026FA", code=1)
    assert told.out == f"{public_id}\tregistrar\tnot told yet: approved, 1 credit\n"
    as_data = command("registrar", "reconcile", "--json", code=1).data
    assert as_data[0]["case"] == public_id
    office.send()
    assert command("registrar", "reconcile").out == "All agree.\n"
    failed = command("registrar", "reconcile", "--term", "1999", code=2)
    assert "no term has the code 1999" in failed.err
