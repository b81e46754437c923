"""Under which version of which policy a case went, and from which, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.registry import HistoryFact
from credit.policy.models import CreditPolicyVersion

ACTION = "credit_case:rebase"


@dataclass(frozen=True)
class Rebased:
    before: str
    after: str
    """The policy's name stands where it is first said, and again where it is another one."""
    at: datetime
    reason: str

    @property
    def words(self) -> str:
        return f"from {self.before} to {self.after}"


def of(session: Session, trail: Iterable[AuditEntry]) -> dict[int, Rebased]:
    """By entry; one query at most, whatever the trail's length."""
    entries = [one for one in trail if one.action == ACTION]
    ids = {one.detail[key] for one in entries for key in ("from_version", "to_version")}
    if not ids:
        return {}
    rows = session.scalars(select(CreditPolicyVersion).where(CreditPolicyVersion.id.in_(ids)))
    versions = {one.id: one for one in rows}
    return {one.id: _rebased(one, versions) for one in entries}


def facts(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    return {
        number: HistoryFact((f"{one.words[:1].upper()}{one.words[1:]}",))
        for number, one in of(session, entries).items()
    }


def _rebased(entry: AuditEntry, versions: Mapping[int, CreditPolicyVersion]) -> Rebased:
    before = versions[entry.detail["from_version"]]
    after = versions[entry.detail["to_version"]]
    is_same = before.name == after.name
    return Rebased(
        f"{before.name} v{before.number}",
        f"v{after.number}" if is_same else f"{after.name} v{after.number}",
        entry.recorded_at,
        (entry.reason.text if entry.reason is not None else None) or "",
    )
