"""Milestones, deliverables and reflections: what a placement has to show for its objectives."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, enum_column, foreign_key, public_id_column
from careerlink.files.models import Attachment
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class Milestone(Base):
    __tablename__ = "milestone"

    placement_id: Mapped[int] = foreign_key("placement.id")
    title: Mapped[str]
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"
    REFLECTION = "reflection"
    ATTESTED = "attested"
    """Confidential work that the supervisor attests without an upload."""


class DeliverableVersion(Base):
    """One version of one piece of evidence; an older one stays when a newer one comes."""

    __tablename__ = "deliverable_version"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "piece", "number"),
        sa.CheckConstraint("(kind = 'file') = (attachment_id IS NOT NULL)", name="file_whole"),
        sa.CheckConstraint("(kind = 'link') = (url IS NOT NULL)", name="link_whole"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    piece: Mapped[str] = mapped_column(sa.String(16))
    """What the versions of one piece share."""
    number: Mapped[int] = mapped_column(default=1)
    kind: Mapped[EvidenceKind] = enum_column(EvidenceKind)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    """The reflection itself, or a note to a file or link."""
    url: Mapped[str | None]
    attachment_id: Mapped[int | None] = foreign_key("attachment.id")
    attachment: Mapped[Attachment | None] = relationship()
    handed_in_by_id: Mapped[int | None] = foreign_key("person.id")
    handed_in_by: Mapped[Person | None] = relationship()
    handed_in_at: Mapped[datetime] = created_at_column()
    is_late: Mapped[bool] = mapped_column(default=False)

    objectives: Mapped[list["DeliverableObjective"]] = relationship(
        order_by="DeliverableObjective.id"
    )


class ReflectionDraft(Base):
    """What is being written; emptied when it is handed in."""

    __tablename__ = "reflection_draft"
    __table_args__ = (sa.UniqueConstraint("placement_id"),)

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    text: Mapped[str]
    saved_at: Mapped[datetime] = created_at_column()


class DeliverableObjective(Base):
    __tablename__ = "deliverable_objective"
    __table_args__ = (sa.UniqueConstraint("deliverable_version_id", "objective_lineage"),)

    deliverable_version_id: Mapped[int] = foreign_key("deliverable_version.id", index=False)
    objective_lineage: Mapped[str] = mapped_column(sa.String(16), index=True)
