"""The parts of a packet that a comment can be pinned to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credit.cases.packet import Sheet
from credit.policy.credit_sum import hours
from credit.returning.models import PinPart, ReturnPin

PREFIX = "pin-"
GONE = {
    PinPart.OBJECTIVE: "An objective that is gone",
    PinPart.HOURS_ENTRY: "An entry of hours that is gone",
    PinPart.DELIVERABLE: "A piece of work that is gone",
    PinPart.REFLECTION: "A reflection that is gone",
    PinPart.EVALUATION: "An answer that is gone",
}


@dataclass(frozen=True)
class Place:
    part: PinPart
    label: str
    placement_id: int | None = None
    placement: str = ""
    """Its public id, for addresses; empty for the academic work."""
    key: str = ""
    says: str = ""
    """What stands there now."""
    day: date | None = None

    @property
    def name(self) -> str:
        """Of the field on the packet."""
        return name_of(self.part, self.placement_id, self.key)

    @property
    def is_changed_there(self) -> bool:
        """Objectives are agreed upon, and answers are the supervisor's."""
        return self.part not in (PinPart.OBJECTIVE, PinPart.EVALUATION)

    @property
    def page(self) -> str:
        """Below the course: where the student changes it."""
        if not self.placement:
            return "credit"
        below = {
            PinPart.OBJECTIVE: "objectives",
            PinPart.HOURS: "hours",
            PinPart.HOURS_ENTRY: "hours",
            PinPart.DELIVERABLE: "evidence",
            PinPart.REFLECTION: "evidence",
        }.get(self.part, "")
        return f"placements/{self.placement}" + (f"/{below}" if below else "")


def name_of(part: PinPart, placement_id: int | None, key: str) -> str:
    return f"{PREFIX}{part.value}-{placement_id or 0}-{key}"


def name_of_pin(pin: ReturnPin) -> str:
    return name_of(pin.part, pin.placement_id, pin.key)


def of(sheets: Sequence[Sheet], academic_minutes: int) -> dict[str, Place]:
    """By the name of the field, in reading order."""
    found = [place for sheet in sheets for place in _of_sheet(sheet)]
    found.append(
        Place(PinPart.ACADEMIC, "Academic work", says=f"{hours(academic_minutes)} h recorded")
    )
    return {place.name: place for place in found}


def gone(pin: ReturnPin) -> Place:
    """What the comment was about is not there any more."""
    label = GONE.get(pin.part, "A part that is gone")
    public = pin.placement.public_id if pin.placement is not None else ""
    return Place(pin.part, label, pin.placement_id, public, pin.key)


def _of_sheet(sheet: Sheet) -> Iterable[Place]:
    placement = sheet.part.placement

    def at(part: PinPart, label: str, key: str = "", says: str = "") -> Place:
        return Place(part, label, placement.id, placement.public_id, key, says)

    for number, line in enumerate(sheet.objectives, 1):
        yield at(PinPart.OBJECTIVE, f"Objective {number}", line.key, line.title)
    for line in sheet.competencies:
        yield at(PinPart.EVALUATION, f"Answers on “{line.title}”", line.key)
    for work in sheet.works:
        yield at(PinPart.DELIVERABLE, f"“{work.title}”", work.piece)
    for text in sheet.reflections:
        yield at(PinPart.REFLECTION, f"“{text.title}”", text.piece)
    yield at(PinPart.HOURS, "Hours in all", says=f"{hours(sheet.counted.reported)} h reported")
    for entry in sheet.entries:
        place = at(PinPart.HOURS_ENTRY, f"{hours(entry.minutes)} h", str(entry.id), entry.task)
        yield replace(place, day=entry.worked_on)
