"""From application to placement: who asked, what was offered, and the work of one student."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from careerlink.institutions.models import Institution
from careerlink.listings.models import Listing, ListingVersion
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.models import Person


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAIT_LISTED = "wait_listed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ENDED = ("declined", "not_selected", "withdrawn", "expired")


class Application(Base):
    __tablename__ = "application"
    __table_args__ = (
        # One live application, and so at most one accepted, per student and listing.
        sa.Index(
            "uq_application_live",
            "person_id",
            "listing_id",
            unique=True,
            sqlite_where=sa.text(f"state NOT IN {ENDED}"),
            postgresql_where=sa.text(f"state NOT IN {ENDED}"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL OR state = 'withdrawn'",
            name="submitted_dated",
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    public_id: Mapped[str] = public_id_column()
    course_id: Mapped[int] = foreign_key("course.id")
    course: Mapped[Course] = relationship()
    person_id: Mapped[int] = foreign_key("person.id", index=False)
    person: Mapped[Person] = relationship()
    listing_id: Mapped[int] = foreign_key("listing.id")
    listing: Mapped[Listing] = relationship()
    listing_version_id: Mapped[int | None] = foreign_key("listing_version.id")
    listing_version: Mapped[ListingVersion | None] = relationship()
    state: Mapped[ApplicationState] = state_column(ApplicationState, ApplicationState.DRAFT)
    state_since: Mapped[datetime] = created_at_column()
    statement: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    __mapper_args__ = {"version_id_col": version}


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    VOID = "void"


class Offer(Base):
    """One offer holds one slot until it is answered or its clock runs out."""

    __tablename__ = "offer"
    __table_args__ = (
        sa.Index(
            "uq_offer_open",
            "application_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answer_whole"),
    )

    application_id: Mapped[int] = foreign_key("application.id")
    application: Mapped[Application] = relationship()
    state: Mapped[OfferState] = state_column(OfferState, OfferState.OPEN)
    state_since: Mapped[datetime] = created_at_column()
    made_by_id: Mapped[int | None] = foreign_key("person.id")
    made_by: Mapped[Person | None] = relationship()
    made_at: Mapped[datetime] = created_at_column()
    answer_by: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class PlacementState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    WORK_COMPLETED = "work_completed"
    CLOSED = "closed"
    ENDED_EARLY = "ended_early"
    CANCELLED = "cancelled"


UNFINISHED = (PlacementState.PLANNED, PlacementState.ACTIVE)
"""The work is still to be done."""
RUNNING = (*UNFINISHED, PlacementState.WORK_COMPLETED)
"""Not at its end: what was done may still have to be confirmed and evaluated."""


class Placement(Base):
    __tablename__ = "placement"
    __table_args__ = (
        # However often somebody presses Accept, one placement comes of it.
        sa.UniqueConstraint("application_id"),
        sa.CheckConstraint("planned_minutes > 0", name="planned_minutes"),
        sa.CheckConstraint("starts_on <= ends_on", name="dates"),
        sa.CheckConstraint("fee_minor >= 0", name="fee"),
        sa.Index("ix_placement_course_person", "course_id", "person_id"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    public_id: Mapped[str] = public_id_column()
    course_id: Mapped[int] = foreign_key("course.id", index=False)
    course: Mapped[Course] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    partner_id: Mapped[int] = foreign_key("partner.id")
    partner: Mapped[Partner] = relationship()
    listing_id: Mapped[int | None] = foreign_key("listing.id")
    listing: Mapped[Listing | None] = relationship()
    application_id: Mapped[int | None] = foreign_key("application.id", index=False)
    application: Mapped[Application | None] = relationship()
    title: Mapped[str]
    deliverable: Mapped[str] = mapped_column(default="")
    state: Mapped[PlacementState] = state_column(PlacementState, PlacementState.PLANNED)
    state_since: Mapped[datetime] = created_at_column()
    planned_minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    fee_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(sa.String(3))
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    __mapper_args__ = {"version_id_col": version}


class Supervision(Base):
    """Who supervised a placement, from when until when; a hand-over ends one and begins one."""

    __tablename__ = "supervision"
    __table_args__ = (
        sa.Index(
            "uq_supervision_current",
            "placement_id",
            "contact_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    contact_id: Mapped[int] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact] = relationship()
    began_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]


class ConsentPurpose(StrEnum):
    APPLICATION = "application"
    SUPERVISION = "supervision"


class Consent(Base):
    """Signed and dated permission to disclose: records, purpose, party (34 CFR 99.30)."""

    __tablename__ = "consent"
    __table_args__ = (
        sa.CheckConstraint(
            "(application_id IS NULL) <> (placement_id IS NULL)", name="one_subject"
        ),
    )

    person_id: Mapped[int] = foreign_key("person.id")
    application_id: Mapped[int | None] = foreign_key("application.id")
    placement_id: Mapped[int | None] = foreign_key("placement.id")
    purpose: Mapped[ConsentPurpose] = enum_column(ConsentPurpose)
    records: Mapped[list[str]]
    purpose_text: Mapped[str]
    party: Mapped[str]
    only_contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    """Set when the student consents to this person alone, not to whoever supervises there."""
    text: Mapped[str] = mapped_column(default="")
    """All that was on the page when it was signed."""
    text_version: Mapped[str] = mapped_column(sa.String(32))
    signed_name: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime] = created_at_column()
    until: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]


class Disclosure(Base):
    """One view of student data by an outsider (34 CFR 99.32)."""

    __tablename__ = "disclosure"
    __table_args__ = (APPEND_ONLY,)

    institution_id: Mapped[int] = foreign_key("institution.id")
    person_id: Mapped[int] = foreign_key("person.id")
    placement_id: Mapped[int | None] = foreign_key("placement.id")
    placement: Mapped[Placement | None] = relationship()
    application_id: Mapped[int | None] = foreign_key("application.id")
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    access_link_id: Mapped[int | None] = foreign_key("access_link.id")
    consent_id: Mapped[int | None] = foreign_key("consent.id")
    consent: Mapped[Consent | None] = relationship()
    records: Mapped[list[str]]
    page: Mapped[str] = mapped_column(sa.String(64))
    disclosed_at: Mapped[datetime] = created_at_column()
