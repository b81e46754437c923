"""What the instructor finds of each objective. Every finding stays; the latest one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit import decided
from credit.agreements import queries as agreements
from credit.cases import conflicts
from credit.cases.models import CreditCasePlacement, Decision, DecisionOutcome
from credit.evidence.review_models import ObjectiveJudgement, Verdict

VERDICT_WORDS = {
    Verdict.MET: "Met",
    Verdict.PARTLY: "Partly met",
    Verdict.NOT_YET: "Not yet",
    Verdict.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
}
LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    comment: str = ""
    by: str = ""
    at: datetime | None = None


def judge(
    session: Session, placement: Placement, findings: Mapping[str, Finding], *, actor: Actor
) -> int:
    """``findings`` by lineage; those that say what stands already change nothing.

    :raises NotPermitted: not by whoever may not decide in the course.
    :raises NotPossible: the case is decided; void the decision first.
    """
    require_open(actor, placement)
    if not actor.may_decide(placement.course_id) or actor.person_id == placement.person_id:
        raise NotPermitted("Only the instructor judges the objectives.")
    if why := conflicts.in_case_of(session, placement, actor=actor):
        raise NotPermitted(why)
    if why := decided.why_closed(session, placement):
        raise NotPossible(why)
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    found = _latest(session, [placement.id])
    standing = {lineage: row for (_, lineage), row in found.items()}
    offered = agreements.in_force(session, [placement.id]).get(placement.id)
    if not set(findings) <= {one.lineage for one in (offered.objectives if offered else [])}:
        raise InvalidInput("Judge the objectives of the agreement.")
    new = {
        lineage: finding
        for lineage, finding in findings.items()
        if not _stands(standing.get(lineage), finding)
    }
    for lineage, finding in new.items():
        number = standing[lineage].number + 1 if lineage in standing else 1
        _add(session, placement, lineage, number, finding, actor=actor)
    return len(new)


def visible(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Finding]:
    """By lineage. The student reads what was found when a decision was made, not before."""
    if actor.contact_id is not None:
        return {}
    until = None
    if not (actor.may_look(placement.course_id) or actor.reads_office):
        until = _decided_at(session, placement)
        if until is None:
            return {}
    found = _latest(session, [placement.id], until=until)
    return {lineage: _finding(row) for (_, lineage), row in found.items()}


def of_placements(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], Finding]:
    """By placement and lineage, for those who decide: nothing is held back."""
    return {key: _finding(row) for key, row in _latest(session, ids).items()}


def _finding(row: ObjectiveJudgement) -> Finding:
    comment = (row.comment.text or "") if row.comment else ""
    return Finding(row.verdict, comment, row.judged_by.label, row.judged_at)


def _latest(
    session: Session, placement_ids: Sequence[int], *, until: datetime | None = None
) -> dict[tuple[int, str], ObjectiveJudgement]:
    query = (
        select(ObjectiveJudgement)
        .where(ObjectiveJudgement.placement_id.in_(placement_ids))
        .options(
            joinedload(ObjectiveJudgement.comment), joinedload(ObjectiveJudgement.judged_by)
        )
        .order_by(ObjectiveJudgement.number)
    )
    if until is not None:
        query = query.where(ObjectiveJudgement.judged_at <= until)
    return {(row.placement_id, row.objective_lineage): row for row in session.scalars(query)}


def _decided_at(session: Session, placement: Placement) -> datetime | None:
    return session.scalar(
        select(func.max(Decision.decided_at))
        .join(
            CreditCasePlacement, CreditCasePlacement.credit_case_id == Decision.credit_case_id
        )
        .where(
            CreditCasePlacement.placement_id == placement.id,
            CreditCasePlacement.moved_at.is_(None),
            Decision.outcome != DecisionOutcome.VOIDED,
        )
    )


def _stands(row: ObjectiveJudgement | None, finding: Finding) -> bool:
    if row is None:
        return False
    said = (row.comment.text or "") if row.comment else ""
    return row.verdict == finding.verdict and said == finding.comment.strip()


def _add(
    session: Session,
    placement: Placement,
    lineage: str,
    number: int,
    finding: Finding,
    *,
    actor: Actor,
) -> None:
    comment = finding.comment.strip()
    if len(comment) > LONGEST_COMMENT:
        raise InvalidInput("Keep it to 2,000 characters.", field=f"comment-{lineage}")
    row = ObjectiveJudgement(
        placement_id=placement.id,
        objective_lineage=lineage,
        number=number,
        verdict=finding.verdict,
        comment_id=audit.erasable(session, comment).id if comment else None,
        judged_by_id=actor.person_id,
        judged_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        "placement:judge_objective",
        placement,
        actor=actor,
        objective=lineage,
        verdict=finding.verdict.value,
        number=number,
    )
