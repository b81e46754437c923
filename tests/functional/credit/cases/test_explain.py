"""A past decision on the command line: the same answer, whatever became of the evidence."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from careerlink import triggers
from credit.cases.models import Decision, DecisionOutcome
from credit.hours.models import HoursEntry
from tests.command_line import CommandLine, usual_tables, write_config
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk


@pytest.fixture
def careerlink(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    tables = usual_tables(tmp_path, database_url)
    return CommandLine(write_config(tmp_path / "careerlink.toml", tables), capsys)


def test_a_decision_is_worked_out_again_whatever_changed_since(
    desk: Desk, careerlink: CommandLine
) -> None:
    desk.approve()
    case = desk.case
    with desk.database.write() as session:
        session.execute(sa.update(HoursEntry).values(minutes=15))
        cases.add_policy(session, desk.of, minutes_per_credit=100 * 60)
    desk.decide(DecisionOutcome.VOIDED, "The hours were wrong.")

    told = careerlink("credit", "explain", case.public_id, "--decision", "1").out
    found = careerlink("credit", "explain", case.public_id, "--decision", "1", "--json").data

    assert "48 h confirmed; Micro-internship credit v1 § 2 Hours: 45 h = 1 credit" in told
    assert "→ 1 credit, 3 h unused" in told
    assert "Agrees: the same figures give the same credit today." in told
    project = found["inputs"]["placements"][0]
    assert f"48 h confirmed (confirmation {project['confirmation_id']})" in told
    for entry in project["entries"]:
        assert f"      {entry['worked_on']}  {entry['minutes'] / 60:>5g} h\n" in told
    assert (found["awarded"], found["computed_then"], found["computed_now"]) == ("1", "1", "1")
    assert careerlink("credit", "explain", case.public_id).out.startswith(
        "Decision 2: Decision voided"
    )
    refused = careerlink.refused("credit", "explain", case.public_id, "--decision", "9")
    assert "no such decision" in refused


def test_a_decision_that_was_tampered_with_does_not_agree(
    desk: Desk, careerlink: CommandLine
) -> None:
    desk.approve()
    case, (decision,) = desk.case, desk.decisions
    more = [one | {"confirmed_minutes": 9999} for one in decision.inputs["placements"]]
    changes: list[tuple[dict[str, Any], str]] = [
        ({"inputs": decision.inputs | {"placements": more}}, "ALTERED"),
        ({"inputs": {}}, "ALTERED"),
        (
            {"inputs": decision.inputs, "computed_thousandths": 1500},
            "DIFFERENT: the sum gives 1 now, and the decision says 1.5",
        ),
    ]
    with desk.database.write() as session:
        triggers.drop_all(session.connection())
    for values, says in changes:
        with desk.database.write() as session:
            session.execute(sa.update(Decision).values(**values))
        assert says in careerlink("credit", "explain", case.public_id, code=1).out
