"""Learning agreements: the signed plan, its objectives and its signatures."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.courses.models import Objective
from careerlink.db import (
    APPEND_ONLY,
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.competencies.models import Competency


class AgreementState(StrEnum):
    DRAFT = "draft"
    AWAITING_SUPERVISOR = "awaiting_supervisor"
    AWAITING_INSTRUCTOR = "awaiting_instructor"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REFUSED = "refused"


OPEN = ("draft", "awaiting_supervisor", "awaiting_instructor")


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
        sa.CheckConstraint("planned_minutes > 0", name="planned_minutes"),
        sa.CheckConstraint("starts_on <= ends_on", name="dates"),
        sa.CheckConstraint(
            "state <> 'in_force' OR in_force_at IS NOT NULL", name="force_dated"
        ),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[AgreementState] = state_column(AgreementState, AgreementState.DRAFT)
    state_since: Mapped[datetime] = created_at_column()
    planned_minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    tasks: Mapped[str] = mapped_column(default="")
    supervision_plan: Mapped[str] = mapped_column(default="")
    academic_work: Mapped[str] = mapped_column(default="")
    document_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 of the canonical text that the student signed; changes when any field does."""
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
    activity: Mapped[str]
    evidence: Mapped[str]
    judge: Mapped[Judge] = enum_column(Judge, default=Judge.SUPERVISOR)


class Party(StrEnum):
    STUDENT = "student"
    SUPERVISOR = "supervisor"
    INSTRUCTOR = "instructor"


class AgreementSignature(Base):
    """Append-only. A signature counts for the text whose hash it names, and for no other."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "party", "document_hash"),
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_signer"),
        APPEND_ONLY,
    )

    agreement_id: Mapped[int] = foreign_key("learning_agreement.id", index=False)
    party: Mapped[Party] = enum_column(Party)
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    name_id: Mapped[int] = foreign_key("erasable_text.id")
    name: Mapped[ErasableText] = relationship(foreign_keys=[name_id])
    """The name as typed."""
    method: Mapped[str] = mapped_column(sa.String(32))
    """``lms`` for a signed-in person, ``link`` for a supervisor."""
    document_hash: Mapped[str] = mapped_column(sa.String(64))
    document_id: Mapped[int] = foreign_key("erasable_text.id")
    document: Mapped[ErasableText] = relationship(foreign_keys=[document_id])
    """The text that was signed; kept when the agreement is written anew."""
    signed_at: Mapped[datetime] = created_at_column()
