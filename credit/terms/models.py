"""What the career office does at the end of a term beside the records' own moves."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from careerlink.audit import ErasableText
from careerlink.db import Base, created_at_column, foreign_key
from careerlink.institutions.models import Term
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.cases.models import CreditCase


class ClosingProposal(Base):
    """Staff decide on no credit: they ask the instructor to mark a case incomplete."""

    __tablename__ = "closing_proposal"
    __table_args__ = (
        sa.Index(
            "uq_closing_proposal_open",
            "credit_case_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    credit_case_id: Mapped[int] = foreign_key("credit_case.id", index=False)
    credit_case: Mapped[CreditCase] = relationship()
    reason_id: Mapped[int] = foreign_key("erasable_text.id")
    reason: Mapped[ErasableText] = relationship()
    proposed_by_id: Mapped[int] = foreign_key("person.id")
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    proposed_at: Mapped[datetime] = created_at_column()
    ended_at: Mapped[datetime | None]
    """The case was decided, one way or another, or the instructor said no."""
    declined_by_id: Mapped[int | None] = foreign_key("person.id")
    """Set where the instructor leaves the case open all the same."""


class TermThanks(Base):
    """A contact is thanked once for a term, however often somebody presses the button."""

    __tablename__ = "term_thanks"
    __table_args__ = (sa.UniqueConstraint("term_id", "contact_id"),)

    term_id: Mapped[int] = foreign_key("term.id", index=False)
    term: Mapped[Term] = relationship()
    contact_id: Mapped[int] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact] = relationship()
    placement_id: Mapped[int] = foreign_key("placement.id")
    """Whose link the mail carries: the latest that this contact saw to the end."""
    asked_by_id: Mapped[int] = foreign_key("person.id")
    asked_at: Mapped[datetime] = created_at_column()
