"""Notices: what a platform tells without anybody opening anything."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, foreign_key
from lti.models.platforms import LtiDeployment


class LtiNotice(Base):
    """One notice, once: platforms may repeat themselves, and anybody may repeat them."""

    __tablename__ = "lti_notice"
    __table_args__ = (
        sa.UniqueConstraint("registration_id", "notice_id"),
        sa.UniqueConstraint("registration_id", "nonce_hash"),
        sa.Index("ix_lti_notice_context", "deployment_id", "context_id"),
    )

    registration_id: Mapped[int] = foreign_key("lti_registration.id", index=False)
    deployment_id: Mapped[int] = foreign_key("lti_deployment.id", index=False)
    deployment: Mapped[LtiDeployment] = relationship()
    notice_id: Mapped[str] = mapped_column(sa.String(255))
    nonce_hash: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[str] = mapped_column(sa.String(255))
    """The notice's type, such as ``LtiContextCopyNotice``."""
    context_id: Mapped[str] = mapped_column(sa.String(255), default="")
    """The course that it is about, which may never have been opened here yet."""
    origins: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Contexts from which that one was copied."""
    received_at: Mapped[datetime] = created_at_column()
    done_at: Mapped[datetime | None]
