"""Requests of a platform to choose content, each answered once."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careerlink.db import Base, created_at_column, foreign_key, public_id_column
from careerlink.people.models import Person
from lti.models.places import LtiContext
from lti.models.platforms import LtiDeployment


class LtiDeepLinking(Base):
    __tablename__ = "lti_deep_linking"
    __table_args__ = (
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_whole"),
    )

    public_id: Mapped[str] = public_id_column()
    deployment_id: Mapped[int] = foreign_key("lti_deployment.id")
    deployment: Mapped[LtiDeployment] = relationship()
    context_id: Mapped[int | None] = foreign_key("lti_context.id")
    """``None``: asked for outside any course."""
    context: Mapped[LtiContext | None] = relationship()
    person_id: Mapped[int] = foreign_key("person.id")
    person: Mapped[Person] = relationship()
    return_url: Mapped[str]
    """Used whole and unchanged: Canvas keeps its state in the query."""
    accept_types: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    accept_multiple: Mapped[bool] = mapped_column(default=False)
    accept_lineitem: Mapped[bool | None]
    """``None``: the platform did not say."""
    data: Mapped[str | None]
    """Opaque; goes back to the letter."""
    placement: Mapped[str] = mapped_column(default="")
    """Where it was asked for; Canvas says so."""
    created_at: Mapped[datetime] = created_at_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The claims of the answer that are ours to choose: items, messages, nonce and time."""
    answered_at: Mapped[datetime | None]
