"""Where each student of a course stands: stage, since when, and who moves next. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases.inputs import Facts
from credit.cases.models import CaseState
from credit.cases.readiness import Mover, mover

OF_AGREEMENT = {
    AgreementState.DRAFT: Mover.STUDENT,
    AgreementState.AWAITING_SUPERVISOR: Mover.SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR: Mover.INSTRUCTOR,
}


class Page(StrEnum):
    """Where a row leads."""

    PACKET = "packet"
    AGREEMENT = "agreement"
    PLACEMENT = "placement"
    NONE = ""


@dataclass(frozen=True)
class Stage:
    """``state`` of ``of``, in the words of that record."""

    text: str
    state: StrEnum | None
    since: datetime
    mover: Mover
    page: Page = Page.NONE
    placement: Placement | None = None


@dataclass(frozen=True)
class Row:
    member: CourseMember
    facts: Facts | None
    stage: Stage

    @property
    def days(self) -> int:
        return max(0, (clock.now() - self.stage.since).days)


def row(
    member: CourseMember,
    facts: Facts | None,
    placements: Sequence[Placement],
    agreements: Sequence[LearningAgreement],
) -> Row:
    """``placements`` without the cancelled ones, ``agreements`` those not yet in force."""
    return Row(member, facts, _stage(member, facts, placements, agreements))


def _stage(
    member: CourseMember,
    facts: Facts | None,
    placements: Sequence[Placement],
    agreements: Sequence[LearningAgreement],
) -> Stage:
    if agreements:
        latest = max(agreements, key=lambda one: one.state_since)
        moves = OF_AGREEMENT.get(latest.state, Mover.STUDENT)
        placement = next((one for one in placements if one.id == latest.placement_id), None)
        if facts is None or moves == Mover.INSTRUCTOR:
            return Stage(
                "Learning agreement",
                latest.state,
                latest.state_since,
                moves,
                Page.AGREEMENT,
                placement,
            )
    if facts is not None:
        return _of_case(facts)
    if placements:
        last = placements[-1]
        return Stage(
            "Project", last.state, last.state_since, Mover.STUDENT, Page.PLACEMENT, last
        )
    return Stage("No project yet", None, member.first_seen_at, Mover.STUDENT)


def _of_case(facts: Facts) -> Stage:
    case = facts.case
    moves = mover(facts)
    working = [part.placement for part in facts.parts if part.is_unfinished]
    if case.state == CaseState.OPEN and working:
        last = working[-1]
        text = "At work" if last.state == PlacementState.ACTIVE else "Work is planned"
        return Stage(text, last.state, last.state_since, moves, Page.PACKET, last)
    return Stage("Credit case", case.state, case.state_since, moves, Page.PACKET)
