"""An institution's own days and hours: versions, the last of which counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.reminders.hours import Hours
from careerlink.reminders.ladders import Anchor, Ladder, Rung
from careerlink.reminders.models import ReminderSettings

EARLIEST, LATEST = -60, 120


@dataclass(frozen=True)
class Chosen:
    """What one institution has chosen; empty for the defaults."""

    number: int = 0
    hours: Hours = Hours()
    ladders: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def rungs(self, ladder: Ladder) -> tuple[Rung, ...]:
        """The rungs that are on, with their days as chosen."""
        own = self.ladders.get(ladder.key, {})
        return tuple(
            replace(rung, days=own.get(rung.key, {}).get("days", rung.days))
            for rung in ladder.rungs
            if own.get(rung.key, {}).get("is_on", True)
        )

    def days(self, ladder: Ladder, rung: Rung) -> int:
        return int(self.ladders.get(ladder.key, {}).get(rung.key, {}).get("days", rung.days))

    def is_on(self, ladder: Ladder, rung: Rung) -> bool:
        return bool(self.ladders.get(ladder.key, {}).get(rung.key, {}).get("is_on", True))


def of(session: Session, institution_ids: Collection[int]) -> dict[int, Chosen]:
    latest = (
        select(func.max(ReminderSettings.id))
        .where(ReminderSettings.institution_id.in_(institution_ids))
        .group_by(ReminderSettings.institution_id)
    )
    rows = session.scalars(select(ReminderSettings).where(ReminderSettings.id.in_(latest)))
    found = {row.institution_id: _chosen(row) for row in rows}
    return {key: found.get(key, Chosen()) for key in institution_ids}


def change(
    session: Session,
    institution: Institution,
    *,
    actor: Actor,
    seen: int,
    hours: Hours,
    ladders: Mapping[str, Mapping[str, Mapping[str, Any]]],
    known: Mapping[str, Ladder],
) -> Chosen:
    """Write the next version; ``seen`` is the number of the one that was on the screen.

    :raises ChangedMeanwhile: somebody else has written one since.
    """
    if not actor.is_staff or actor.institution_id != institution.id:
        raise NotPermitted("Only career staff change when reminders go out.")
    # Two people who save at once: the second sees the first one's number.
    session.execute(
        select(Institution.id).where(Institution.id == institution.id).with_for_update()
    )
    before = of(session, [institution.id])[institution.id]
    if before.number != seen:
        raise ChangedMeanwhile("Somebody else changed the days while you had this page open.")
    check(Chosen(hours=hours, ladders=ladders), known)
    row = ReminderSettings(
        institution_id=institution.id,
        number=before.number + 1,
        ladders={key: dict(rungs) for key, rungs in ladders.items()},
        hours={
            "opens": hours.opens,
            "closes": hours.closes,
            "weekdays": list(hours.weekdays),
        },
        made_by_id=actor.person_id,
        made_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(session, "reminder_settings:change", row, actor=actor, number=row.number)
    return _chosen(row)


def check(chosen: Chosen, known: Mapping[str, Ladder]) -> None:
    """:raises InvalidInput: hours or days that no day of work fits."""
    check_hours(chosen.hours)
    for ladder in known.values():
        check_days(ladder, chosen.rungs(ladder))


def check_hours(hours: Hours) -> None:
    if not 0 <= hours.opens < hours.closes <= 24:
        raise InvalidInput("The day has to begin before it ends.", field="opens")
    if not hours.weekdays:
        raise InvalidInput("Choose at least one day of the week.", field="weekdays")


def check_days(ladder: Ladder, rungs: tuple[Rung, ...]) -> None:
    """In the ladder's own order, so that nobody is reminded before they are asked."""
    for anchor in Anchor:
        mine = [rung for rung in rungs if rung.anchor == anchor]
        for before, after in pairwise(mine):
            if after.days < before.days:
                raise InvalidInput(
                    "The steps follow one another: this one cannot come before the one above.",
                    field=field_names(ladder.key, after.key)[0],
                )


def field_names(ladder_key: str, rung_key: str) -> tuple[str, str]:
    """Of the two fields of a rung: its days, and whether it is on."""
    return f"days__{ladder_key}__{rung_key}", f"is_on__{ladder_key}__{rung_key}"


def _chosen(row: ReminderSettings) -> Chosen:
    hours = row.hours
    return Chosen(
        number=row.number,
        hours=Hours(hours["opens"], hours["closes"], tuple(hours["weekdays"]))
        if hours
        else Hours(),
        ladders=row.ladders,
    )
