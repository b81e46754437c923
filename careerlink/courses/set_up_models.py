"""How far the set-up of a course has come, and what its instructor keeps off its board."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, created_at_column, foreign_key


class CourseSetUp(Base):
    """Begun by the first who looks at it; a course works with the office's defaults without."""

    __tablename__ = "course_set_up"

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), unique=True)
    steps_done: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Keys of the parts that somebody has looked at and left as they are, or changed."""
    used_defaults: Mapped[bool] = mapped_column(default=False)
    """In one click, with what the office had set."""
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()


class HiddenListing(Base):
    """Released to this course by the office, and kept off its board by who teaches it."""

    __tablename__ = "hidden_listing"
    __table_args__ = (sa.UniqueConstraint("course_id", "listing_id"),)

    course_id: Mapped[int] = foreign_key("course.id", index=False)
    listing_id: Mapped[int] = foreign_key("listing.id")
    chosen_by_id: Mapped[int] = foreign_key("person.id")
    created_at: Mapped[datetime] = created_at_column()
