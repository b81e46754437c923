"""Partners: who they are, whom we know there, and how they were vetted."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from careerlink.db import (
    Base,
    created_at_column,
    enum_column,
    foreign_key,
    public_id_column,
    state_column,
)
from careerlink.files.models import Attachment
from careerlink.institutions.models import Institution
from careerlink.partners.likeness import domain_of, name_key
from careerlink.people.models import Person


class PartnerState(StrEnum):
    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    PAUSED = "paused"
    DECLINED = "declined"


class PartnerKind(StrEnum):
    COMPANY = "company"
    NONPROFIT = "nonprofit"
    PUBLIC_BODY = "public_body"


class Partner(Base):
    __tablename__ = "partner"
    __table_args__ = (
        sa.UniqueConstraint("institution_id", "name"),
        # Approval is whole or absent, and always ends on a day.
        sa.CheckConstraint(
            "state <> 'approved' OR (approved_until IS NOT NULL AND approved_at IS NOT NULL)",
            name="approval_dated",
        ),
        sa.Index("ix_partner_likeness", "institution_id", "name_key"),
        sa.Index("ix_partner_domain", "institution_id", "domain"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    institution: Mapped[Institution] = relationship()
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default="")
    """The name without case, accents and legal form: two partners with one are looked at."""
    kind: Mapped[PartnerKind] = enum_column(PartnerKind, default=PartnerKind.COMPANY)
    field: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    domain: Mapped[str] = mapped_column(default="")
    """Of the website, without "www."."""
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="US")
    about: Mapped[str] = mapped_column(default="")
    state: Mapped[PartnerState] = state_column(PartnerState, PartnerState.PROPOSED)
    state_since: Mapped[datetime] = created_at_column()
    approved_at: Mapped[datetime | None]
    approved_until: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    checks: Mapped[list["PartnerCheck"]] = relationship(
        back_populates="partner", order_by="PartnerCheck.id"
    )

    __mapper_args__ = {"version_id_col": version}

    @validates("name")
    def _keep_name_key(self, _key: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

    @validates("website")
    def _keep_domain(self, _key: str, website: str) -> str:
        self.domain = domain_of(website)
        return website

    def may_start_new(self, on: date) -> bool:
        """Approved, not paused, and the approval has not run out: new work may begin."""
        return (
            self.state == PartnerState.APPROVED
            and self.approved_until is not None
            and on <= self.approved_until
        )


class PartnerContact(Base):
    """A person at a partner. One row a mail address, so a supervisor may serve two partners."""

    __tablename__ = "partner_contact"
    __table_args__ = (sa.UniqueConstraint("institution_id", "email"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    email: Mapped[str]
    """Lower case. Links go here, so only staff may set or verify it."""
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str | None] = mapped_column(sa.String(64))
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = foreign_key("person.id")
    verified_by: Mapped[Person | None] = relationship()
    left_at: Mapped[datetime | None]
    reminders_stopped_at: Mapped[datetime | None]
    """They want no reminders; what they must get, a signature or an evaluation, still comes."""
    created_at: Mapped[datetime] = created_at_column()


class ContactAtPartner(Base):
    __tablename__ = "partner_contact_partner"
    __table_args__ = (sa.UniqueConstraint("partner_id", "contact_id"),)

    partner_id: Mapped[int] = foreign_key("partner.id", index=False)
    partner: Mapped[Partner] = relationship()
    contact_id: Mapped[int] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact] = relationship()


class CheckOutcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class PartnerCheck(Base):
    """One answer to one item of the vetting checklist; a new answer is a new row."""

    __tablename__ = "partner_check"

    partner_id: Mapped[int] = foreign_key("partner.id")
    partner: Mapped[Partner] = relationship(back_populates="checks")
    item: Mapped[str] = mapped_column(sa.String(48))
    """Key in ``partners.checklist``."""
    outcome: Mapped[CheckOutcome] = enum_column(CheckOutcome)
    evidence: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int | None] = foreign_key("person.id")
    checked_by: Mapped[Person | None] = relationship()
    checked_at: Mapped[datetime] = created_at_column()


class DocumentKind(StrEnum):
    AFFILIATION_AGREEMENT = "affiliation_agreement"
    NDA = "nda"
    INSURANCE = "insurance"
    OTHER = "other"


class PartnerDocument(Base):
    __tablename__ = "partner_document"

    partner_id: Mapped[int] = foreign_key("partner.id")
    partner: Mapped[Partner] = relationship()
    kind: Mapped[DocumentKind] = enum_column(DocumentKind)
    title: Mapped[str]
    attachment_id: Mapped[int | None] = foreign_key("attachment.id")
    attachment: Mapped[Attachment | None] = relationship()
    expires_on: Mapped[date | None]
    added_by_id: Mapped[int | None] = foreign_key("person.id")
    added_at: Mapped[datetime] = created_at_column()
