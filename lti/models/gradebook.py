"""Columns of gradebooks, and what they were asked to show."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, foreign_key
from lti.models.places import LtiContext, LtiUser


class LtiLineItem(Base):
    __tablename__ = "lti_line_item"
    __table_args__ = (
        sa.UniqueConstraint("context_id", "url"),
        sa.CheckConstraint("score_maximum_thousandths > 0", name="maximum"),
    )

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    resource_link_id: Mapped[int | None] = foreign_key("lti_resource_link.id")
    url: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    resource_id: Mapped[str] = mapped_column(sa.String(255), default="")
    tag: Mapped[str] = mapped_column(sa.String(255), default="")
    score_maximum_thousandths: Mapped[int] = mapped_column(default=100_000)
    last_timestamp: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = created_at_column()


class LtiScore(Base):
    """What we last asked a platform to show for one account in one column, and its answer."""

    __tablename__ = "lti_score"
    __table_args__ = (sa.UniqueConstraint("context_id", "lti_user_id", "resource_id"),)

    context_id: Mapped[int] = foreign_key("lti_context.id", index=False)
    context: Mapped[LtiContext] = relationship()
    lti_user_id: Mapped[int] = foreign_key("lti_user.id")
    lti_user: Mapped[LtiUser] = relationship()
    resource_id: Mapped[str] = mapped_column(sa.String(255))
    """Names the column: one a purpose in a context, so that it survives a course copy."""
    line_item_id: Mapped[int | None] = foreign_key("lti_line_item.id")
    line_item: Mapped[LtiLineItem | None] = relationship()
    outbox_message_id: Mapped[int | None] = foreign_key("outbox_message.id")
    label: Mapped[str] = mapped_column(default="")
    """Names the column where one has to be made."""
    timestamp: Mapped[datetime]
    """Strictly increasing, whole seconds: Moodle refuses an equal one."""
    given_thousandths: Mapped[int | None]
    maximum_thousandths: Mapped[int] = mapped_column(default=100_000)
    comment: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    """The platform's last word, for instructor and staff: no names, no bodies."""
    applied_at: Mapped[datetime | None]
    platform_thousandths: Mapped[int | None]
    """What the platform showed when we last read it back, on the scale of ``maximum``."""
    read_at: Mapped[datetime | None]
    overridden_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]
    """Somebody looked at the teacher's grade and let it stand."""
    replaces_thousandths: Mapped[int | None]
    """A grade of the teacher's that somebody looked at and chose to replace: this figure only,
    and any other that comes to stand there is again left alone."""
    posting_since: Mapped[datetime | None]
    """Set before a post and emptied with its answer: while it is set, the platform may have
    stored ``posting_thousandths`` or not, and is asked before anything is posted again."""
    posting_thousandths: Mapped[int | None]
    submission_path: Mapped[str] = mapped_column(default="")
    """Our page that shows the work behind this cell."""
    submitted_at: Mapped[datetime | None]
    """When the student handed the work over, last."""
    has_new_work: Mapped[bool] = mapped_column(default=False)
    """Handed over since the platform last counted an attempt."""
    progress_message_id: Mapped[int | None] = foreign_key("outbox_message.id")
