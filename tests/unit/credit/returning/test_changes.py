"""What is different since a case was returned."""

from datetime import date

from credit.policy.inputs import CaseInput, EntryInput, PlacementInput
from credit.returning.changes import Change, between

DAY = date(2026, 10, 5)


def project(**values: object) -> PlacementInput:
    given = {
        "id": 1,
        "title": "Dashboard",
        "planned_minutes": 2400,
        "agreement_id": 1,
        "agreed_on": DAY,
        "entries": (EntryInput(id=1, worked_on=DAY, minutes=480),),
        "confirmed_minutes": 480,
        **values,
    }
    return PlacementInput.model_validate(given)


def case(*placements: PlacementInput, academic: int = 0) -> CaseInput:
    return CaseInput(placements=placements, academic_minutes=academic)


def changes(**values: object) -> list[Change]:
    return between(case(project()), case(project(**values)))


def test_nothing_changed() -> None:
    assert changes() == []


def test_entries_added_changed_and_removed() -> None:
    before = EntryInput(id=1, worked_on=DAY, minutes=480)
    longer = EntryInput(id=1, worked_on=DAY, minutes=540)
    more = EntryInput(id=2, worked_on=date(2026, 10, 6), minutes=90)

    assert changes(entries=(longer, more)) == [
        Change("Hours changed", "8 h", "9 h", DAY, "Dashboard"),
        Change("Hours added", "", "1.5 h", date(2026, 10, 6), "Dashboard"),
    ]
    assert between(case(project(entries=(before, more))), case(project())) == [
        Change("Hours removed", "1.5 h", "", date(2026, 10, 6), "Dashboard")
    ]


def test_confirmed_hours_agreement_and_evaluations() -> None:
    found = changes(
        agreement_id=2,
        planned_minutes=3000,
        confirmed_minutes=600,
        ruled_minutes=540,
        submission_ids=(4,),
        self_submission_ids=(5,),
    )

    assert [(one.what, one.before, one.after) for one in found] == [
        ("The agreement has a new version", "", ""),
        ("Planned hours", "40 h", "50 h"),
        ("Confirmed hours", "8 h", "10 h"),
        ("Hours by your ruling", "none", "9 h"),
        ("The supervisor sent a new version of the evaluation", "", ""),
        ("The student’s own evaluation has a new version", "", ""),
    ]


def test_projects_that_joined_or_left_and_academic_work() -> None:
    other = project(id=2, title="Survey")

    assert between(case(project()), case(other, academic=60)) == [
        Change("This project joined the case", title="Survey"),
        Change("This project left the case", title="Dashboard"),
        Change("Academic work", "0 h", "1 h"),
    ]
