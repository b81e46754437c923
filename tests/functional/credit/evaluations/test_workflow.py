"""Every move of an evaluation: which exist, and who may make them."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.errors import NotPermitted, NotPossible
from credit.evaluations import operations, queries
from credit.evaluations.models import Evaluation, EvaluationState
from credit.evaluations.workflow import WORKFLOW
from tests.factories.agreements import Scene
from tests.factories.evaluations import completed

S = EvaluationState
MAY = {
    (S.REQUESTED, S.IN_PROGRESS): {"author"},
    (S.REQUESTED, S.SUBMITTED): {"transcriber"},
    (S.IN_PROGRESS, S.SUBMITTED): {"author", "transcriber"},
    (S.REQUESTED, S.LAPSED): {"staff"},
    (S.IN_PROGRESS, S.LAPSED): {"staff"},
}
ROLES = ("student", "instructor", "assistant", "staff", "supervisor")
AUTHORS = ("supervisor", "student")


@pytest.fixture
def cast(session: Session, app: Flask) -> Scene:
    return completed(session)


def by(cast: Scene, author: str, state: EvaluationState) -> Evaluation:
    contact_id = getattr(cast, author).contact_id
    found = queries.open_or_sent(cast.session, cast.placement, contact_id)
    assert found is not None
    found.state = state
    cast.session.flush()
    return found


def who_is(who: str, author: str) -> set[str]:
    """Only what a supervisor said is written down by others."""
    if who == "transcriber":
        return {"staff", "instructor"} if author == "supervisor" else set()
    return {author if who == "author" else who}


def test_the_table_holds_these_moves_and_no_others() -> None:
    assert set(WORKFLOW) == set(MAY)


@pytest.mark.parametrize(
    ("origin", "to"), [(a, b) for a in S for b in S if (a, b) not in WORKFLOW]
)
def test_every_other_move_is_refused(
    cast: Scene, origin: EvaluationState, to: EvaluationState
) -> None:
    evaluation = by(cast, "supervisor", origin)

    with pytest.raises(NotPossible):
        states.move(cast.session, evaluation, to, WORKFLOW, actor=cast.supervisor)

    assert evaluation.state == origin


@pytest.mark.parametrize(
    ("edge", "author", "role"), [(e, a, r) for e in MAY for a in AUTHORS for r in ROLES]
)
def test_who_may_make_a_move(
    cast: Scene, edge: tuple[EvaluationState, EvaluationState], author: str, role: str
) -> None:
    evaluation = by(cast, author, edge[0])
    actor = getattr(cast, role)
    may = {role for who in MAY[edge] for role in who_is(who, author)}

    if role in may:
        states.move(cast.session, evaluation, edge[1], WORKFLOW, actor=actor, reason="Why")
        assert evaluation.state == edge[1]
    else:
        with pytest.raises(NotPermitted):
            states.move(cast.session, evaluation, edge[1], WORKFLOW, actor=actor, reason="x")
        assert evaluation.state == edge[0]


def test_after_a_request_lapsed_another_may_follow(cast: Scene) -> None:
    first = by(cast, "supervisor", S.REQUESTED)
    operations.lapse(cast.session, first, actor=cast.staff, reason="The company is gone.")

    second = operations.to_fill_in(cast.session, cast.placement, actor=cast.supervisor)

    assert second.id != first.id
    assert second.state == S.REQUESTED
