"""What people with accounts write to each other about a placement."""

from datetime import datetime

from sqlalchemy.orm import Mapped, relationship

from careerlink.db import (
    Base,
    created_at_column,
    foreign_key,
)
from careerlink.people.models import Person


class Message(Base):
    """One message in the conversation of a placement, between people with accounts."""

    __tablename__ = "message"

    placement_id: Mapped[int] = foreign_key("placement.id")
    author_id: Mapped[int] = foreign_key("person.id")
    author: Mapped[Person] = relationship()
    text: Mapped[str]
    sent_at: Mapped[datetime] = created_at_column()
