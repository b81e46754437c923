"""Taking a file in: its kind by content, its size by counting, its name made harmless."""

from collections.abc import Iterable
from typing import IO

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from careerlink import audit
from careerlink.config import Settings
from careerlink.errors import InvalidInput
from careerlink.files import kinds, storage
from careerlink.files.kinds import EVERYDAY, FileKind
from careerlink.files.models import Attachment
from careerlink.files.names import safe_name
from careerlink.people.actors import Actor


def receive(
    session: Session,
    settings: Settings,
    upload: FileStorage,
    *,
    institution_id: int,
    actor: Actor,
    allowed: Iterable[FileKind] = EVERYDAY,
    field: str = "file",
) -> Attachment:
    """Store ``upload`` and return its record, which some other record has to refer to.

    Nothing is left on disk of a refused file. Of an accepted one whose transaction fails, the
    content stays, without a name: the next upload of the same file finds it.

    :raises InvalidInput: nothing chosen, too large, or a kind that is not taken.
    """
    given = upload.filename or ""
    if not given:
        raise InvalidInput("Choose a file.", field=field)

    def recognize(stream: IO[bytes]) -> FileKind:
        return kinds.recognize(stream, given, allowed=allowed, field=field)

    kept, kind = storage.keep(settings, upload.stream, recognize, field=field)
    attachment = Attachment(
        institution_id=institution_id,
        name=safe_name(given, kind),
        media_type=kind.media_type,
        size=kept.size,
        sha256=kept.sha256,
        uploaded_by_id=actor.person_id,
    )
    session.add(attachment)
    session.flush()
    audit.record(
        session,
        "attachment:receive",
        attachment,
        actor=actor,
        size=kept.size,
        sha256=kept.sha256,
    )
    return attachment
