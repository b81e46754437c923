"""Uploaded files: what is stored, never where a browser could run it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from careerlink.db import Base, created_at_column, foreign_key, public_id_column


class Attachment(Base):
    __tablename__ = "attachment"
    __table_args__ = (sa.CheckConstraint("size >= 0", name="size"),)

    institution_id: Mapped[int] = foreign_key("institution.id")
    public_id: Mapped[str] = public_id_column()
    name: Mapped[str]
    """As the person named it; used only as the download's name."""
    media_type: Mapped[str] = mapped_column(sa.String(127))
    """Found from the content, not believed from the browser."""
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Also the key in storage: equal files are kept once."""
    uploaded_by_id: Mapped[int | None] = foreign_key("person.id")
    uploaded_at: Mapped[datetime] = created_at_column()
