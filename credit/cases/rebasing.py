"""Undecided cases under another version of a policy: by staff, with a reason, after a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile, NotFound, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases import award, bundle, carrying, inputs, queries
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.cases.recording import settle
from credit.policy.checks import Check
from credit.policy.credit_sum import CreditSum
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters

SEEN_BEFORE = "This case went to another version while you had the preview open."


@dataclass(frozen=True)
class Preview:
    """What another version would make of one case, and why it stays where it may not go."""

    case: CreditCase
    before: CreditSum
    after: CreditSum
    why_not: str = ""

    @property
    def differs(self) -> bool:
        return self.before.credits_thousandths != self.after.credits_thousandths

    @property
    def newly_unmet(self) -> list[str]:
        """What was short before with another figure is nothing new."""
        before = {(one.rule, _subject(one)) for one in self.before.checks if not one.holds}
        return [
            one.text
            for one in self.after.checks
            if not one.holds and (one.rule, _subject(one)) not in before
        ]

    @property
    def is_other(self) -> bool:
        """Anything that somebody would want to look at."""
        return bool(self.differs or self.newly_unmet or self.why_not)


def _subject(check: Check) -> str:
    """Of one rule there may be several: on pieces of evidence, each with its own words."""
    return check.text if check.rule == "evidence" else ""


def preview(
    session: Session, cases: Sequence[CreditCase], version: CreditPolicyVersion
) -> list[Preview]:
    """Confirmations by name are left out of both: they were about one version's clauses."""
    return [_preview(facts, version) for facts in inputs.load(session, cases).values()]


def of_course(session: Session, course: Course, *, actor: Actor) -> Sequence[CreditCase]:
    """Every case of the course that is not under decision, oldest first."""
    found = session.scalars(
        queries.visible_to(actor)
        .where(CreditCase.course_id == course.id)
        .options(*queries.PAGE_NEEDS)
        .order_by(CreditCase.id)
    )
    return [case for case in found if carrying.is_undecided(case)]


def rebase(
    session: Session,
    case: CreditCase,
    version: CreditPolicyVersion,
    *,
    actor: Actor,
    reason: str,
    seen: int | None = None,
) -> None:
    """``seen``: id of the version that the preview showed the case under.

    :raises ChangedMeanwhile: it is under another one by now.
    """
    queries.lock(session, case)
    _require(case, version, actor)
    why = bundle.required_reason(reason)
    before = case.policy_version
    if before.id == version.id:
        return
    if seen is not None and seen != before.id:
        raise ChangedMeanwhile(SEEN_BEFORE)
    if refusal := carrying.why_decided(case):
        raise NotPossible(refusal)
    case.policy_version_id = version.id
    session.flush()
    session.expire(case, ["policy_version"])
    audit.record(
        session,
        "credit_case:rebase",
        case,
        actor=actor,
        before=f"v{before.number}",
        after=f"v{version.number}",
        reason=why,
        from_version=before.id,
        to_version=version.id,
    )
    settle(session, case)


def rebase_all(
    session: Session,
    course: Course,
    version: CreditPolicyVersion,
    *,
    actor: Actor,
    reason: str,
    seen: Mapping[str, int],
) -> tuple[int, list[CreditCase]]:
    """How many went, and those that stayed: decided or moved on since the preview."""
    gone, stayed = 0, []
    for case in of_course(session, course, actor=actor):
        if case.public_id not in seen or case.policy_version_id == version.id:
            continue
        try:
            rebase(
                session, case, version, actor=actor, reason=reason, seen=seen[case.public_id]
            )
            gone += 1
        except (ChangedMeanwhile, NotPossible):
            stayed.append(case)
    still = {case.public_id for case in of_course(session, course, actor=actor)}
    decided = queries.visible_to(actor).where(
        CreditCase.course_id == course.id,
        CreditCase.public_id.in_([one for one in seen if one not in still]),
    )
    stayed += session.scalars(decided.options(*queries.PAGE_NEEDS)).all()
    return gone, stayed


def versions(session: Session, *, actor: Actor) -> Sequence[CreditPolicyVersion]:
    """Newest first within each policy."""
    return session.scalars(
        select(CreditPolicyVersion)
        .where(CreditPolicyVersion.institution_id == actor.institution_id)
        .order_by(CreditPolicyVersion.name, CreditPolicyVersion.number.desc())
    ).all()


def _require(case: CreditCase, version: CreditPolicyVersion, actor: Actor) -> None:
    inside = case.institution_id == actor.institution_id == version.institution_id
    if not inside:
        raise NotFound
    if not actor.is_staff or actor.looks_only:
        raise NotPermitted("Only career staff may do this.")
    if actor.person_id == case.person_id:
        raise NotPermitted("This is your own case.")


def _preview(facts: Facts, version: CreditPolicyVersion) -> Preview:
    policy = Parameters.model_validate(version.parameters)
    return Preview(
        case=facts.case,
        before=award.most_likely(facts),
        after=award.with_all_confirmed(policy, facts.inputs),
        why_not=carrying.why_decided(facts.case),
    )
