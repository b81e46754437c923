"""Who asked that somebody else supervises, and codes that open a link by telephone."""

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
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.tokens import AccessLink


class HandOverReason(StrEnum):
    LEFT = "left"
    WRONG_PERSON = "wrong_person"
    NEVER_MET = "never_met"
    STANDS_IN = "stands_in"
    """A colleague was asked because the supervisor stayed silent, and has answered."""
    OFFICE = "office"
    """Career staff arranged it."""


class HandOverState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HandOverRequest(Base):
    """The question whether somebody else supervises; staff check the address and answer."""

    __tablename__ = "hand_over_request"
    __table_args__ = (
        # However often the button is pressed, one question waits.
        sa.Index(
            "uq_hand_over_request_asked",
            "placement_id",
            "contact_id",
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR (successor_id IS NOT NULL AND from_on IS NOT NULL)",
            name="approval_whole",
        ),
        sa.CheckConstraint("state <> 'declined' OR answer <> ''", name="declined_with_words"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    placement: Mapped[Placement] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    """Who said so by link."""
    contact: Mapped[PartnerContact | None] = relationship(foreign_keys=[contact_id])
    access_link_id: Mapped[int | None] = foreign_key("access_link.id")
    access_link: Mapped[AccessLink | None] = relationship()
    reason: Mapped[HandOverReason] = enum_column(HandOverReason)
    note: Mapped[str] = mapped_column(default="")
    proposed_name: Mapped[str] = mapped_column(default="")
    """Empty for "I do not know who"."""
    proposed_title: Mapped[str] = mapped_column(default="")
    proposed_email: Mapped[str] = mapped_column(default="")
    """As typed: no mail goes there before staff have verified it."""
    passes_draft: Mapped[bool] = mapped_column(default=False)
    asks_former: Mapped[bool] = mapped_column(default=False)
    """Staff say that whoever supervised so far still reads mail, and evaluates their part."""
    state: Mapped[HandOverState] = state_column(HandOverState, HandOverState.ASKED)
    state_since: Mapped[datetime] = created_at_column()
    successor_id: Mapped[int | None] = foreign_key("partner_contact.id")
    successor: Mapped[PartnerContact | None] = relationship(foreign_keys=[successor_id])
    from_on: Mapped[date | None]
    """The successor's first day; a day to come waits for the sweep."""
    carried_out_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = foreign_key("person.id")
    decided_by: Mapped[Person | None] = relationship()
    answer: Mapped[str] = mapped_column(default="")
    """Why it was declined, for the person who asked."""
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = created_at_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_to_come(self) -> bool:
        return self.state == HandOverState.APPROVED and self.carried_out_at is None


class LinkCode(Base):
    """A short code that staff read out, in place of one link's address; it works once."""

    __tablename__ = "link_code"
    __table_args__ = (
        sa.Index(
            "uq_link_code_open",
            "selector",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    access_link_id: Mapped[int] = foreign_key("access_link.id")
    access_link: Mapped[AccessLink] = relationship()
    selector: Mapped[str] = mapped_column(sa.String(8))
    """The first half: which code somebody means, so that wrong second halves are counted."""
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    given_by_id: Mapped[int | None] = foreign_key("person.id")
    given_by: Mapped[Person | None] = relationship()
    wrong_attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """Used, replaced, guessed at too often, or over."""


class CodeAttempt(Base):
    """One wrong code from one place, kept for an hour; all processes count the same rows."""

    __tablename__ = "code_attempt"
    __table_args__ = (sa.Index("ix_code_attempt_origin", "origin_hash", "attempted_at"),)

    origin_hash: Mapped[str] = mapped_column(sa.String(64))
    attempted_at: Mapped[datetime] = mapped_column(index=True)
