"""What a person wants to hear by mail."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, foreign_key


class NotificationPreference(Base):
    __tablename__ = "notification_preference"
    __table_args__ = (sa.UniqueConstraint("person_id", "event"),)

    person_id: Mapped[int] = foreign_key("person.id", index=False)
    event: Mapped[str] = mapped_column(sa.String(48))
    by_mail: Mapped[bool] = mapped_column(default=True)
