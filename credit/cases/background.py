"""What a policy may ask of student and term: enrollment, term dates, earlier credit, majors.

Read for any number of cases in the same few queries, and only what their policies ask for.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.move_models import CreditCaseMove, MoveState
from credit.cases.standing import standing_decisions
from credit.earlier import queries as earlier
from credit.earlier.models import EarlierCredit, EarlierKind
from credit.policy import asked
from credit.policy.inputs import EarlierInput, MajorInput, TermInput
from credit.policy.parameters import Parameters

Policies = Mapping[int, Parameters]
"""By case."""


def policies_of(cases: Sequence[CreditCase]) -> Policies:
    """Cases under one version share it."""
    versions = {case.policy_version_id: case.policy_version for case in cases}
    read = {
        number: Parameters.model_validate(version.parameters)
        for number, version in versions.items()
    }
    return {case.id: read[case.policy_version_id] for case in cases}


@dataclass(frozen=True)
class Enrolled:
    first_on: date | None = None
    """The original enrollment: a drop and a later add leave it as it was."""
    credits_thousandths: int | None = None
    """The most of those that the registrar still has; nothing where one does not say."""


def enrollments(
    session: Session, cases: Sequence[CreditCase], more_courses: Sequence[int] = ()
) -> Mapping[tuple[int, int], Enrolled]:
    """By course and person."""
    rows = session.scalars(
        select(Enrollment)
        .where(
            Enrollment.course_id.in_({case.course_id for case in cases} | {*more_courses}),
            Enrollment.person_id.in_({case.person_id for case in cases}),
        )
        .order_by(Enrollment.added_on, Enrollment.id)
    )
    grouped: dict[tuple[int, int], list[Enrollment]] = defaultdict(list)
    for row in rows:
        grouped[row.course_id, row.person_id].append(row)
    return {key: _enrolled(those) for key, those in grouped.items()}


def _enrolled(rows: Sequence[Enrollment]) -> Enrolled:
    days = [day for row in rows for day in (row.first_added_on or row.added_on,) if day]
    current = [row.credits_thousandths for row in rows if row.dropped_on is None]
    known = [credits for credits in current if credits is not None]
    return Enrolled(
        first_on=min(days, default=None),
        credits_thousandths=max(known, default=None) if len(known) == len(current) else None,
    )


def original_courses(session: Session, placement_ids: Sequence[int]) -> Mapping[int, int]:
    """Of projects that ever moved the course in which each began, by placement; what the
    student was enrolled in there counts for them."""
    rows = session.execute(
        select(CreditCaseMove.placement_id, CreditCaseMove.from_course_id)
        .where(
            CreditCaseMove.placement_id.in_(placement_ids),
            CreditCaseMove.state == MoveState.ACCEPTED,
        )
        # The first move of each is the one that holds.
        .order_by(CreditCaseMove.id.desc())
    )
    return {row.placement_id: row.from_course_id for row in rows}


def of_cases(
    session: Session, cases: Sequence[CreditCase], policies: Policies
) -> Mapping[int, dict[str, Any]]:
    """Members of ``CaseInput`` beside placements and enrollment, by case."""
    dated = [c for c in cases if asked.term(policies[c.id])]
    terms = _terms(session, dated)
    taken_in = terms_of_students.term_ids(session, [(c.course, c.person_id) for c in dated])
    before = [c for c in cases if asked.earlier_credit(policies[c.id])]
    records = earlier.of_people(session, _people(before)) if before else {}
    decided = _decided_elsewhere(session, before)
    studied = [c for c in cases if asked.majors(policies[c.id])]
    majors = earlier.majors_of(session, _people(studied)) if studied else {}
    found: dict[int, dict[str, Any]] = {case.id: {} for case in cases}
    for case in dated:
        this = terms.get(taken_in.get((case.course_id, case.person_id), 0))
        if this is not None:
            found[case.id]["term"] = _term(this, terms, policies[case.id].carry_terms)
    for case in before:
        of_student = records.get(case.person_id, ())
        found[case.id] |= _earlier(case, decided[case.id], of_student)
    for case in studied:
        found[case.id]["majors"] = tuple(
            MajorInput(id=row.id, thousandths=row.credits_thousandths)
            for row in majors.get(case.person_id, ())
        )
    return found


def decided_elsewhere(session: Session, case: CreditCase) -> Sequence[tuple[str, Decision]]:
    """Approved in other courses of the student, with the course's name."""
    others = {one.id: one for one in _others(session, [case]) if one.id != case.id}
    standing = standing_decisions(session, others)
    return [
        (others[number].course.name, one)
        for number, one in standing.items()
        if one.outcome == DecisionOutcome.APPROVED
    ]


def _people(cases: Sequence[CreditCase]) -> set[int]:
    return {case.person_id for case in cases}


def _terms(session: Session, cases: Sequence[CreditCase]) -> Mapping[int, Term]:
    if not cases:
        return {}
    rows = session.scalars(
        select(Term).where(Term.institution_id.in_({case.institution_id for case in cases}))
    )
    return {row.id: row for row in rows}


def _term(this: Term, terms: Mapping[int, Term], back: int) -> TermInput:
    first: date | None = this.starts_on
    for _ in range(back):
        first = _start_before(first, this.institution_id, terms) if first else None
    return TermInput(
        starts_on=this.starts_on, ends_on=this.ends_on, carried_from=first if back else None
    )


def _start_before(day: date, institution_id: int, terms: Mapping[int, Term]) -> date | None:
    """Of the term that ended last before ``day``; of several parts of it the whole."""
    ended = [
        term
        for term in terms.values()
        if term.institution_id == institution_id and term.ends_on < day
    ]
    last = max((term.ends_on for term in ended), default=None)
    return min((term.starts_on for term in ended if term.ends_on == last), default=None)


def _decided_elsewhere(
    session: Session, cases: Sequence[CreditCase]
) -> Mapping[int, list[EarlierInput]]:
    """What stands in other cases of the same students, by case."""
    found: dict[int, list[EarlierInput]] = {case.id: [] for case in cases}
    if not cases:
        return found
    others = _others(session, cases)
    standing = standing_decisions(session, [other.id for other in others])
    for case in cases:
        for other in others:
            stands = standing.get(other.id)
            if other.id == case.id or other.person_id != case.person_id or stands is None:
                continue
            if stands.outcome == DecisionOutcome.APPROVED:
                found[case.id].append(
                    EarlierInput(
                        decision_id=stands.id,
                        thousandths=stands.credits_thousandths or 0,
                        is_same_course=_is_same(case, other.course.label),
                    )
                )
    return found


def _others(session: Session, cases: Sequence[CreditCase]) -> Sequence[CreditCase]:
    return session.scalars(
        select(CreditCase)
        .where(CreditCase.person_id.in_(_people(cases)))
        .options(joinedload(CreditCase.course))
        .order_by(CreditCase.id)
    ).all()


def _earlier(
    case: CreditCase, decided: list[EarlierInput], records: Sequence[EarlierCredit]
) -> dict[str, Any]:
    recorded = [
        EarlierInput(
            record_id=row.id,
            thousandths=row.credits_thousandths,
            is_same_course=_is_same(case, row.course_label),
        )
        for row in records
        if row.kind == EarlierKind.CREDIT
    ]
    nothing = [row.id for row in records if row.kind == EarlierKind.NOTHING]
    return {
        "earlier": (*decided, *recorded),
        "is_earlier_known": bool(recorded or nothing),
        "nothing_earlier_id": nothing[-1] if nothing else None,
    }


def _is_same(case: CreditCase, label: str) -> bool:
    """The same course in another term: by its code, however it is spaced."""
    return bool(course_code(label)) and course_code(label) == course_code(case.course.label)


def course_code(label: str) -> str:
    return "".join(sign for sign in label.upper() if sign.isalnum())
