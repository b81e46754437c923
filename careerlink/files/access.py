"""Who may read a file: whoever sees a record that refers to it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.errors import NotFound
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.registry import registry


def readable(session: Session, public_id: str, *, actor: Actor) -> Attachment:
    """:raises NotFound: no such file, or nothing that this actor sees refers to it."""
    attachment = session.scalar(
        select(Attachment).where(
            Attachment.public_id == public_id,
            Attachment.institution_id == actor.institution_id,
        )
    )
    if attachment is None:
        raise NotFound
    if not any(reads(session, actor, attachment) for reads in registry.file_readers):
        raise NotFound
    return attachment
