"""What a credit sum is computed from: frozen figures, so that it can be replayed for ever."""

import hashlib
import json
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EntryInput(Frozen):
    id: int
    worked_on: date
    minutes: int


class PlacementInput(Frozen):
    id: int
    title: str
    planned_minutes: int
    agreement_id: int | None
    agreement_hash: str | None = None
    agreed_on: date | None
    """The day on which the learning agreement came into force."""
    entries: tuple[EntryInput, ...] = ()
    confirmation_id: int | None = None
    earlier_confirmation_ids: tuple[int, ...] = Field(default=(), exclude_if=lambda v: not v)
    """Of supervisors who guided other dates; left out where there are none, as ever."""
    confirmed_minutes: int | None = None
    ruling_id: int | None = None
    ruled_minutes: int | None = None
    deliverables: int = 0
    reflections: int = 0
    submission_ids: tuple[int, ...] = ()
    """Supervisors' final evaluations."""
    self_submission_ids: tuple[int, ...] = ()
    attested: bool = False
    """Missing evaluation: the instructor decided on other evidence, with a reason."""


class CaseInput(Frozen):
    placements: tuple[PlacementInput, ...]
    academic_minutes: int = 0
    enrolled_on: date | None = None
    """What the registrar says; the first launch is never taken for it."""
    confirmed_rules: tuple[str, ...] = ()
    """Clauses whose input is missing and which the instructor confirmed by name."""

    def stored(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def digest(policy_version_id: int, inputs: CaseInput) -> str:
    """SHA-256 over the policy version and the inputs, in one canonical spelling."""
    text = json.dumps(
        [policy_version_id, inputs.stored()], sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
