"""Listings: projects that partners offer and staff release to courses."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.courses.models import Course, Objective
from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.institutions.models import Institution, Term
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.models import Person


class ListingState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Engagement(StrEnum):
    CONTRACTOR = "contractor"
    EMPLOYEE = "employee"
    UNIVERSITY_STIPEND = "university_stipend"
    UNPAID = "unpaid"


class IpTerms(StrEnum):
    ASSIGNED = "assigned"
    LICENSED = "licensed"
    UNIVERSITY = "university"


class AiRule(StrEnum):
    ALLOWED = "allowed"
    DISCLOSE = "disclose"
    NOT_WITH_PARTNER_DATA = "not_with_partner_data"
    NONE = "none"


class Payer(StrEnum):
    PARTNER = "partner"
    UNIVERSITY = "university"
    NOBODY = "nobody"


class Listing(Base):
    __tablename__ = "listing"
    __table_args__ = (
        sa.CheckConstraint("slots >= 1", name="slots"),
        sa.CheckConstraint("slots_held BETWEEN 0 AND slots", name="slots_held"),
        sa.CheckConstraint("planned_minutes > 0", name="planned_minutes"),
        sa.CheckConstraint("fee_minor >= 0", name="fee"),
        sa.CheckConstraint("starts_on <= ends_on", name="dates"),
        sa.CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL", name="published_dated"
        ),
        sa.Index("ix_listing_board", "institution_id", "state", "published_at"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    institution: Mapped[Institution] = relationship()
    partner_id: Mapped[int] = foreign_key("partner.id")
    partner: Mapped[Partner] = relationship()
    supervisor_id: Mapped[int | None] = foreign_key("partner_contact.id")
    supervisor: Mapped[PartnerContact | None] = relationship()
    public_id: Mapped[str] = public_id_column()
    state: Mapped[ListingState] = state_column(ListingState, ListingState.DRAFT)
    state_since: Mapped[datetime] = created_at_column()
    published_at: Mapped[datetime | None]
    title: Mapped[str]
    deliverable: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    learns: Mapped[str] = mapped_column(default="")
    asks: Mapped[str] = mapped_column(default="")
    supervision: Mapped[str] = mapped_column(default="")
    planned_minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    apply_by: Mapped[date | None]
    fee_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(sa.String(3))
    payer: Mapped[Payer] = enum_column(Payer, default=Payer.PARTNER)
    engagement: Mapped[Engagement] = enum_column(Engagement, default=Engagement.CONTRACTOR)
    floor_exception: Mapped[str] = mapped_column(default="")
    """Why staff let a fee below the institution's floor pass; empty when it does not."""
    is_remote: Mapped[bool] = mapped_column(default=True)
    place: Mapped[str] = mapped_column(default="")
    ip_terms: Mapped[IpTerms] = enum_column(IpTerms, default=IpTerms.ASSIGNED)
    has_nda: Mapped[bool] = mapped_column(default=False)
    ai_rule: Mapped[AiRule] = enum_column(AiRule, default=AiRule.DISCLOSE)
    data_access: Mapped[str] = mapped_column(default="")
    slots: Mapped[int] = mapped_column(default=1)
    slots_held: Mapped[int] = mapped_column(default=0)
    """Slots under a standing offer or an accepted one; changed by one UPDATE only."""
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()
    created_by_id: Mapped[int | None] = foreign_key("person.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def slots_left(self) -> int:
        return self.slots - self.slots_held

    @property
    def fee_per_hour_minor(self) -> int:
        """Rounded down, in minor units: never better than it is."""
        return self.fee_minor * 60 // self.planned_minutes


class ListingVersion(Base):
    """What a listing said when it was published or revised; applicants refer to it."""

    __tablename__ = "listing_version"
    __table_args__ = (sa.UniqueConstraint("listing_id", "number"),)

    listing_id: Mapped[int] = foreign_key("listing.id", index=False)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    created_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()


class ListingRelease(Base):
    """The course, or the whole term, in which students may see a listing; neither: all."""

    __tablename__ = "listing_release"
    __table_args__ = (
        sa.CheckConstraint("course_id IS NULL OR term_id IS NULL", name="one_scope"),
        sa.Index("ix_listing_release_course", "course_id", "withdrawn_at"),
    )

    listing_id: Mapped[int] = foreign_key("listing.id")
    listing: Mapped[Listing] = relationship()
    course_id: Mapped[int | None] = foreign_key("course.id", index=False)
    course: Mapped[Course | None] = relationship()
    term_id: Mapped[int | None] = foreign_key("term.id")
    term: Mapped[Term | None] = relationship()
    released_by_id: Mapped[int | None] = foreign_key("person.id")
    released_at: Mapped[datetime] = created_at_column()
    withdrawn_at: Mapped[datetime | None]


class Skill(Base):
    __tablename__ = "skill"
    __table_args__ = (sa.UniqueConstraint("institution_id", "slug"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    slug: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str]


class ListingSkill(Base):
    __tablename__ = "listing_skill"
    __table_args__ = (sa.UniqueConstraint("listing_id", "skill_id"),)

    listing_id: Mapped[int] = foreign_key("listing.id", index=False)
    skill_id: Mapped[int] = foreign_key("skill.id")
    skill: Mapped[Skill] = relationship()


class ListingObjective(Base):
    __tablename__ = "listing_objective"
    __table_args__ = (sa.UniqueConstraint("listing_id", "objective_id"),)

    listing_id: Mapped[int] = foreign_key("listing.id", index=False)
    objective_id: Mapped[int] = foreign_key("objective.id")
    objective: Mapped[Objective] = relationship()


class PersonSkill(Base):
    """What a student says they can do; the board compares it with what a listing asks."""

    __tablename__ = "person_skill"
    __table_args__ = (sa.UniqueConstraint("person_id", "skill_id"),)

    person_id: Mapped[int] = foreign_key("person.id", index=False)
    skill_id: Mapped[int] = foreign_key("skill.id")
    skill: Mapped[Skill] = relationship()


class SavedListing(Base):
    __tablename__ = "saved_listing"
    __table_args__ = (sa.UniqueConstraint("person_id", "listing_id"),)

    person_id: Mapped[int] = foreign_key("person.id", index=False)
    person: Mapped[Person] = relationship()
    listing_id: Mapped[int] = foreign_key("listing.id")
    saved_at: Mapped[datetime] = created_at_column()
