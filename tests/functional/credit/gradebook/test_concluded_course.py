"""The gradebook of a concluded course is read, and nothing in it is changed."""

from collections.abc import Callable

import pytest

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.errors import NotPossible
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from credit import delivery
from credit.gradebook import operations
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk


@pytest.mark.parametrize("deed", [operations.keep, delivery.send_again])
def test_nobody_of_the_office_changes_a_grade_there(
    desk: Desk, deed: Callable[..., None]
) -> None:
    desk.approve()
    with desk.database.write() as session:
        staff = cases.staff(session, desk.of)
        session.get_one(Course, desk.of.course.id).concluded_at = clock.now()
        actor = Actor(
            institution_id=staff.institution_id,
            person_id=staff.id,
            office=frozenset({OfficeRole.STAFF}),
        )

    with (
        pytest.raises(NotPossible, match="concluded"),
        desk.database.write() as session,
    ):
        deed(session, session.get_one(type(desk.case), desk.case.id), actor=actor)
