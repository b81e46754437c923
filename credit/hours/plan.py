"""What the hours of a placement are held against: the agreement in force, and the policy."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit.agreements import queries as agreements
from credit.agreements.models import LearningAgreement, LearningObjective
from credit.cases.models import CreditCase
from credit.policy import queries as policies
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Plan:
    starts_on: date
    ends_on: date
    planned_minutes: int
    agreed_on: date | None
    """The campus's day on which the agreement came into force; absent before."""
    objectives: tuple[LearningObjective, ...]
    policy: Parameters

    @property
    def most_counted(self) -> int:
        """Planned hours and the tolerance over them."""
        return self.planned_minutes * (100 + self.policy.tolerance_percent) // 100

    def is_too_early(self, day: date) -> bool:
        return self.agreed_on is None or day < self.agreed_on


def plan_of(session: Session, placement: Placement) -> Plan:
    """Dates and hours of the agreement in force, since amendments move them."""
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    source = agreement or placement
    return Plan(
        starts_on=source.starts_on,
        ends_on=source.ends_on,
        planned_minutes=source.planned_minutes,
        agreed_on=_first_in_force(session, placement),
        objectives=tuple(agreement.objectives) if agreement is not None else (),
        policy=policy_of(session, placement),
    )


def policy_of(session: Session, placement: Placement) -> Parameters:
    """The case's frozen policy; without a case, what one would open under."""
    version = session.scalar(
        select(CreditPolicyVersion)
        .join(CreditCase, CreditCase.policy_version_id == CreditPolicyVersion.id)
        .where(
            CreditCase.course_id == placement.course_id,
            CreditCase.person_id == placement.person_id,
        )
    ) or policies.policy_for(session, placement.course)
    return policies.parameters_of(version) if version is not None else Parameters()


def _first_in_force(session: Session, placement: Placement) -> date | None:
    """An amendment does not make earlier work "before the agreement"."""
    since = session.scalar(
        select(LearningAgreement.in_force_at)
        .where(
            LearningAgreement.placement_id == placement.id,
            LearningAgreement.in_force_at.is_not(None),
        )
        .order_by(LearningAgreement.in_force_at)
        .limit(1)
    )
    zone = ZoneInfo(placement.institution.time_zone)
    return since.astimezone(zone).date() if since is not None else None
