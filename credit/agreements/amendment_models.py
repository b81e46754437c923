"""What a version of an agreement changes in the one before it, and who has to sign that."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, enum_column, foreign_key
from careerlink.partners.models import PartnerContact
from careerlink.people.models import Person
from credit.agreements.models import LearningAgreement


class ChangeKind(StrEnum):
    DATES = "dates"
    HOURS = "hours"
    SCOPE = "scope"
    """Tasks, objectives and what else the plan says."""
    SUPERVISOR = "supervisor"
    FINISH_EARLY = "finish_early"
    """The work is done before the agreed end."""
    END_EARLY = "end_early"
    CANCEL = "cancel"
    """Before the work has started."""


class Ending(StrEnum):
    """What becomes of the placement besides; one of them or none."""

    FINISH_EARLY = "finish_early"
    END_EARLY = "end_early"
    CANCEL = "cancel"


class AgreementAmendment(Base):
    """The proposal that a version came from; written once, with the version."""

    __tablename__ = "agreement_amendment"
    __table_args__ = (
        sa.CheckConstraint("person_id IS NULL OR contact_id IS NULL", name="one_proposer"),
    )

    agreement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("learning_agreement.id"), unique=True
    )
    agreement: Mapped[LearningAgreement] = relationship()
    kinds: Mapped[list[str]]
    """Of ``ChangeKind``, in its order."""
    signers: Mapped[list[str]]
    """Parties who sign it, as the policy said on the day it was proposed."""
    ending: Mapped[Ending | None] = enum_column(Ending)
    reason: Mapped[str]
    person_id: Mapped[int | None] = foreign_key("person.id")
    person: Mapped[Person | None] = relationship()
    contact_id: Mapped[int | None] = foreign_key("partner_contact.id")
    contact: Mapped[PartnerContact | None] = relationship()
    """Whoever proposed it: somebody signed in, or a supervisor; nobody after a hand-over."""
