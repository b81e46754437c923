"""Credit cases and decisions: one student in one course, any number of placements."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Course
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.approvals.roles import ApproverRole
from credit.policy.models import CreditPolicyVersion


class CaseState(StrEnum):
    OPEN = "open"
    READY = "ready"
    IN_APPROVAL = "in_approval"
    RETURNED = "returned"
    APPROVED = "approved"
    DENIED = "denied"
    INCOMPLETE = "incomplete"
    APPEALED = "appealed"
    DROPPED = "dropped"


class CreditCase(Base):
    __tablename__ = "credit_case"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "person_id"),
        sa.Index("ix_credit_case_queue", "course_id", "state", "state_since", "id"),
        sa.Index("ix_credit_case_mover", "course_id", "mover", "state_since", "id"),
        sa.Index("ix_credit_case_wait", "course_id", "state_since", "id"),
        sa.Index("ix_credit_case_turns", "course_id", "turns_at"),
        sa.Index("ix_credit_case_approvals", "institution_id", "awaits", "state_since", "id"),
        sa.Index("ix_credit_case_course_approvals", "course_id", "awaits", "state_since", "id"),
        sa.CheckConstraint(
            "(awaits IS NOT NULL) = (state IN ('in_approval', 'appealed'))",
            name="awaits_whole",
        ),
        sa.CheckConstraint("step >= 1", name="step"),
        sa.CheckConstraint("academic_minutes >= 0", name="academic_minutes"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    assigned_to_id: Mapped[int | None] = foreign_key("person.id")
    """The instructor that routing or a hand-over named; absent: all of the course see to it."""
    assigned_to: Mapped[Person | None] = relationship(foreign_keys=[assigned_to_id])
    policy_version_id: Mapped[int] = foreign_key("credit_policy_version.id")
    policy_version: Mapped[CreditPolicyVersion] = relationship()
    state: Mapped[CaseState] = state_column(CaseState, CaseState.OPEN)
    state_since: Mapped[datetime] = created_at_column()
    step: Mapped[int] = mapped_column(default=1)
    """Which step of the policy's chain acts next; the first is the instructor's."""
    awaits: Mapped[ApproverRole | None] = enum_column(ApproverRole)
    """Who acts next in approval or on an appeal; so that their desk needs one index."""
    academic_minutes: Mapped[int] = mapped_column(default=0)
    """Academic work beside the site time, as the instructor records it."""
    returned_reason: Mapped[str] = mapped_column(default="")
    resubmit_by: Mapped[date | None]
    """Last day on which a returned case can come back; set with the return."""
    waits_until: Mapped[date | None]
    """A silent supervisor: the instructor chose to wait until this day."""
    incomplete_until: Mapped[date | None]
    """The last day on which an incomplete case may be finished."""
    accept_by: Mapped[date | None]
    """Until when the student is asked to accept the award; absent: nobody asks."""
    dropped_on: Mapped[date | None]
    """The day on campus on which the student left, while the case is dropped."""
    dropped_from: Mapped[CaseState | None] = enum_column(CaseState, check="dropped_from")
    """Where the case stood then: there it goes on when the student is back."""
    opened_at: Mapped[datetime] = created_at_column()
    mover: Mapped[str | None] = mapped_column(sa.String(16))
    """Whose move it is, as ``whose_move`` worked out last; nothing: not worked out yet."""
    turns_at: Mapped[datetime | None]
    """When that may change with nobody doing anything: a day to answer passes."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CreditCasePlacement(Base):
    """A placement is in at most one case at a time; a move leaves its row behind."""

    __tablename__ = "credit_case_placement"
    __table_args__ = (
        sa.Index(
            "uq_credit_case_placement_current",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("moved_at IS NULL"),
            postgresql_where=sa.text("moved_at IS NULL"),
        ),
        sa.CheckConstraint(
            "(decided_without_at IS NULL) = (decided_without_reason_id IS NULL)",
            name="decided_without_whole",
        ),
        sa.CheckConstraint(
            "(left_out_at IS NULL) = (left_out_reason_id IS NULL)", name="left_out_whole"
        ),
    )

    credit_case_id: Mapped[int] = foreign_key("credit_case.id")
    credit_case: Mapped[CreditCase] = relationship(foreign_keys=[credit_case_id])
    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    added_at: Mapped[datetime] = created_at_column()
    moved_at: Mapped[datetime | None]
    moved_to_id: Mapped[int | None] = foreign_key("credit_case.id")
    decided_without_at: Mapped[datetime | None]
    """No evaluation came, and the instructor decides on the other evidence."""
    decided_without_by_id: Mapped[int | None] = foreign_key("person.id")
    decided_without_reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    decided_without_reason: Mapped[ErasableText | None] = relationship(
        foreign_keys=[decided_without_reason_id]
    )
    left_out_at: Mapped[datetime | None]
    """The project goes on without credit: it stays in the case and counts nothing."""
    left_out_by_id: Mapped[int | None] = foreign_key("person.id")
    left_out_by: Mapped[Person | None] = relationship(foreign_keys=[left_out_by_id])
    left_out_reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    left_out_reason: Mapped[ErasableText | None] = relationship(
        foreign_keys=[left_out_reason_id]
    )


class DecisionOutcome(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    DENIED = "denied"
    INCOMPLETE = "incomplete"
    VOIDED = "voided"


class Basis(StrEnum):
    CREDIT = "credit"
    NON_CREDIT = "non_credit"


class Decision(Base):
    """Append-only: one step in a case, with everything it was decided upon."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("credit_case_id", "number"),
        # A decision is whole or absent, whatever code wrote it.
        sa.CheckConstraint(
            "(outcome = 'approved') = (credits_thousandths IS NOT NULL)", name="credits_whole"
        ),
        sa.CheckConstraint(
            "credits_thousandths IS NULL OR credits_thousandths > 0"
            " OR (credits_thousandths = 0 AND basis = 'non_credit')",
            name="credits_positive",
        ),
        sa.CheckConstraint("(outcome = 'voided') = (voids_id IS NOT NULL)", name="void_whole"),
        APPEND_ONLY,
    )

    credit_case_id: Mapped[int] = foreign_key("credit_case.id", index=False)
    credit_case: Mapped[CreditCase] = relationship()
    public_id: Mapped[str] = public_id_column()
    number: Mapped[int]
    outcome: Mapped[DecisionOutcome] = enum_column(DecisionOutcome)
    basis: Mapped[Basis] = enum_column(Basis, default=Basis.CREDIT)
    credits_thousandths: Mapped[int | None]
    computed_thousandths: Mapped[int | None]
    """What the policy gave; differs from the award only with an override reason."""
    step: Mapped[int] = mapped_column(default=1)
    is_final: Mapped[bool] = mapped_column(default=True)
    reason_id: Mapped[int | None] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText | None] = relationship()
    decided_by_id: Mapped[int] = foreign_key("person.id")
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])
    acting_for_id: Mapped[int | None] = foreign_key("person.id")
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])
    as_role: Mapped[ApproverRole | None] = enum_column(ApproverRole)
    """As what they decided; nothing for the instructor of the course."""
    decided_at: Mapped[datetime] = created_at_column()
    voids_id: Mapped[int | None] = foreign_key("decision.id")
    voided: Mapped["Decision | None"] = relationship(
        foreign_keys=[voids_id], remote_side="Decision.id"
    )
    replaces_id: Mapped[int | None] = foreign_key("decision.id")
    """The final one in whose place this stands since an appeal."""
    policy_version_id: Mapped[int] = foreign_key("credit_policy_version.id")
    policy_version: Mapped[CreditPolicyVersion] = relationship()
    inputs: Mapped[dict[str, Any]]
    """Frozen: ids, figures and hashes from which the sum can be replayed for ever."""
    inputs_hash: Mapped[str] = mapped_column(sa.String(64))

    @property
    def by(self) -> str:
        """Who decided: "B. Delegate for A. Instructor" where somebody acted for another."""
        name = self.decided_by.label
        return f"{name} for {self.acting_for.label}" if self.acting_for else name


class GradeDelivery(Base):
    """Which decision a gradebook was told about, and by which message."""

    __tablename__ = "grade_delivery"
    __table_args__ = (sa.UniqueConstraint("decision_id", "context_key"),)

    decision_id: Mapped[int] = foreign_key("decision.id", index=False)
    decision: Mapped[Decision] = relationship()
    context_key: Mapped[str] = mapped_column(sa.String(32))
    """The LTI context that was told; a case in twin contexts may have been told twice."""
    lti_score_id: Mapped[int | None] = foreign_key("lti_score.id")
    outbox_message_id: Mapped[int | None] = foreign_key("outbox_message.id")
    queued_at: Mapped[datetime] = created_at_column()
