"""What happened to a policy: its versions, its drafts, and who goes by it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.audit import AuditEntry
from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.registry import HistoryFact, Registry
from credit.policy import changes, queries
from credit.policy.draft_models import PolicyDraft, PolicyDryRun
from credit.policy.models import CoursePolicy, CreditPolicyVersion

MOST_CHANGES = 8
EVERYWHERE = "every term without a policy of its own"


def register(registry: Registry) -> None:
    registry.history_facts |= {
        "credit_policy_version:create": _published,
        "credit_policy_version:make_default": _held,
        "credit_policy_version:end_default": _held,
        "course:choose_policy": _chosen,
        "policy_draft:begin": _begun,
        "policy_draft:publish": _from_draft,
        "policy_draft:try_on_cases": _tried,
    }
    registry.history_parts.setdefault("term", []).append(_of_term)


def conditions(versions: Sequence[CreditPolicyVersion]) -> list[ColumnElement[bool]]:
    """Audit entries of these versions, which are all of one policy."""
    ids = [one.id for one in versions]
    drafts = select(PolicyDraft.id).where(
        PolicyDraft.institution_id == versions[0].institution_id,
        PolicyDraft.name == versions[0].name,
    )
    courses = select(CoursePolicy.course_id).where(CoursePolicy.policy_version_id.in_(ids))
    return [
        _about("credit_policy_version", AuditEntry.subject_id.in_(ids)),
        _about("policy_draft", AuditEntry.subject_id.in_(drafts)),
        _about(
            "course",
            AuditEntry.action == "course:choose_policy",
            AuditEntry.subject_id.in_(courses),
            AuditEntry.detail["policy_version"].as_integer().in_(ids),
        ),
    ]


def _about(table: str, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(AuditEntry.subject_type == table, *wanted)


def _of_term(term: Term) -> ColumnElement[bool]:
    """Which policy new cases of the term open under is kept with the policy."""
    return _about(
        "credit_policy_version",
        AuditEntry.institution_id == term.institution_id,
        AuditEntry.detail["term"].as_integer() == term.id,
    )


def _published(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found = _versions(session, {one.subject_id for one in entries})
    names = {(one.institution_id, one.name) for one in found.values()}
    before = {
        (one.institution_id, one.name, one.number + 1): one
        for one in session.scalars(
            select(CreditPolicyVersion).where(
                CreditPolicyVersion.institution_id.in_({key for key, _ in names}),
                CreditPolicyVersion.name.in_({name for _, name in names}),
            )
        )
    }
    return {
        one.id: _version_fact(
            version, before.get((version.institution_id, version.name, version.number))
        )
        for one in entries
        if (version := found.get(one.subject_id)) is not None
    }


def _version_fact(
    version: CreditPolicyVersion, before: CreditPolicyVersion | None
) -> HistoryFact:
    texts = [f"{_name(version)}. {version.source}"]
    if version.note:
        texts.append(f"“{version.note}”")
    url = url_for("policies.show", policy_id=version.public_id)
    if before is None:
        return HistoryFact(tuple(texts), url, f"Read version {version.number}")
    told = [
        one.text
        for one in changes.between(
            queries.parameters_of(before), queries.parameters_of(version)
        )
    ]
    more = len(told) - MOST_CHANGES
    texts += told[:MOST_CHANGES] or ["The rules are those of the version before."]
    if more > 0:
        texts.append(f"… and {more} more")
    return HistoryFact(
        tuple(texts), f"{url}#differences", f"Version {version.number} beside {before.number}"
    )


def _held(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found = _versions(session, {one.subject_id for one in entries})
    terms = _terms(session, entries)
    return {
        one.id: HistoryFact(
            (f"{_name(version)}, in {terms.get(one.detail.get('term'), EVERYWHERE)}",),
            url_for("policies.show", policy_id=version.public_id),
            f"Read version {version.number}",
        )
        for one in entries
        if (version := found.get(one.subject_id)) is not None
    }


def _chosen(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found = _versions(session, {one.detail["policy_version"] for one in entries})
    ids = {one.subject_id for one in entries}
    courses = {
        one.id: one
        for one in session.scalars(
            select(Course).where(Course.id.in_(ids)).options(joinedload(Course.term))
        )
    }
    return {
        one.id: HistoryFact(
            (f"{course.name}: {_name(version)}",),
            url_for("policy.show", course_id=course.public_id, version=version.public_id),
            "As the course reads it",
        )
        for one in entries
        if (version := found.get(one.detail["policy_version"])) is not None
        and (course := courses.get(one.subject_id)) is not None
    }


def _begun(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found = _versions(session, {one.detail["based_on"] for one in entries} - {None})
    return {
        one.id: HistoryFact((f"From {_name(version)}",))
        for one in entries
        if (version := found.get(one.detail["based_on"])) is not None
    }


def _from_draft(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    found = _versions(session, {one.detail["policy_version"] for one in entries})
    return {
        one.id: HistoryFact((f"As {_name(version)}",))
        for one in entries
        if (version := found.get(one.detail["policy_version"])) is not None
    }


def _tried(session: Session, entries: Sequence[AuditEntry]) -> Mapping[int, HistoryFact]:
    runs = {
        one.id: one
        for one in session.scalars(
            select(PolicyDryRun)
            .where(PolicyDryRun.id.in_({one.detail.get("run") for one in entries} - {None}))
            .options(
                joinedload(PolicyDryRun.draft),
                joinedload(PolicyDryRun.term),
                joinedload(PolicyDryRun.course),
            )
        )
    }
    return {
        one.id: HistoryFact(
            (f"{run.scope_name}: {run.changed} of {run.total} would change",),
            url_for("policies_tries.show", draft_id=run.draft.public_id, run_id=run.public_id),
            "Look at them",
        )
        for one in entries
        if (run := runs.get(one.detail.get("run", 0))) is not None
    }


def _versions(session: Session, ids: set[Any]) -> dict[int, CreditPolicyVersion]:
    rows = session.scalars(select(CreditPolicyVersion).where(CreditPolicyVersion.id.in_(ids)))
    return {one.id: one for one in rows}


def _terms(session: Session, entries: Sequence[AuditEntry]) -> dict[Any, str]:
    ids = {one.detail.get("term") for one in entries} - {None}
    return {one.id: one.name for one in session.scalars(select(Term).where(Term.id.in_(ids)))}


def _name(version: CreditPolicyVersion) -> str:
    return f"{version.name}, version {version.number}"
