"""Every move of an agreement: which exist, and who may make them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.audit import AuditEntry
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.workflow import WORKFLOW
from tests.factories.agreements import Scene, scene

S = AgreementState
MAY = {
    (S.DRAFT, S.AWAITING_SUPERVISOR): {"student"},
    (S.AWAITING_SUPERVISOR, S.AWAITING_INSTRUCTOR): {"supervisor", "staff"},
    (S.AWAITING_SUPERVISOR, S.DRAFT): {"supervisor", "student"},
    (S.AWAITING_INSTRUCTOR, S.IN_FORCE): {"instructor"},
    (S.AWAITING_INSTRUCTOR, S.DRAFT): {"instructor", "student"},
    (S.AWAITING_INSTRUCTOR, S.REFUSED): {"instructor"},
}
ROLES = ("student", "instructor", "assistant", "staff", "supervisor")


@pytest.fixture
def cast(session: Session, app: Flask) -> Iterator[Scene]:
    yield scene(session)


def in_state(cast: Scene, state: AgreementState) -> LearningAgreement:
    made: dict[AgreementState, Callable[[], LearningAgreement]] = {
        S.AWAITING_SUPERVISOR: cast.signed,
        S.AWAITING_INSTRUCTOR: cast.countersigned,
        S.IN_FORCE: cast.in_force,
    }
    if state in made:
        return made[state]()
    agreement = cast.drafted()
    cast.consent()
    if state in (S.AWAITING_SIGNATURES, S.WITHDRAWN):
        # Only what changes another version can be in one of these.
        agreement.amends_id = agreement.id
    agreement.state = state
    cast.session.flush()
    return agreement


def test_the_table_holds_these_moves_and_no_others() -> None:
    assert set(WORKFLOW) == set(MAY)


@pytest.mark.parametrize(
    ("origin", "to"), [(a, b) for a in S for b in S if (a, b) not in WORKFLOW]
)
def test_every_other_move_is_refused(
    cast: Scene, origin: AgreementState, to: AgreementState
) -> None:
    agreement = in_state(cast, origin)
    before = cast.session.scalars(select(AuditEntry.id)).all()

    with pytest.raises(NotPossible):
        states.move(cast.session, agreement, to, WORKFLOW, actor=cast.instructor)

    assert agreement.state == origin
    assert cast.session.scalars(select(AuditEntry.id)).all() == before


@pytest.mark.parametrize(("edge", "role"), [(e, r) for e in MAY for r in ROLES])
def test_who_may_make_a_move(
    cast: Scene, edge: tuple[AgreementState, AgreementState], role: str
) -> None:
    agreement = in_state(cast, edge[0])
    actor: Actor = getattr(cast, role)

    def move() -> None:
        states.move(
            cast.session, agreement, edge[1], WORKFLOW, actor=actor, reason="Why", **stamps
        )

    stamps: dict[str, Any] = (
        {"in_force_at": agreement.created_at} if edge[1] == S.IN_FORCE else {}
    )
    if role in MAY[edge]:
        move()
        assert agreement.state == edge[1]
    else:
        with pytest.raises(NotPermitted):
            move()
        assert agreement.state == edge[0]


@pytest.mark.parametrize("edge", [edge for edge, t in WORKFLOW.items() if t.needs_reason])
def test_sending_back_and_refusing_need_a_reason(
    cast: Scene, edge: tuple[AgreementState, AgreementState]
) -> None:
    agreement = in_state(cast, edge[0])
    actor = getattr(cast, min(MAY[edge]))

    with pytest.raises(NotPossible, match="reason"):
        states.move(cast.session, agreement, edge[1], WORKFLOW, actor=actor, reason=" ")
