"""Signed texts: read in any format, compared word by word, bound part by part."""

import json
from typing import Any

import pytest

from credit.agreements import differences, document, sheet
from credit.agreements.differences import Piece
from credit.agreements.signature_models import Party

OLD: dict[str, Any] = {
    "document": "learning agreement",
    "version": 1,
    "student": "Maya Chen",
    "course": "BUS-310 Applied Analytics",
    "partner": "Northlight",
    "supervisors": ["Ines Carvalho"],
    "project": "Where do customers wait?",
    "deliverable": "A dashboard",
    "pay": {"minor_units": 48050, "currency": "USD"},
    "planned_minutes": 1350,
    "starts_on": "2026-10-12",
    "ends_on": "2026-11-20",
    "tasks": "Clean the tickets.",
    "supervision_plan": "A call every Tuesday.",
    "academic_work": "",
    "objectives": [
        {
            "objective": "Frame a question",
            "course_objective": "",
            "activity": "Talk",
            "evidence": "A note",
            "judged_by": "both",
            "competency": "",
        }
    ],
}
"""As texts were signed before the format had a number."""
NEW = {
    **OLD,
    "format": 2,
    "for_credit": True,
    "credits_thousandths": 3000,
    "grading_basis": "letter",
    "academic_work": "One reflection.",
    "signatory": "",
    "remote": True,
}


def text(**changes: Any) -> str:
    return json.dumps({**NEW, **changes})


def said(of: str) -> dict[str, str]:
    return {line.label: line.text for part in sheet.parts(of) for line in part.lines}


def test_a_text_of_the_first_format_still_reads() -> None:
    lines = said(json.dumps(OLD))

    assert lines["Planned hours"] == "22.5\u00a0h"
    assert lines["First day"] == "Mon 12 Oct 2026"
    assert lines["Pay"] == "$480.50"
    assert lines["Judged by"] == "Supervisor and instructor"
    assert "Where the work is done" not in lines


@pytest.mark.parametrize(
    "change",
    [
        {"academic_work": "Two reflections."},
        {"grading_basis": "pass_no_pass"},
        {"credits_thousandths": 1500},
        {"instructors": ["Somebody else"]},
        {"section": "02"},
    ],
)
def test_the_courses_own_affairs_bind_student_and_instructor_only(
    change: dict[str, Any],
) -> None:
    before, after = text(), text(**change)

    for party in (Party.SUPERVISOR, Party.COMPANY):
        assert document.part_hash(before, party) == document.part_hash(after, party)
    for party in (Party.STUDENT, Party.INSTRUCTOR):
        assert document.part_hash(before, party) != document.part_hash(after, party)


@pytest.mark.parametrize(
    "change",
    [{"tasks": "More"}, {"planned_minutes": 1200}, {"ai_rule": "none"}, {"supervisors": []}],
)
def test_everything_else_binds_all(change: dict[str, Any]) -> None:
    for party in Party:
        assert document.part_hash(text(), party) != document.part_hash(text(**change), party)


def test_naming_who_signs_changes_nothing_that_was_agreed() -> None:
    for party in Party:
        named = text(signatory="Bram Visser", version=2)
        assert document.part_hash(text(), party) == document.part_hash(named, party)


def test_only_changed_words_are_marked() -> None:
    (change,) = differences.between(text(), text(tasks="Clean all the tickets."))

    assert change.label == "Tasks"
    assert change.pieces == (
        (Piece.SAME, "Clean"),
        (Piece.NEW, " all"),
        (Piece.SAME, " the tickets."),
    )


def test_what_came_and_what_went_are_changes_too() -> None:
    two = [*NEW["objectives"], {**NEW["objectives"][0], "objective": "Draw it"}]

    added = differences.between(text(), text(objectives=two))
    removed = differences.between(text(objectives=two), text())

    assert {change.title for change in added} == {"Objective 2"}
    assert all(change.is_new for change in added)
    assert all(change.is_gone for change in removed)
    assert differences.between(text(), text()) == []


def test_two_students_with_the_same_plan_share_a_template() -> None:
    other = text(student="Jonas Lindqvist", section="02")

    assert document.template_hash(text()) == document.template_hash(other)
    assert document.template_hash(text()) != document.template_hash(text(tasks="Other"))
    # What a student is enrolled for is looked at plan by plan.
    less = text(credits_thousandths=1500)
    assert document.template_hash(text()) != document.template_hash(less)


def test_a_piece_says_whether_it_is_optional_or_the_last_one() -> None:
    piece = {"id": "x", "title": "A sketch", "due_on": "2026-11-02", "final": False}
    pieces = [
        {**piece, "required": False},
        {**piece, "title": "A dashboard", "required": True, "final": True},
        {"id": "y", "title": "As signed before", "due_on": None},
    ]
    lines = said(text(deliverables=pieces, rework_rounds=1))

    assert lines["To hand in"].split("\n") == [
        "A sketch (by Mon 2 Nov 2026, optional)",
        "A dashboard (by Mon 2 Nov 2026, final)",
        "As signed before",
    ]
    assert lines["Rounds of rework"] == "1 at most, for each piece"
    assert said(text(rework_rounds=None))["Rounds of rework"] == sheet.AS_THE_COURSE
    assert "Rounds of rework" not in said(text())


def test_rounds_of_rework_bind_the_company_too() -> None:
    before, after = text(rework_rounds=2), text(rework_rounds=1)

    for party in Party:
        assert document.part_hash(before, party) != document.part_hash(after, party)
