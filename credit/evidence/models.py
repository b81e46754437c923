"""Milestones, deliverables and their versions: what a placement has to show."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.files.models import Attachment
from careerlink.people.models import Person
from careerlink.placements.models import Placement


class Milestone(Base):
    """A day that the agreement names. The student says when it is reached."""

    __tablename__ = "milestone"
    __table_args__ = (sa.UniqueConstraint("placement_id", "lineage"),)

    placement_id: Mapped[int] = foreign_key("placement.id")
    lineage: Mapped[str | None] = mapped_column(sa.String(16))
    """Of the agreed deliverable that is due then."""
    title: Mapped[str]
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]


class DeliverableState(StrEnum):
    AWAITED = "awaited"
    HANDED_IN = "handed_in"
    REWORK_ASKED = "rework_asked"
    WITH_OFFICE = "with_office"
    """The agreed rounds of rework are used up; the career office helps both."""
    ACCEPTED = "accepted"
    ACCEPTED_ON_EVIDENCE = "accepted_on_evidence"
    """By the office, as the supervisor stayed silent or the rounds were used up."""
    NO_LONGER_AGREED = "no_longer_agreed"


class Deliverable(Base):
    """One thing to hand in: agreed upon, or added by the student. Its versions name it."""

    __tablename__ = "deliverable"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "lineage"),
        sa.CheckConstraint("rounds >= 0", name="rounds"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    public_id: Mapped[str] = public_id_column()
    """What its versions keep as ``piece``."""
    lineage: Mapped[str | None] = mapped_column(sa.String(16))
    """Of the agreed deliverable; absent for what the student added."""
    title: Mapped[str]
    due_on: Mapped[date | None]
    is_required: Mapped[bool] = mapped_column(default=False)
    """The work is completed when all of these are accepted."""
    is_final: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[DeliverableState] = state_column(DeliverableState, DeliverableState.AWAITED)
    state_since: Mapped[datetime] = created_at_column()
    rounds: Mapped[int] = mapped_column(default=0)
    """How often rework was asked for."""
    most_rounds: Mapped[int] = mapped_column(default=2)
    """How often it may be, before the career office is asked."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


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
    """What the versions share: the deliverable's ``public_id``, or ``reflection``."""
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


class DeliverableObjective(Base):
    __tablename__ = "deliverable_objective"
    __table_args__ = (sa.UniqueConstraint("deliverable_version_id", "objective_lineage"),)

    deliverable_version_id: Mapped[int] = foreign_key("deliverable_version.id", index=False)
    objective_lineage: Mapped[str] = mapped_column(sa.String(16), index=True)
