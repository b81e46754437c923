"""Sent once, whole, and never changed; and what happens at inconvenient moments."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from careerlink.db import Database
from careerlink.errors import NotPermitted
from careerlink.placements.models import Placement
from credit.evaluations import operations, queries, sent
from credit.evaluations.models import (
    EvaluationState,
    EvaluationSubmission,
    Rating,
)
from tests.factories.agreements import Scene, scene
from tests.factories.evaluations import fill_in, log_hours
from tests.pages import Page, Visitor


def submissions(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(EvaluationSubmission)).all())


def test_two_tabs_send_one_evaluation(
    database: Database, cast: Scene, ines: Page, link: str
) -> None:
    with database.write() as session:
        fill_in(session, cast, "supervisor")
    first = ines.visitor.get(f"{link}/evaluation/check")
    second = ines.visitor.get(f"{link}/evaluation/check")

    first.submit("Send evaluation")
    page = second.submit("Send evaluation")

    assert page.heading == "Thank you. That is all we need."
    assert submissions(database) == 1
    page = ines.visitor.get(f"{link}/evaluation/words")
    assert page.page_id == "evaluations.receipt"
    assert page.visitor.get(link).page_id == "supervisor.tasks"


def test_the_last_tab_wins_and_says_so(ines: Page) -> None:
    other = ines.visitor.get(ines.path)
    ines.submit("Yes, 23.5")

    page = other.submit("Save my figure", {"Your figure": "20"})

    assert "You had saved this step in another tab" in page.text
    assert "You said: 20 h." in page.visitor.get(page.path.replace("seen", "hours")).text


def test_a_step_that_lacks_an_answer_comes_back_as_chosen(ines: Page) -> None:
    page = ines.submit("Yes, 23.5")
    form = page.form("Save and continue")
    first = page.soup.select_one(".level-option input")
    assert first is not None
    form.data[str(first["name"])] = ["4"]

    page = page.visitor.post(page.path, form.data, status=422)

    assert len(page.errors) == 2
    assert len(page.soup.select(".level-option input[checked]")) == 1


@pytest.mark.parametrize("figure", ["", "many", "-1", "20.1", "NaN", "1e9"])
def test_a_figure_that_cannot_be_is_refused(ines: Page, figure: str) -> None:
    page = ines.submit("Save my figure", {"Your figure": figure, "What": "x"}, status=422)

    assert len(page.errors) == 1


def test_sending_too_early_says_what_is_missing(
    database: Database, ines: Page, link: str
) -> None:
    ines.submit("Yes, 23.5")

    page = ines.visitor.get(f"{link}/evaluation/check").submit("Send evaluation", status=422)

    assert "Name one strength." in page.text
    assert submissions(database) == 0


def test_hours_logged_since_the_first_step_are_asked_about_again(
    database: Database, cast: Scene, ines: Page, link: str
) -> None:
    with database.write() as session:
        fill_in(session, cast, "supervisor")
        placement = session.get_one(Placement, cast.placement.id)
        log_hours(session, placement, 60)

    page = ines.visitor.get(f"{link}/evaluation/check").submit("Send evaluation", status=422)

    assert "changed from 23.5 h to 24.5 h" in page.text
    assert submissions(database) == 0


def test_not_having_seen_anything_is_an_answer(unit: Callable[[], Scene]) -> None:
    cast = unit()
    evaluation = fill_in(cast.session, cast, "supervisor", "not_observed")

    operations.submit(cast.session, evaluation, actor=cast.supervisor)

    (one,) = sent.read(cast.session, [cast.placement.id])
    assert [answer.level for answer in one.ratings] == [None, None, None]


def test_only_whoever_was_asked_writes(unit: Callable[[], Scene]) -> None:
    cast = unit()
    evaluation = fill_in(cast.session, cast, "supervisor")

    for stranger in (cast.student, cast.instructor, cast.staff):
        with pytest.raises(NotPermitted):
            operations.submit(cast.session, evaluation, actor=stranger)
    assert evaluation.state == EvaluationState.IN_PROGRESS


def test_neither_student_nor_supervisor_reads_ahead(unit: Callable[[], Scene]) -> None:
    cast = unit()

    def read(who: str) -> list[str]:
        actor = getattr(cast, who)
        return [one.by for one in queries.readable(cast.session, actor, cast.placement)]

    evaluation = fill_in(cast.session, cast, "supervisor")
    operations.submit(cast.session, evaluation, actor=cast.supervisor)
    assert read("student") == []
    assert read("instructor") == read("staff") == ["Ines Carvalho"]

    own = fill_in(cast.session, cast, "student")
    operations.submit(cast.session, own, actor=cast.student)
    assert sorted(read("student")) == ["Ines Carvalho", "Maya Chen"]
    assert read("supervisor") == ["Ines Carvalho"]


def test_what_was_sent_is_never_changed_or_deleted(unit: Callable[[], Scene]) -> None:
    cast = unit()
    evaluation = fill_in(cast.session, cast, "supervisor")
    operations.submit(cast.session, evaluation, actor=cast.supervisor)
    cast.session.commit()

    for change in (
        sa.update(Rating).values(level=4),
        sa.delete(Rating),
        sa.update(EvaluationSubmission).values(work_again="no"),
        sa.delete(EvaluationSubmission),
    ):
        with pytest.raises(DatabaseError, match="never changed or deleted"):
            cast.session.execute(change)
        cast.session.rollback()


def test_another_course_and_another_university_find_nothing(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    with database.write() as session:
        other = scene(session, slug="westmoor")
    hana = browser_of("instructor")

    hana.get(f"{other.placement_path}/evaluation", status=404)
    path = f"/courses/{cast.course.public_id}/placements/{other.placement.public_id}"
    hana.get(f"{path}/evaluation", status=404)


def test_before_the_end_there_is_nothing_to_evaluate(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        running = scene(session, slug="westmoor")
        running.in_force()
        link = running.link()
    page = visitors().get(link).submit("Continue")

    page = page.visitor.get(f"{link}/evaluation")

    assert page.page_id == "evaluations.too_early"
