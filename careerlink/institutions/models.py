"""Institutions, the tenants, and their terms."""

from datetime import date, datetime

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


def _within(column: str) -> str:
    return f"{column} IS NULL OR ({column} >= starts_on AND {column} <= ends_on)"


class Term(Base):
    """A term, or a part of one that has days of its own."""

    __tablename__ = "term"
    __table_args__ = (
        sa.UniqueConstraint("institution_id", "code"),
        sa.CheckConstraint("starts_on < ends_on", name="order"),
        sa.CheckConstraint(_within("last_add_on"), name="last_add_within"),
        sa.CheckConstraint(_within("census_on"), name="census_within"),
        sa.CheckConstraint(_within("last_drop_on"), name="last_drop_within"),
        sa.CheckConstraint(_within("withdraw_by_on"), name="withdraw_by_within"),
        sa.CheckConstraint(
            "grades_due_on IS NULL OR grades_due_on >= starts_on", name="grades_due_after"
        ),
    )

    institution_id: Mapped[int] = foreign_key("institution.id")
    institution: Mapped[Institution] = relationship()
    code: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str]
    starts_on: Mapped[date]
    last_add_on: Mapped[date | None]
    census_on: Mapped[date | None]
    last_drop_on: Mapped[date | None]
    """Until then a course leaves no mark on the transcript."""
    withdraw_by_on: Mapped[date | None]
    """Until then a course can be left with a W."""
    ends_on: Mapped[date]
    grades_due_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    """Staff said that it is over: a statement, and no lock on appeals or late evidence."""
    records_until: Mapped[date | None]
    """How long the campus keeps this term's records, noted when it was closed."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
