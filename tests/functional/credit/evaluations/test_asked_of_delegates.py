"""Whoever acts for an instructor in some sections is asked about those students only."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.reminders import lists
from careerlink.reminders.ladders import Whom
from careerlink.reminders.models import Reminder, ReminderState
from tests.factories import reminded
from tests.factories.agreements import Scene


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_task_about_a_student_of_another_section_is_not_theirs(
    unit: Callable[[], Scene],
) -> None:
    scene = unit()
    track = reminded.tracked(scene.session, scene)
    scene.session.add(
        Reminder(
            track_id=track.id,
            round=track.round,
            rung="choose",
            wording="choose",
            recipient="instructor",
            whom=Whom.INSTRUCTOR,
            state=ReminderState.TASK,
            due_on=clock.now().date(),
            send_at=clock.now(),
        )
    )
    scene.session.flush()

    assert len(asked(scene, scene.instructor)) == 1
    course_id = scene.course.id
    standing = replace(scene.instructor.standing(course_id), section_ids=frozenset({1}))
    deputy = replace(scene.instructor, courses={course_id: standing})
    assert asked(scene, deputy) == []


def asked(scene: Scene, actor: Actor) -> list[str]:
    steps = lists.instructor_steps(scene.session, actor, scene.course.id)
    return [step.title for step in steps]
