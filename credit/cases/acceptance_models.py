"""The student's final acceptance of an award, where the policy asks for it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from careerlink.db import APPEND_ONLY, Base, created_at_column, foreign_key
from careerlink.people.models import Person
from credit.cases.models import Decision


class CreditAcceptance(Base):
    """Append-only: a later decision needs an acceptance of its own."""

    __tablename__ = "credit_acceptance"
    __table_args__ = (sa.UniqueConstraint("decision_id"), APPEND_ONLY)

    decision_id: Mapped[int] = foreign_key("decision.id", index=False)
    decision: Mapped[Decision] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    accepted_at: Mapped[datetime] = created_at_column()
