"""What a credit sum is computed from: frozen figures, so that it can be replayed for ever.

Members that came later have a default under which old inputs mean what they meant, and are left
out of the stored form where they have it: the hash of what is stored stays the same.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

EDITION = 3
"""Of the arithmetic. The first took a missing day of enrollment for one that no hour came
before, counted refused hours toward the span, and shared a week out by the day alone. The
second took hours that were ruled on for within the week, and held all credit against the
smaller of two majors."""


def _later(default: Any) -> Any:
    return Field(default=default, exclude_if=lambda value: value == default)


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EntryInput(Frozen):
    id: int
    worked_on: date
    minutes: int = Field(ge=0, le=24 * 60)


class PlacementInput(Frozen):
    id: int
    title: str
    planned_minutes: int = Field(ge=0)
    agreement_id: int | None
    agreement_hash: str | None = None
    agreed_on: date | None
    """The day on which the learning agreement came into force."""
    entries: tuple[EntryInput, ...] = ()
    confirmation_id: int | None = None
    earlier_confirmation_ids: tuple[int, ...] = _later(())
    """Of supervisors who guided other dates; left out where there are none, as ever."""
    confirmed_minutes: int | None = Field(default=None, ge=0)
    ruling_id: int | None = None
    ruled_minutes: int | None = Field(default=None, ge=0)
    deliverables: int = 0
    reflections: int = 0
    submission_ids: tuple[int, ...] = ()
    """Supervisors' final evaluations."""
    self_submission_ids: tuple[int, ...] = ()
    attested: bool = False
    """Missing evaluation: the instructor decided on other evidence, with a reason."""
    midpoint_ids: tuple[int, ...] = _later(())
    """Supervisors' evaluations at the half."""
    objectives: int = _later(0)
    objectives_without_evidence: int = _later(0)
    """Learning objectives that no work and no rating speaks for."""
    enrolled_on: date | None = _later(None)
    """Moved here from another course: the day of enrollment there, if it is known."""
    is_paid_by_university: bool | None = _later(None)
    supervisor_teaches: bool | None = _later(None)
    """The supervisor's mail address is one of somebody who teaches the course."""
    has_tie: bool | None = _later(None)
    """Somebody who signed declared a tie between student or faculty and host."""
    tie_waiver_id: int | None = _later(None)
    counts_elsewhere: tuple[int, ...] = _later(())
    """Records that say this very work counts somewhere else, too."""
    without_consent: int = _later(0)
    """So many of them without written consent."""


class TermInput(Frozen):
    starts_on: date
    ends_on: date
    carried_from: date | None = None
    """First day of the earliest term whose work the policy lets count, if it is known."""


class EarlierInput(Frozen):
    """Credit from internships before this case: a decision made here, or a line on record."""

    decision_id: int | None = None
    record_id: int | None = None
    thousandths: int = Field(ge=0)
    is_same_course: bool = False


class MajorInput(Frozen):
    id: int
    thousandths: int = Field(gt=0)


class CaseInput(Frozen):
    placements: tuple[PlacementInput, ...]
    academic_minutes: int = Field(default=0, ge=0)
    enrolled_on: date | None = None
    """The original enrollment as the registrar says it, whatever was dropped and added since;
    the first launch is never taken for it."""
    confirmed_rules: tuple[str, ...] = ()
    """Clauses whose input is missing and which somebody confirmed by name."""
    confirmed_by: dict[str, int] = _later({})
    """Who did, by clause: ids of persons."""
    edition: int = _later(1)
    term: TermInput | None = _later(None)
    earlier: tuple[EarlierInput, ...] = _later(())
    is_earlier_known: bool = _later(False)
    """Somebody put on record what there was before, or that there was nothing."""
    nothing_earlier_id: int | None = _later(None)
    majors: tuple[MajorInput, ...] = _later(())
    has_syllabus: bool | None = _later(None)
    has_hold: bool | None = _later(None)

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        placements = Counter(one.id for one in self.placements)
        entries = Counter(entry.id for one in self.placements for entry in one.entries)
        if any(amount > 1 for amount in (*placements.values(), *entries.values())):
            raise ValueError("an hour or a project is in this case twice")
        return self

    def stored(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def digest(policy_version_id: int, inputs: CaseInput) -> str:
    """SHA-256 over the policy version and the inputs, in one canonical spelling."""
    text = json.dumps(
        [policy_version_id, inputs.stored()], sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
