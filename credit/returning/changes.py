"""What is different since a case was returned, from what the return froze. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from credit.policy.credit_sum import hours
from credit.policy.inputs import CaseInput, PlacementInput


@dataclass(frozen=True)
class Change:
    what: str
    before: str = ""
    after: str = ""
    day: date | None = None
    title: str = ""
    """Of the placement; empty for what concerns the whole case."""


def between(before: CaseInput, now: CaseInput) -> list[Change]:
    """In reading order."""
    earlier = {one.id: one for one in before.placements}
    found: list[Change] = []
    for placement in now.placements:
        former = earlier.pop(placement.id, None)
        if former is None:
            found.append(Change("This project joined the case", title=placement.title))
        else:
            found += _of_placement(former, placement)
    found += [Change("This project left the case", title=one.title) for one in earlier.values()]
    if before.academic_minutes != now.academic_minutes:
        found.append(
            Change("Academic work", _h(before.academic_minutes), _h(now.academic_minutes))
        )
    return found


def _of_placement(before: PlacementInput, now: PlacementInput) -> Iterable[Change]:
    title = now.title
    if (before.agreement_id, before.agreement_hash) != (now.agreement_id, now.agreement_hash):
        yield Change("The agreement has a new version", title=title)
    if before.planned_minutes != now.planned_minutes:
        planned = (_h(before.planned_minutes), _h(now.planned_minutes))
        yield Change("Planned hours", *planned, title=title)
    yield from _of_entries(before, now)
    if before.confirmed_minutes != now.confirmed_minutes:
        confirmed = (_h(before.confirmed_minutes), _h(now.confirmed_minutes))
        yield Change("Confirmed hours", *confirmed, title=title)
    if before.ruled_minutes != now.ruled_minutes:
        ruled = (_h(before.ruled_minutes), _h(now.ruled_minutes))
        yield Change("Hours by your ruling", *ruled, title=title)
    if _is_more(before.submission_ids, now.submission_ids):
        yield Change("The supervisor sent a new version of the evaluation", title=title)
    if _is_more(before.self_submission_ids, now.self_submission_ids):
        yield Change("The student’s own evaluation has a new version", title=title)


def _of_entries(before: PlacementInput, now: PlacementInput) -> Iterable[Change]:
    former = {entry.id: entry for entry in before.entries}
    for entry in now.entries:
        was = former.pop(entry.id, None)
        if was is None:
            yield Change(
                "Hours added", after=_h(entry.minutes), day=entry.worked_on, title=now.title
            )
        elif (was.minutes, was.worked_on) != (entry.minutes, entry.worked_on):
            figures = (_h(was.minutes), _h(entry.minutes))
            yield Change("Hours changed", *figures, day=entry.worked_on, title=now.title)
    for entry in former.values():
        yield Change(
            "Hours removed", before=_h(entry.minutes), day=entry.worked_on, title=now.title
        )


def _is_more(before: Sequence[int], now: Sequence[int]) -> bool:
    return bool(set(now) - set(before))


def _h(minutes: int | None) -> str:
    return f"{hours(minutes)} h" if minutes is not None else "none"
