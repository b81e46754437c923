"""Texts are the office's to edit; what was signed and rated before keeps its words."""

from collections.abc import Callable

from sqlalchemy import select

from careerlink.db import Database
from credit.agreements.models import LearningObjective
from credit.competencies import wordings
from credit.competencies.models import Competency, CompetencyFramework
from credit.evaluations import rubric
from tests.factories.agreements import Scene
from tests.pages import Visitor


def address(cast: Scene, number: int = 0) -> str:
    return f"/office/competencies/items/{cast.competency_ids[number]}"


def test_an_edit_changes_the_text_and_never_the_address(
    staff: Visitor, cast: Scene, database: Database
) -> None:
    saved = staff.get(address(cast)).submit(
        "Save",
        {
            "Name": "Saying it",
            "What it looks like": "Puts the answer first.\n\n  Listens   to the end. ",
            "anchor_1": "Not yet.",
        },
    )

    assert "Saying it" in saved.text
    with database.read() as session:
        row = session.get_one(Competency, cast.competency_ids[0])
        assert row.label == "Saying it"
        assert row.behaviors == ["Puts the answer first.", "Listens to the end."]
        assert row.anchors[0] == "Not yet."
        assert row.uri == "https://example.edu/frameworks/readiness/communication"


def test_the_second_of_two_tabs_is_told(staff: Visitor, cast: Scene) -> None:
    first, second = staff.get(address(cast)), staff.get(address(cast))
    first.submit("Save", {"Name": "Saying it"})

    refused = second.submit("Save", {"Name": "Writing it"}, status=409)

    assert "Somebody else edited this since you opened it." in refused.text


def test_three_sentences_are_not_four(staff: Visitor, cast: Scene) -> None:
    refused = staff.get(address(cast)).submit("Save", {"anchor_4": ""}, status=422)

    assert refused.errors == ["Describe all four levels, or none of them."]


def test_a_signed_plan_and_its_questions_keep_the_old_words(
    cast: Scene, database: Database, staff: Visitor
) -> None:
    with database.write() as session:
        cast.session = session
        session.add_all([cast.placement, cast.contact, cast.course, *cast.objectives])
        cast.in_force()
    staff.get(address(cast)).submit("Save", {"Name": "Saying it", "anchor_2": "New words."})

    with database.write() as session:
        objective = session.scalars(select(LearningObjective).filter_by(position=1)).one()
        signed = objective.agreement.document
        assert signed is not None
        assert "Communication" in (signed.text or "")
        assert wordings.label(objective) == "Communication"
        asked = rubric.targets(session, objective.agreement.placement)[-1]
        assert (asked.title, asked.anchors[2]) == (
            "Communication",
            "Communication: sentence 2.",
        )
        assert asked.wording_id == objective.wording_id
        competency = objective.competency
        assert competency is not None
        now = wordings.keep(session, [competency])
        assert now[cast.competency_ids[0]].label == "Saying it"


def test_retired_is_not_offered_and_can_be_offered_again(
    staff: Visitor, cast: Scene, database: Database, offered: Callable[[], list[str]]
) -> None:
    with database.read() as session:
        framework = session.scalars(select(CompetencyFramework)).one()
    shown = staff.get(f"/office/competencies/{framework.id}")
    assert "Teamwork" in offered()

    retired = shown.submit("Retire Teamwork")

    assert "Retired: not offered any more." in retired.text
    assert "Teamwork" not in offered()
    retired.submit("Offer it again Teamwork")
    assert "Teamwork" in offered()
    shown.submit("Retire this framework")
    assert offered() == []


def test_which_framework_is_usual_is_said_on_its_page(
    staff: Visitor, cast: Scene, database: Database, offered: Callable[[], list[str]]
) -> None:
    with database.read() as session:
        framework = session.scalars(select(CompetencyFramework)).one()
    edit = staff.get(f"/office/competencies/{framework.id}/edit")

    edit.submit("Save", {"Name": "Ready", "is_usual": False})

    listed = staff.get("/office/competencies")
    assert ["Ready Ours", "Courses that choose it", "4"] in listed.rows()
    assert offered() == []
