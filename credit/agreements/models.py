"""Learning agreements: the signed plan, its objectives and its signatures."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Objective
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from careerlink.placements.models import Placement
from credit.competencies.models import Competency, CompetencyWording


class AgreementState(StrEnum):
    DRAFT = "draft"
    AWAITING_SUPERVISOR = "awaiting_supervisor"
    AWAITING_INSTRUCTOR = "awaiting_instructor"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REFUSED = "refused"
    AWAITING_SIGNATURES = "awaiting_signatures"
    """A change to the version in force: whoever it concerns signs, in any order."""
    WITHDRAWN = "withdrawn"


OPEN = ("draft", "awaiting_supervisor", "awaiting_instructor")


class GradingBasis(StrEnum):
    LETTER = "letter"
    PASS_NO_PASS = "pass_no_pass"  # noqa: S105 - a grading basis
    COMPLETION = "completion"


class LearningAgreement(Base):
    __tablename__ = "learning_agreement"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "number"),
        sa.Index(
            "uq_learning_agreement_in_force",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        ),
        sa.Index(
            "uq_learning_agreement_open",
            "placement_id",
            unique=True,
            sqlite_where=sa.text(f"state IN {OPEN}"),
            postgresql_where=sa.text(f"state IN {OPEN}"),
        ),
        sa.Index(
            "uq_learning_agreement_amending",
            "placement_id",
            unique=True,
            sqlite_where=sa.text("state = 'awaiting_signatures'"),
            postgresql_where=sa.text("state = 'awaiting_signatures'"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('awaiting_signatures', 'withdrawn') OR amends_id IS NOT NULL",
            name="amendment_whole",
        ),
        sa.CheckConstraint("planned_minutes > 0", name="planned_minutes"),
        sa.CheckConstraint("starts_on <= ends_on", name="dates"),
        sa.CheckConstraint(
            "state <> 'in_force' OR in_force_at IS NOT NULL", name="force_dated"
        ),
        sa.CheckConstraint("credits_thousandths >= 0", name="credits"),
        sa.CheckConstraint("rework_rounds BETWEEN 0 AND 9", name="rework_rounds"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    number: Mapped[int] = mapped_column(default=1)
    amends_id: Mapped[int | None] = foreign_key("learning_agreement.id")
    """The version in force that this one was made from; absent for a plan of its own."""
    state: Mapped[AgreementState] = state_column(AgreementState, AgreementState.DRAFT)
    state_since: Mapped[datetime] = created_at_column()
    planned_minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    tasks: Mapped[str] = mapped_column(default="")
    supervision_plan: Mapped[str] = mapped_column(default="")
    academic_work: Mapped[str] = mapped_column(default="")
    schedule: Mapped[str] = mapped_column(default="")
    is_remote: Mapped[bool] = mapped_column(default=True)
    place: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    """State or province where the student is while working; remote or not."""
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    engagement: Mapped[Engagement | None] = enum_column(Engagement)
    payer: Mapped[Payer | None] = enum_column(Payer)
    pay_when: Mapped[str] = mapped_column(default="")
    is_for_credit: Mapped[bool] = mapped_column(default=True)
    credits_thousandths: Mapped[int | None]
    """What the student is enrolled for in the course, over all its projects."""
    grading_basis: Mapped[GradingBasis | None] = enum_column(GradingBasis)
    has_nda: Mapped[bool] = mapped_column(default=False)
    confidentiality: Mapped[str] = mapped_column(default="")
    ip_terms: Mapped[IpTerms | None] = enum_column(IpTerms)
    ai_rule: Mapped[AiRule | None] = enum_column(AiRule)
    data_access: Mapped[str] = mapped_column(default="")
    safety: Mapped[str] = mapped_column(default="")
    rework_rounds: Mapped[int | None]
    """How often the supervisor may ask for rework of one piece; absent: as the course says."""
    document_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 of the canonical text that the student signed; changes when any field does."""
    company_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """Of what binds the company in that text: what its people signed before may still hold."""
    document_id: Mapped[int | None] = foreign_key("erasable_text.id")
    document: Mapped[ErasableText | None] = relationship()
    """That text itself, as ``agreements.document`` wrote it."""
    returned_reason: Mapped[str] = mapped_column(default="")
    in_force_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    objectives: Mapped[list["LearningObjective"]] = relationship(
        back_populates="agreement",
        order_by="LearningObjective.position",
        cascade="all, delete-orphan",
    )
    deliverables: Mapped[list["AgreedDeliverable"]] = relationship(
        back_populates="agreement",
        order_by="AgreedDeliverable.position",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}


class Judge(StrEnum):
    SUPERVISOR = "supervisor"
    INSTRUCTOR = "instructor"
    BOTH = "both"


class LearningObjective(Base):
    __tablename__ = "learning_objective"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "position"),)

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id", index=False)
    agreement: Mapped[LearningAgreement] = relationship(back_populates="objectives")
    public_id: Mapped[str] = public_id_column()
    lineage: Mapped[str] = mapped_column(sa.String(16), index=True)
    """The same objective keeps this through versions; hours and evidence refer to it."""
    position: Mapped[int]
    text: Mapped[str]
    objective_id: Mapped[int | None] = foreign_key("objective.id")
    """The course objective that it was chosen from; absent for an own one."""
    objective: Mapped[Objective | None] = relationship()
    competency_id: Mapped[int | None] = foreign_key("competency.id")
    competency: Mapped[Competency | None] = relationship()
    wording_id: Mapped[int | None] = foreign_key("competency_wording.id")
    wording: Mapped[CompetencyWording | None] = relationship()
    """The competency's text as the student signed it; later edits leave it."""
    activity: Mapped[str]
    evidence: Mapped[str]
    judge: Mapped[Judge] = enum_column(Judge, default=Judge.SUPERVISOR)


class AgreedDeliverable(Base):
    """One thing to hand in, and by when."""

    __tablename__ = "agreed_deliverable"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "position"),)

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id", index=False)
    agreement: Mapped[LearningAgreement] = relationship(back_populates="deliverables")
    lineage: Mapped[str] = mapped_column(sa.String(16), index=True)
    """The same deliverable keeps this through versions, as an objective does."""
    position: Mapped[int]
    title: Mapped[str]
    due_on: Mapped[date | None]
    is_required: Mapped[bool] = mapped_column(default=True)
    is_final: Mapped[bool] = mapped_column(default=False)
    """With it the work is done; where no piece is, the required one that is due last."""
