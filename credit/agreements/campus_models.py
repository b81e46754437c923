"""What the campus says in every plan; and whom to call, which no signed text ever holds."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, created_at_column, foreign_key


class CampusWording(Base):
    """One clause in the institution’s own words; absent, those of ``agreements.wording``."""

    __tablename__ = "campus_wording"
    __table_args__ = (sa.UniqueConstraint("institution_id", "clause"),)

    institution_id: Mapped[int] = foreign_key("institution.id", index=False)
    clause: Mapped[str] = mapped_column(sa.String(32))
    text: Mapped[str]
    written_by_id: Mapped[int | None] = foreign_key("person.id")
    written_at: Mapped[datetime] = created_at_column()


class EmergencyContact(Base):
    """For the career office alone: never on a supervisor's page, nor in what anybody signs."""

    __tablename__ = "emergency_contact"
    __table_args__ = (sa.UniqueConstraint("placement_id"),)

    placement_id: Mapped[int] = foreign_key("placement.id", index=False)
    name: Mapped[str]
    phone: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime] = created_at_column()
