"""Making a file for the registrar, and noting that it was sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from credit.registrar import comparing, lines, queries
from credit.registrar.comparing import Line
from credit.registrar.models import ExportScope, RegistrarExport, RegistrarRow
from lti.first_time import alone

LONGEST_NOTE = 500


class NothingNew(NotPossible):
    """``export``: the file that says all that there is to say, where one was made."""

    def __init__(self, said: str, export: RegistrarExport | None = None) -> None:
        super().__init__(said)
        self.export = export


@dataclass(frozen=True)
class Gathered:
    """What a file would say. Reading it takes a while for a whole term, and holds up nobody."""

    base_id: int | None
    batches: Sequence[list[Line]]


def gather(
    session: Session, term: Term, *, level: EnrollmentLevel, scope: ExportScope
) -> Gathered:
    base = queries.last_sent(session, term, level)
    found = list(comparing.lines(session, term, level, scope))
    return Gathered(base.id if base is not None else None, found)


def make(
    session: Session,
    term: Term,
    *,
    level: EnrollmentLevel,
    scope: ExportScope,
    actor: Actor,
    gathered: Gathered | None = None,
) -> RegistrarExport:
    """``gathered``: read before this transaction, so that others can write meanwhile.

    :raises NothingNew: the last file of this kind says all of it.
    :raises ChangedMeanwhile: a file was marked as sent since the lines were gathered.
    """
    _require_staff(actor, term.institution_id)
    _begin(session, term.institution_id)
    base = queries.last_sent(session, term, level)
    if gathered is None:
        gathered = gather(session, term, level=level, scope=scope)
    if gathered.base_id != (base.id if base is not None else None):
        raise ChangedMeanwhile("A file was marked as sent meanwhile. Make this one again.")
    export = RegistrarExport(
        institution_id=term.institution_id,
        number=_next_number(session, term.institution_id),
        term_id=term.id,
        level=level,
        scope=scope,
        base_id=base.id if base is not None else None,
        made_by_id=actor.person_id,
        made_at=clock.now(),
    )
    writing = _Writing(session, export)
    for batch in gathered.batches:
        writing.add(batch)
    if not writing.count:
        raise NothingNew("Nothing new for the registrar since the last file was sent.")
    export.row_count, export.file_hash = writing.count, writing.hash.hexdigest()
    session.flush()
    if (same := queries.same_unsent(session, export)) is not None:
        raise NothingNew(f"Nothing has changed since file {same.number} was made.", same)
    audit.record(
        session,
        "registrar_export:make",
        export,
        actor=actor,
        number=export.number,
        rows=export.row_count,
        file_hash=export.file_hash,
    )
    return export


class _Writing:
    """Rows and their hash, batch by batch."""

    def __init__(self, session: Session, export: RegistrarExport) -> None:
        self.session = session
        self.export = export
        self.count = 0
        self.hash = hashlib.sha256(lines.heading())
        self.names: dict[str, int] = {}

    def add(self, batch: list[Line]) -> None:
        if not self.count:
            self.export.row_count, self.export.file_hash = len(batch), ""
            self.session.add(self.export)
            self.session.flush()
        rows = []
        for line in batch:
            self.count += 1
            self.hash.update(
                lines.encoded(line.content, decided_by=line.decided_by, change=line.change)
            )
            rows.append(
                {
                    "export_id": self.export.id,
                    "position": self.count,
                    "credit_case_id": line.case_id,
                    "decision_id": line.decision_id,
                    "change": line.change.value,
                    "content": line.content,
                    "decided_by_name_id": line.name_id or self._name(line.decided_by),
                }
            )
        self.session.execute(insert(RegistrarRow), rows)

    def _name(self, name: str) -> int:
        if name not in self.names:
            self.names[name] = audit.erasable(self.session, name).id
        return self.names[name]


def mark_sent(session: Session, export: RegistrarExport, *, note: str, actor: Actor) -> bool:
    """From now on the next file's changes are against this one; ``False``: it was so already.

    :raises ChangedMeanwhile: another file of this term was marked as sent since it was made.
    """
    _require_staff(actor, export.institution_id)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(f"Write up to {LONGEST_NOTE} characters.", field="note")
    _begin(session, export.institution_id)
    session.refresh(export)
    if export.sent_at is not None:
        return False
    last = queries.last_sent(session, export.term, export.level)
    if (last.id if last is not None else None) != export.base_id:
        raise ChangedMeanwhile(
            "Another file of this term was marked as sent after this one was made. Make a new "
            "one: it says what has changed since."
        )
    export.sent_at, export.sent_by_id, export.note = clock.now(), actor.person_id, note.strip()
    session.flush()
    audit.record(
        session,
        "registrar_export:send",
        export,
        actor=actor,
        number=export.number,
        file_hash=export.file_hash,
    )
    return True


def _require_staff(actor: Actor, institution_id: int) -> None:
    if not actor.is_staff or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff make files for the registrar.")


def _begin(session: Session, institution_id: int) -> None:
    """Two people at once come one after the other, and the second sees what the first did."""
    alone(session, "registrar_export", institution_id)


def _next_number(session: Session, institution_id: int) -> int:
    last = session.scalar(
        select(func.max(RegistrarExport.number)).where(
            RegistrarExport.institution_id == institution_id
        )
    )
    return (last or 0) + 1
