"""Every move of a deliverable: which exist, and who may make them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from careerlink import clock as time
from careerlink.courses.roles import CourseRole, Standing
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole
from credit.evidence.models import DeliverableState
from credit.evidence.workflow import DELIVERABLE

S = DeliverableState
STUDENT, OTHER, TEACHER, STAFF, SUPERVISOR, GUEST, SYSTEM = (
    "student", "other student", "teacher", "staff", "supervisor", "another link", "system",
)  # fmt: skip
MAY = {
    (S.AWAITED, S.HANDED_IN): {STUDENT},
    (S.REWORK_ASKED, S.HANDED_IN): {STUDENT},
    (S.HANDED_IN, S.HANDED_IN): {STUDENT},
    (S.HANDED_IN, S.ACCEPTED): {SUPERVISOR},
    (S.HANDED_IN, S.REWORK_ASKED): {SUPERVISOR},
    (S.HANDED_IN, S.WITH_OFFICE): {SUPERVISOR},
    (S.HANDED_IN, S.ACCEPTED_ON_EVIDENCE): {STAFF},
    (S.WITH_OFFICE, S.REWORK_ASKED): {STAFF},
    (S.WITH_OFFICE, S.ACCEPTED_ON_EVIDENCE): {STAFF},
    (S.AWAITED, S.NO_LONGER_AGREED): {SYSTEM},
    (S.NO_LONGER_AGREED, S.AWAITED): {SYSTEM},
}


def member(person_id: int, role: CourseRole) -> Actor:
    return Actor(institution_id=1, person_id=person_id, courses={5: Standing(role)})


ACTORS = {
    STUDENT: member(7, CourseRole.STUDENT),
    OTHER: member(8, CourseRole.STUDENT),
    TEACHER: member(9, CourseRole.INSTRUCTOR),
    STAFF: Actor(institution_id=1, person_id=2, office=frozenset({OfficeRole.STAFF})),
    SUPERVISOR: Actor(institution_id=1, contact_id=3, link_placement_id=4),
    GUEST: Actor(institution_id=1, contact_id=3, link_placement_id=40),
    SYSTEM: system(1),
}


def deliverable(**values: Any) -> Any:
    placement = SimpleNamespace(institution_id=1, course_id=5, person_id=7)
    given = {"rounds": 0, "most_rounds": 2, "state_since": time.now(), **values}
    return SimpleNamespace(placement_id=4, placement=placement, **given)


def test_the_table_holds_these_moves_and_no_others() -> None:
    assert set(DELIVERABLE) == set(MAY)


@pytest.mark.parametrize("edge", MAY, ids=lambda edge: f"{edge[0]} to {edge[1]}")
def test_who_may_make_it(edge: tuple[S, S]) -> None:
    permitted = DELIVERABLE[edge].permitted

    assert {who for who, actor in ACTORS.items() if permitted(actor, deliverable())} == MAY[
        edge
    ]


def test_nobody_of_another_institution_may_anything() -> None:
    for edge in DELIVERABLE.values():
        assert not edge.permitted(system(2), deliverable())
        foreign = Actor(institution_id=2, person_id=2, office=frozenset({OfficeRole.STAFF}))
        assert not edge.permitted(foreign, deliverable())


@pytest.mark.parametrize(("rounds", "may_ask"), [(0, True), (1, True), (2, False), (3, False)])
def test_rework_is_asked_for_as_often_as_agreed_and_then_the_office(
    rounds: int, may_ask: bool
) -> None:
    one = deliverable(rounds=rounds)

    assert (not DELIVERABLE[S.HANDED_IN, S.REWORK_ASKED].unmet(one)) is may_ask
    assert bool(DELIVERABLE[S.HANDED_IN, S.WITH_OFFICE].unmet(one)) is may_ask


@pytest.mark.parametrize(("days", "may_accept"), [(0, False), (13, False), (14, True)])
def test_the_office_accepts_after_fourteen_silent_days(days: int, may_accept: bool) -> None:
    edge = DELIVERABLE[S.HANDED_IN, S.ACCEPTED_ON_EVIDENCE]
    with time_machine.travel("2026-10-14T15:30:00+00:00", tick=False):
        one = deliverable(state_since=time.now() - timedelta(days=days))

        assert (not edge.unmet(one)) is may_accept
        assert edge.needs_reason
