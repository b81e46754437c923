"""What holds for every case of a student at any moment, whoever did what before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from careerlink import clock
from careerlink.audit import AuditEntry
from careerlink.outbox import DeliveryState, OutboxMessage
from credit.cases import inputs, readiness, replay, whose_move
from credit.cases.models import (
    Basis,
    CaseState,
    CreditCase,
    CreditCasePlacement,
    Decision,
    DecisionOutcome,
)
from credit.cases.standing import standing_of
from credit.cases.workflow import CASE, DECIDED
from credit.policy.inputs import CaseInput
from credit.registrar import reconciling
from tests.factories.case_world import CaseWorld

LIVE = (DeliveryState.QUEUED, DeliveryState.SENDING)


@dataclass(frozen=True)
class Seen:
    """All that is looked at, read once."""

    world: CaseWorld
    cases: Sequence[CreditCase]
    links: Sequence[CreditCasePlacement]
    decisions: dict[int, list[Decision]]
    trail: dict[int, list[AuditEntry]]

    @property
    def edges(self) -> Counter[tuple[CaseState, CaseState]]:
        """How often each was gone along, by the trail."""
        return Counter(
            (CaseState(one.before), CaseState(one.after))
            for entries in self.trail.values()
            for one in entries
            if one.before in set(CaseState) and one.after in set(CaseState)
        )

    @classmethod
    def of(cls, world: CaseWorld) -> "Seen":
        session, found = world.session, world.cases
        ids = [case.id for case in found]
        made: dict[int, list[Decision]] = {number: [] for number in ids}
        trail: dict[int, list[AuditEntry]] = {number: [] for number in ids}
        for one in session.scalars(
            select(Decision)
            .where(Decision.credit_case_id.in_(ids))
            .order_by(Decision.credit_case_id, Decision.number)
        ):
            made[one.credit_case_id].append(one)
        about = (AuditEntry.subject_type == "credit_case", AuditEntry.subject_id.in_(ids))
        for entry in session.scalars(select(AuditEntry).where(*about).order_by(AuditEntry.id)):
            trail[entry.subject_id].append(entry)
        links = session.scalars(
            select(CreditCasePlacement).where(CreditCasePlacement.credit_case_id.in_(ids))
        ).all()
        return cls(world, found, links, made, trail)


def a_project_is_in_one_case_of_its_course(seen: Seen) -> None:
    current = [link for link in seen.links if link.moved_at is None]
    ids = [placement.id for placement in seen.world.projects]
    assert sorted(link.placement_id for link in current) == sorted(ids)
    course_of = {case.id: case.course_id for case in seen.cases}
    for link in current:
        assert course_of[link.credit_case_id] == link.placement.course_id


def an_hour_is_approved_once(seen: Seen) -> None:
    counted: Counter[int] = Counter()
    for made in seen.decisions.values():
        stands = standing_of(made)
        if stands is not None and stands.outcome == DecisionOutcome.APPROVED:
            given = CaseInput.model_validate(stands.inputs)
            counted.update(e.id for p in given.placements for e in p.entries)
    assert [entry for entry, times in counted.items() if times > 1] == []


def a_decided_case_has_the_decision_that_stands(seen: Seen) -> None:
    for case in seen.cases:
        stands = standing_of(seen.decisions[case.id])
        if case.state in DECIDED:
            assert stands is not None
            assert stands.outcome.value == case.state.value
        elif case.state != CaseState.APPEALED:
            # An Incomplete holds until what came in since is decided upon.
            assert stands is None or stands.outcome == DecisionOutcome.INCOMPLETE


def decisions_are_whole_and_replay(seen: Seen) -> None:
    for made in seen.decisions.values():
        assert [one.number for one in made] == list(range(1, len(made) + 1))
        for one in made:
            assert replay.explain(one).holds
            _is_worth_something(one)


def _is_worth_something(one: Decision) -> None:
    if one.outcome != DecisionOutcome.APPROVED:
        assert one.credits_thousandths is None
        return
    assert one.credits_thousandths is not None
    assert one.credits_thousandths >= 0
    assert (one.credits_thousandths == 0) == (one.basis == Basis.NON_CREDIT)


def whoever_left_is_marked(seen: Seen) -> None:
    for case in seen.cases:
        is_dropped = case.state == CaseState.DROPPED
        assert (case.dropped_on is not None) == is_dropped
        assert (case.dropped_from is not None) == is_dropped
        waits = case.state in (CaseState.IN_APPROVAL, CaseState.APPEALED)
        assert (case.awaits is not None) == waits


def last_days_stand_only_while_they_count(seen: Seen) -> None:
    for case in seen.cases:
        if case.state not in (CaseState.INCOMPLETE, CaseState.APPEALED):
            assert case.incomplete_until is None
        if case.state != CaseState.APPROVED:
            assert case.accept_by is None
        if case.state == CaseState.INCOMPLETE:
            assert case.incomplete_until is not None


def one_live_score_a_student(seen: Seen) -> None:
    rows = seen.world.session.execute(
        select(OutboxMessage.target, func.count())
        .where(OutboxMessage.kind == "score", OutboxMessage.state.in_(LIVE))
        .group_by(OutboxMessage.target)
    )
    assert [target for target, count in rows if count > 1] == []


def the_trail_tells_every_state(seen: Seen) -> None:
    for case in seen.cases:
        state = CaseState.OPEN.value
        for entry in seen.trail[case.id]:
            if entry.before in set(CaseState) and entry.after in set(CaseState):
                assert entry.before == state
                assert (CaseState(entry.before), CaseState(entry.after)) in CASE
                state = CaseState(entry.after).value
        assert state == case.state.value


def whose_move_it_is_is_kept(seen: Seen) -> None:
    session = seen.world.session
    for facts in inputs.load(session, seen.cases).values():
        case = facts.case
        if case.mover is not None and (case.turns_at is None or case.turns_at > clock.now()):
            assert case.mover == readiness.mover(facts).value
        computed = select(whose_move.computed(case.course)).where(CreditCase.id == case.id)
        assert session.scalar(computed) == readiness.mover(facts).value


def decisions_gradebook_and_reports_agree(seen: Seen) -> None:
    """What the registrar was told comes file by file; the rest at once."""
    school = seen.world.student.institution_id
    for one in reconciling.every(seen.world.session, school, None):
        is_on_its_way = one.about == "gradebook" and one.text.endswith("is on its way")
        assert one.about == "registrar" or is_on_its_way, one


ALWAYS = (
    a_project_is_in_one_case_of_its_course,
    an_hour_is_approved_once,
    a_decided_case_has_the_decision_that_stands,
    decisions_are_whole_and_replay,
    whoever_left_is_marked,
    last_days_stand_only_while_they_count,
    one_live_score_a_student,
    the_trail_tells_every_state,
    whose_move_it_is_is_kept,
    decisions_gradebook_and_reports_agree,
)
