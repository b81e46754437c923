"""Cases that can be awarded together, each with its sum, and those that cannot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit import delivery
from credit.academic_work import queries as academic_work
from credit.approvals import seats
from credit.bulk_approval import rules
from credit.cases import inputs, queries, queue, sum_lines
from credit.cases.conflicts import Grounds
from credit.cases.deciding import seen_mark
from credit.cases.history import outcome_words
from credit.cases.inputs import Facts
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.delivery import Preview
from credit.policy.models import CreditPolicyVersion

MOST = 25


@dataclass(frozen=True)
class Row:
    case: CreditCase
    facts: Facts
    decisions: Sequence[Decision]
    why_not: str

    @property
    def seen(self) -> str:
        return seen_mark(self.facts, self.decisions[-1] if self.decisions else None)

    @property
    def credits_thousandths(self) -> int:
        return self.facts.sum_with().credits_thousandths

    @property
    def result(self) -> str:
        return sum_lines.result(self.facts.sum_with())

    @property
    def note(self) -> str:
        return sum_lines.note(self.facts.sum_with())

    @property
    def outcome(self) -> str:
        """What was decided last, in words."""
        if not self.decisions or self.case.state == CaseState.READY:
            return ""
        latest = self.decisions[-1]
        return f"{outcome_words(latest)}, by {latest.by}"


@dataclass(frozen=True)
class Group:
    """Cases under one version of one policy; only they are decided together."""

    policy: CreditPolicyVersion
    rows: Sequence[Row]
    preview: Preview | None

    @property
    def goes_on(self) -> bool:
        """To the next step of a chain: students hear nothing yet."""
        return len(self.rows[0].facts.policy.approver_chain) > 1


def groups(session: Session, rows: Sequence[Row], course: Course) -> list[Group]:
    """The largest first."""
    by_version: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if not row.why_not:
            by_version[row.case.policy_version_id].append(row)
    return [
        Group(found[0].case.policy_version, found, _preview(session, found, course))
        for found in sorted(by_version.values(), key=len, reverse=True)
    ]


def waiting(session: Session, actor: Actor, course: Course) -> list[Row]:
    """Those that wait longest, as many as one page holds."""
    query = queue.mine(session, actor, course).where(CreditCase.state == CaseState.READY)
    cases = session.scalars(query.options(*queries.PAGE_NEEDS).limit(MOST)).all()
    return rows_of(session, actor, cases)


def named(
    session: Session, actor: Actor, course: Course, public_ids: Sequence[str]
) -> list[Row]:
    """Of the addresses that an answer names."""
    query = queries.teaching_view(actor, course).where(
        CreditCase.public_id.in_(list(public_ids)[:MOST])
    )
    cases = session.scalars(query.options(*queries.PAGE_NEEDS).order_by(CreditCase.id)).all()
    return rows_of(session, actor, cases)


def rows_of(session: Session, actor: Actor, cases: Sequence[CreditCase]) -> list[Row]:
    if not cases:
        return []
    facts = inputs.load(session, cases)
    decided = _decisions(session, [case.id for case in cases])
    assessed = academic_work.assessed(session, cases)
    read = seats.grounds(session, list(facts.values()), actor=actor)
    return [
        Row(
            case,
            facts[case.id],
            decided[case.id],
            rules.why_not(facts[case.id], decided[case.id], case.id in assessed)
            or _why_not_by_them(session, facts[case.id], decided[case.id], read, actor=actor),
        )
        for case in cases
    ]


def _why_not_by_them(
    session: Session,
    facts: Facts,
    decisions: Sequence[Decision],
    read: Grounds,
    *,
    actor: Actor,
) -> str:
    """Not because of the case: a conflict of interest, or not their step."""
    approve = DecisionOutcome.APPROVED
    _seat, why = seats.offered(session, facts, approve, list(decisions), actor=actor, read=read)
    return why


def _decisions(session: Session, case_ids: Sequence[int]) -> Mapping[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in session.scalars(
        select(Decision)
        .where(Decision.credit_case_id.in_(case_ids))
        .options(joinedload(Decision.decided_by), joinedload(Decision.acting_for))
        .order_by(Decision.number)
    ):
        found[row.credit_case_id].append(row)
    return found


def _preview(session: Session, rows: Sequence[Row], course: Course) -> Preview | None:
    first = rows[0]
    return delivery.preview(
        session, course, first.facts.policy, credits_thousandths=first.credits_thousandths
    )
