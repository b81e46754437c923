"""What is said about evidence: by supervisors on deliverables, by instructors on objectives."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.audit import ErasableText
from careerlink.db import APPEND_ONLY, Base, created_at_column, enum_column, foreign_key
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.evidence.models import DeliverableVersion


class ReviewOutcome(StrEnum):
    ACCEPTED = "accepted"
    REWORK = "rework"
    REFERRED = "referred"
    """More rework than agreed: the supervisor asked the career office."""
    ONE_MORE_ROUND = "one_more_round"
    ON_EVIDENCE = "on_evidence"


class DeliverableReview(Base):
    """Append-only: one answer to one version, by the supervisor or the career office."""

    __tablename__ = "deliverable_review"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (contact_id IS NULL)", name="one_author"),
        APPEND_ONLY,
    )

    deliverable_version_id: Mapped[int] = foreign_key("deliverable_version.id")
    deliverable_version: Mapped[DeliverableVersion] = relationship()
    outcome: Mapped[ReviewOutcome] = enum_column(ReviewOutcome)
    words_id: Mapped[int | None] = foreign_key("erasable_text.id")
    words: Mapped[ErasableText | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    reviewed_at: Mapped[datetime] = created_at_column()

    criteria: Mapped[list["AttestedCriterion"]] = relationship(order_by="AttestedCriterion.id")
    """For confidential work: what the supervisor attests in place of an upload."""


class Attested(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class AttestedCriterion(Base):
    """Append-only: one criterion of an attestation with its answer."""

    __tablename__ = "attested_criterion"
    __table_args__ = (sa.UniqueConstraint("deliverable_review_id", "criterion"), APPEND_ONLY)

    deliverable_review_id: Mapped[int] = foreign_key("deliverable_review.id", index=False)
    criterion: Mapped[str] = mapped_column(sa.String(24))
    """``whole``, ``own`` or ``usable``, or ``o_`` and the lineage of an objective."""
    answer: Mapped[Attested] = enum_column(Attested)


class Verdict(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class ObjectiveJudgement(Base):
    """Append-only: what the instructor finds of one objective; the highest number stands."""

    __tablename__ = "objective_judgement"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "objective_lineage", "number"),
        APPEND_ONLY,
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    objective_lineage: Mapped[str] = mapped_column(sa.String(16))
    number: Mapped[int] = mapped_column(default=1)
    verdict: Mapped[Verdict] = enum_column(Verdict)
    comment_id: Mapped[int | None] = foreign_key("erasable_text.id")
    comment: Mapped[ErasableText | None] = relationship()
    judged_by_id: Mapped[int] = foreign_key("person.id")
    judged_by: Mapped[Person] = relationship()
    judged_at: Mapped[datetime] = created_at_column()
