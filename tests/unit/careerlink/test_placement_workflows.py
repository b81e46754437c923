"""Every move of applications, offers and placements, by everybody who might try it."""

from types import SimpleNamespace
from typing import Any

import pytest

from careerlink.courses.roles import CourseRole, Standing
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole
from careerlink.placements.models import ApplicationState, OfferState, PlacementState
from careerlink.placements.workflow import APPLICATION, OFFER, PLACEMENT
from careerlink.states import Workflow

COURSE, HERE, ELSEWHERE = 7, 1, 2


def someone(person_id: int, standing: Standing) -> Actor:
    return Actor(institution_id=HERE, person_id=person_id, courses={COURSE: standing})


VISITORS = {
    "student": someone(1, Standing(CourseRole.STUDENT)),
    "dropped": someone(1, Standing(CourseRole.STUDENT, dropped=True)),
    "read only": someone(1, Standing(CourseRole.STUDENT, read_only=True)),
    "other student": someone(2, Standing(CourseRole.STUDENT)),
    "instructor": someone(3, Standing(CourseRole.INSTRUCTOR, may_decide=True)),
    "assistant": someone(4, Standing(CourseRole.ASSISTANT)),
    "observer": someone(5, Standing(CourseRole.OBSERVER)),
    "staff": Actor(institution_id=HERE, person_id=6, office=frozenset({OfficeRole.STAFF})),
    "admin": Actor(institution_id=HERE, person_id=7, office=frozenset({OfficeRole.ADMIN})),
    "auditor": Actor(institution_id=HERE, person_id=8, office=frozenset({OfficeRole.AUDITOR})),
    "staff elsewhere": Actor(
        institution_id=ELSEWHERE, person_id=9, office=frozenset({OfficeRole.STAFF})
    ),
    "supervisor": Actor(institution_id=HERE, contact_id=1, link_placement_id=1),
    "clock": system(HERE),
    "clock elsewhere": system(ELSEWHERE),
}
OWN, OFFICE = {"student", "dropped"}, {"staff", "admin"}
WHO_MAY = {
    "application": {
        "submit": {"student"},
        "ask_again": {"student"},
        "withdraw": OWN,
        "accept": OWN,
        "decline": OWN,
        "offer": OFFICE | {"clock"},
        "wait_list": OFFICE | {"clock"},
        "not_select": OFFICE | {"clock"},
        "void": OFFICE | {"clock"},
        "expire": {"clock"},
    },
    "offer": {
        "accept": OWN,
        "decline": OWN,
        "expire": {"clock"},
        "void": OFFICE | {"clock"},
    },
    "placement": {
        "start": OWN | OFFICE | {"clock"},
        "complete": OWN | OFFICE | {"clock"},
        "close": OFFICE | {"clock"},
        "cancel": OFFICE | {"clock"},
        "end_early": OFFICE | {"clock"},
        "reopen": OFFICE,
    },
}
WORKFLOWS: dict[str, Workflow] = {
    "application": APPLICATION,
    "offer": OFFER,
    "placement": PLACEMENT,
}
STATES = {
    "application": ApplicationState,
    "offer": OfferState,
    "placement": PlacementState,
}
EDGES = {
    "application": {
        ("draft", "submitted"), ("draft", "withdrawn"), ("submitted", "offered"),
        ("submitted", "wait_listed"), ("submitted", "not_selected"), ("submitted", "withdrawn"),
        ("wait_listed", "offered"), ("wait_listed", "not_selected"),
        ("wait_listed", "withdrawn"), ("offered", "accepted"), ("offered", "declined"),
        ("offered", "expired"), ("offered", "not_selected"), ("expired", "submitted"),
    },
    "offer": {("open", to) for to in ("accepted", "declined", "expired", "void")},
    "placement": {
        ("planned", "active"), ("planned", "cancelled"), ("active", "work_completed"),
        ("active", "ended_early"), ("work_completed", "active"), ("work_completed", "closed"),
    },
}  # fmt: skip


def record(kind: str) -> Any:
    mine = SimpleNamespace(person_id=1, course_id=COURSE, institution_id=HERE)
    return SimpleNamespace(application=mine) if kind == "offer" else mine


@pytest.mark.parametrize(
    ("kind", "origin", "to"),
    [(k, a.value, b.value) for k, states in STATES.items() for a in states for b in states],
)
def test_a_move_exists_only_where_it_is_named(kind: str, origin: str, to: str) -> None:
    states = STATES[kind]

    exists = (states(origin), states(to)) in WORKFLOWS[kind]

    assert exists == ((origin, to) in EDGES[kind])


@pytest.mark.parametrize(
    ("kind", "verb", "visitor"),
    [
        (k, verb, visitor)
        for k, verbs in WHO_MAY.items()
        for verb in verbs
        for visitor in VISITORS
    ],
)
def test_a_move_is_open_to_whom_it_belongs(kind: str, verb: str, visitor: str) -> None:
    edges = [edge for edge in WORKFLOWS[kind].values() if edge.verb == verb]
    assert edges

    answers = {edge.permitted(VISITORS[visitor], record(kind)) for edge in edges}

    assert answers == {visitor in WHO_MAY[kind][verb]}


def test_every_move_is_in_the_matrix() -> None:
    named = {kind: set(verbs) for kind, verbs in WHO_MAY.items()}

    assert named == {
        kind: {edge.verb for edge in workflow.values()} for kind, workflow in WORKFLOWS.items()
    }


@pytest.mark.parametrize("verb", ["cancel", "end_early", "reopen", "not_select", "void"])
def test_what_is_taken_away_needs_a_reason(verb: str) -> None:
    edges = [*APPLICATION.values(), *PLACEMENT.values()]

    assert all(edge.needs_reason for edge in edges if edge.verb == verb)
