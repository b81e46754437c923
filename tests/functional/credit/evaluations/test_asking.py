"""When an evaluation is asked for: once, by this project's end or half, in fitting words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from careerlink.placements import operations as placements
from careerlink.placements import planning
from careerlink.placements.changes import Schedule
from credit.evaluations import due_today, operations, plan_views
from credit.evaluations.models import EvaluationKind, EvaluationState
from tests.factories.agreements import Scene
from tests.factories.evaluations import asked, fill_in, log_hours, running
from tests.pages import Visitor

FINAL, MIDPOINT = EvaluationKind.FINAL, EvaluationKind.MIDPOINT


@pytest.fixture
def work(session: Session, app: Flask) -> Scene:
    """Twenty hours until 20 November, begun; today is 14 October."""
    return running(session)


def kinds(cast: Scene) -> list[EvaluationKind]:
    return [one.kind for one in asked(cast.session, cast)]


def test_whatever_tells_of_the_end_first_asks_and_nothing_asks_again(
    work: Scene, clock: time_machine.Traveller
) -> None:
    due_today.sweep(work.session)
    assert kinds(work) == []

    clock.shift(timedelta(days=38))
    due_today.sweep(work.session)
    due_today.sweep(work.session)
    assert kinds(work) == [FINAL, FINAL]

    placements.complete(work.session, work.placement, actor=work.student)
    placements.reopen(work.session, work.placement, actor=work.staff, reason="More to do")
    placements.complete(work.session, work.placement, actor=work.student)
    due_today.sweep(work.session)
    assert kinds(work) == [FINAL, FINAL]


def test_at_the_half_of_a_long_project_both_are_asked(
    session: Session, app: Flask, clock: time_machine.Traveller
) -> None:
    long = running(session, minutes=30 * 60)
    due_today.sweep(session)
    assert kinds(long) == []

    log_hours(session, long.placement, 480, 420)
    due_today.sweep(session)
    assert kinds(long) == [MIDPOINT, MIDPOINT]
    due_today.sweep(session)
    assert len(kinds(long)) == 2

    sent = fill_in(session, long, "supervisor")
    operations.submit(session, sent, actor=long.supervisor)
    clock.shift(timedelta(days=38))
    due_today.sweep(session)
    # The student's midpoint is not asked for any more; what was sent stays.
    assert [(one.kind, one.state) for one in asked(session, long)] == [
        (MIDPOINT, EvaluationState.SUBMITTED),
        (MIDPOINT, EvaluationState.LAPSED),
        (FINAL, EvaluationState.REQUESTED),
        (FINAL, EvaluationState.REQUESTED),
    ]


def test_the_course_says_whether_middling_projects_have_a_midpoint(
    work: Scene, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=18))
    due_today.sweep(work.session)
    assert kinds(work) == []

    plan_views.keep(
        work.session, work.course, actor=work.instructor, has_midpoint=True, release_days=10
    )
    due_today.sweep(work.session)

    first = asked(work.session, work)[0]
    assert first.kind == MIDPOINT
    assert first.release_at == first.requested_at + timedelta(days=10)


def test_a_project_that_ended_early_is_evaluated_and_a_cancelled_one_not(
    work: Scene, visitors: Callable[[], Visitor]
) -> None:
    placements.end_early(work.session, work.placement, actor=work.staff, reason="No data")
    link = work.link()
    work.session.commit()

    page = visitors().get(link).submit("Continue")

    assert "ended before it was finished" in page.text
    assert kinds(work) == [FINAL, FINAL]


def test_more_time_for_the_project_is_more_time_to_answer(
    work: Scene, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=38))
    due_today.sweep(work.session)
    begun = operations.to_fill_in(work.session, work.placement, actor=work.supervisor)
    operations.save_step(
        work.session, begun, actor=work.supervisor, step="words", given={"strength": "Calm"}
    )
    was_due, was_released = begun.due_at, begun.release_at
    assert was_due is not None
    assert was_released is not None

    longer = Schedule(
        work.placement.starts_on, work.placement.ends_on + timedelta(days=14), 1200
    )
    planning.reschedule(work.session, work.placement, longer, actor=work.staff)

    assert begun.anchor_on == longer.ends_on
    assert begun.due_before == was_due
    assert begun.due_at is not None
    assert begun.due_at > was_due + timedelta(days=10)
    assert begun.release_at == was_released + timedelta(days=14)
    assert begun.draft["words"] == {"strength": "Calm"}


def test_the_link_tells_that_there_is_more_time(
    work: Scene, clock: time_machine.Traveller, visitors: Callable[[], Visitor]
) -> None:
    clock.shift(timedelta(days=38))
    due_today.sweep(work.session)
    longer = Schedule(
        work.placement.starts_on, work.placement.ends_on + timedelta(days=14), 1200
    )
    planning.reschedule(work.session, work.placement, longer, actor=work.staff)
    link = work.link()
    work.session.commit()

    page = visitors().get(link).submit("Continue").visitor.get(f"{link}/evaluation")

    assert "there is more time" in page.text
