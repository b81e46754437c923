"""Institutions, the tenants, and their terms."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, foreign_key


class Institution(Base):
    __tablename__ = "institution"
    __table_args__ = (sa.CheckConstraint("fee_floor_minor >= 0", name="fee_floor"),)

    slug: Mapped[str] = mapped_column(sa.String(63), unique=True)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="America/New_York")
    locale: Mapped[str] = mapped_column(sa.String(16), default="en")
    currency: Mapped[str] = mapped_column(sa.String(3), default="USD")
    fee_floor_minor: Mapped[int] = mapped_column(default=2000)
    """Least fee per planned hour of a listing, in minor units: campus policy, not law."""
    office_email: Mapped[str | None]
    approvers_named: Mapped[bool] = mapped_column(default=False)
    """Where no roster is served, only persons whom staff named may decide."""
    shared_sis: Mapped[bool] = mapped_column(default=False)
    """All registrations of this institution give the same person the same sourcedid."""
    offer_hours: Mapped[int] = mapped_column(default=72)
    """How long a student may think about an offer."""
    has_sample_data: Mapped[bool] = mapped_column(default=False)
    """Companies and people are invented; every page says so."""


class Term(Base):
    __tablename__ = "term"
    __table_args__ = (
        sa.UniqueConstraint("institution_id", "code"),
        sa.CheckConstraint("starts_on < ends_on", name="order"),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    code: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str]
    starts_on: Mapped[date]
    census_on: Mapped[date | None]
    last_drop_on: Mapped[date | None]
    ends_on: Mapped[date]
    grades_due_on: Mapped[date | None]
