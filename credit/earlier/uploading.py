"""Putting on record what a file says: looked at first, and the same file twice is once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.earlier import lines
from credit.earlier.comparing import Change, Compared, Known
from credit.earlier.lines import Line
from credit.earlier.models import EarlierCredit


@dataclass(frozen=True)
class Delta:
    found: Sequence[Compared]
    notes: Sequence[str]

    def of(self, change: str) -> list[Compared]:
        return [one for one in self.found if one.change == change]

    @property
    def is_empty(self) -> bool:
        return not self.of(Change.NEW) and not self.of(Change.CHANGED)

    @property
    def fingerprint(self) -> str:
        """What somebody looked at: another delta since must be looked at again."""
        told = [
            [
                one.line.line,
                one.change,
                one.person.id if one.person else None,
                one.before.id if one.before else None,
            ]
            for one in self.found
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def compare(session: Session, text: str, *, source: str, actor: Actor) -> Delta:
    """:raises FileRefused: it cannot be read at all."""
    _only_staff(actor)
    here = session.get_one(Institution, actor.institution_id)
    read = lines.read(text, source=source, today=clock.today(here.time_zone))
    known = Known(session, actor, read.lines, ZoneInfo(here.time_zone))
    return Delta([known.compared(line) for line in read.lines], read.notes)


def take(session: Session, delta: Delta, *, actor: Actor) -> int:
    """How many lines are on record now that were not before."""
    _only_staff(actor)
    taken = [*delta.of(Change.CHANGED), *delta.of(Change.NEW)]
    for one in taken:
        if one.before is not None and one.before.removed_at is None:
            one.before.removed_at, one.before.removed_by_id = clock.now(), actor.person_id
            audit.record(session, "earlier_credit:take_back", one.before, actor=actor)
        if one.person is not None:
            _add(session, one.line, one.person, actor)
    session.flush()
    return len(taken)


def _add(session: Session, line: Line, person: Person, actor: Actor) -> None:
    row = EarlierCredit(
        institution_id=person.institution_id,
        person_id=person.id,
        kind=line.kind,
        course_label=line.course_label,
        credits_thousandths=line.credits_thousandths,
        earned_on=line.earned_on,
        source=line.source,
        recorded_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        "earlier_credit:record",
        row,
        actor=actor,
        person=person.id,
        credits_thousandths=row.credits_thousandths,
    )


def _only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff put earlier credit on record from a file.")
