"""What the registrar would hear of each case now, or why not yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import CourseCrn, Enrollment, EnrollmentLevel
from careerlink.enrollments.terms_of_students import Place
from careerlink.institutions.models import Term
from credit.cases import acceptance
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.standing import standing_decisions
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words
from credit.registrar import lines
from credit.registrar.problems import DECIDED, Kind, Problem, end_of

NEEDS = (
    joinedload(CreditCase.person),
    joinedload(CreditCase.policy_version),
    joinedload(CreditCase.course).joinedload(Course.term),
    joinedload(CreditCase.course).joinedload(Course.institution),
)


@dataclass(frozen=True)
class Known:
    case: CreditCase
    decision: Decision | None
    """The one that stands; without one there is nothing to tell."""
    term: Term | None
    level: EnrollmentLevel
    content: dict[str, Any]
    policy: Parameters
    """By which the standing decision was made, else that of the case."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_told(self) -> bool:
        return self.decision is not None and not self.problems


def read(session: Session, cases: Sequence[CreditCase]) -> dict[int, Known]:
    """By case id, in a fixed number of queries. ``NEEDS`` must have come with the cases."""
    batch = _Batch(session, cases)
    return {case.id: batch.known(case) for case in cases}


class _Batch:
    """Everything that is known of some cases, read once for all of them."""

    def __init__(self, session: Session, cases: Sequence[CreditCase]) -> None:
        decided = [case.id for case in cases if case.state in DECIDED]
        self.stands = standing_decisions(session, decided)
        ids = {case.policy_version_id for case in cases}
        ids |= {one.policy_version_id for one in self.stands.values()}
        # Held here, so that each decision finds its version without a query of its own.
        self.versions = session.scalars(
            select(CreditPolicyVersion).where(CreditPolicyVersion.id.in_(ids))
        ).all()
        self.policies = {
            one.id: Parameters.model_validate(one.parameters) for one in self.versions
        }
        self.today = _today(cases[0]) if cases else date.min
        self.enrolled = _enrollments(session, cases)
        self.labels = _labels(session, self.enrolled)
        self.terms = _terms(session, cases)
        self.dropped = _dropped(session, cases, self.terms)
        self.accepted = acceptance.accepted_at(
            session, [one.id for one in self.stands.values()]
        )

    def known(self, case: CreditCase) -> Known:
        place = (case.course_id, case.person_id)
        rows = self.enrolled.get(place, [])
        decision = self.stands.get(case.id)
        version_id = decision.policy_version_id if decision else case.policy_version_id
        term = self.terms.get(place)
        level = (rows[0].level if rows else None) or EnrollmentLevel.UNDERGRADUATE
        known = Known(case, decision, term, level, {}, self.policies[version_id])
        if decision is None:
            return known
        content = lines.of_decision(
            decision,
            known.policy,
            decided_on=_campus_day(case, decision),
            known=self._known(case, rows[0] if rows else None, term, level),
        )
        active = [row for row in rows if is_active(row, self.today)]
        problems = _problems(case, decision, rows, active, term)
        if place in self.dropped and all(one.kind != Kind.DROPPED for one in problems):
            problems.append(Problem(Kind.DROPPED, "The student left the course since."))
        if self._waits_for_answer(decision, known.policy):
            problems.append(
                Problem(Kind.NOT_ACCEPTED, "The student has not accepted the award yet.")
            )
        return replace(known, content=content, problems=tuple(problems))

    def _known(
        self,
        case: CreditCase,
        row: Enrollment | None,
        term: Term | None,
        level: EnrollmentLevel,
    ) -> dict[str, str]:
        section = row.section if row is not None else None
        label = case.course.label
        if row is not None:
            label = self.labels.get((row.term_id, row.crn), label)
        return {
            "term": term.code if term is not None else "",
            "crn": row.crn if row is not None else "",
            "section": section.sis_id if section is not None else "",
            "department": row.department if row is not None else "",
            "subject": lines.subject_of(label),
            "course": label,
            "student_sis_id": case.person.sis_id or "",
            "level": level.value,
            "case": case.public_id,
        }

    def _waits_for_answer(self, decision: Decision, policy: Parameters) -> bool:
        is_asked = policy.final_acceptance_required
        is_award = decision.outcome == DecisionOutcome.APPROVED
        return is_asked and is_award and decision.id not in self.accepted


def _campus_day(case: CreditCase, decision: Decision) -> date:
    return decision.decided_at.astimezone(ZoneInfo(case.course.institution.time_zone)).date()


def _problems(
    case: CreditCase,
    decision: Decision,
    rows: Sequence[Enrollment],
    active: Sequence[Enrollment],
    term: Term | None,
) -> list[Problem]:
    found = []
    if not case.person.sis_id:
        found.append(Problem(Kind.NO_STUDENT_ID, "The student’s SIS ID is missing."))
    if not decision.decided_by.sis_id:
        who = decision.decided_by.label
        found.append(
            Problem(Kind.NO_DECIDER_ID, f"The SIS ID of {who}, who decided, is missing.")
        )
    if not any(row.crn or row.section_id for row in rows):
        found.append(Problem(Kind.NO_SECTION, "CRN and section are missing."))
    if term is None:
        found.append(Problem(Kind.NO_TERM, "The course has no term."))
    if rows and not active:
        found.append(Problem(Kind.DROPPED, "The registrar’s list says that the student left."))
    most = max((_credits(row) for row in active), default=None)
    given = decision.credits_thousandths or 0
    if most is not None and given > most:
        told = f"Awarded {credits_in_words(given)}, enrolled for {credits_in_words(int(most))}."
        found.append(Problem(Kind.FEWER_CREDITS, told))
    return found


def _credits(row: Enrollment) -> float:
    return float("inf") if row.credits_thousandths is None else row.credits_thousandths


def is_active(row: Enrollment, today: date) -> bool:
    """A drop that lies ahead is known, and the student still there."""
    if row.dropped_on is None:
        return not row.is_withdrawn
    return row.dropped_on > today


def _today(case: CreditCase) -> date:
    """By the campus's calendar; cases that are read together are of one institution."""
    return clock.today(case.course.institution.time_zone)


def _enrollments(
    session: Session, cases: Collection[CreditCase]
) -> dict[Place, list[Enrollment]]:
    """Of each student in a course, the one that counts first."""
    rows = session.scalars(
        select(Enrollment)
        .where(
            Enrollment.course_id.in_({case.course_id for case in cases}),
            Enrollment.person_id.in_({case.person_id for case in cases}),
        )
        .options(joinedload(Enrollment.section))
        .order_by(*terms_of_students.COUNTS_FIRST)
    )
    found: dict[Place, list[Enrollment]] = {}
    for row in rows:
        found.setdefault((row.course_id, row.person_id), []).append(row)
    return found


def _labels(
    session: Session, enrolled: Mapping[Place, Sequence[Enrollment]]
) -> Mapping[tuple[int | None, str], str]:
    """By term and CRN: of courses that are taught as one each keeps its own number and code."""
    rows = [row for of_one in enrolled.values() for row in of_one]
    said = session.execute(
        select(CourseCrn.term_id, CourseCrn.crn, Course.label)
        .join(Course, Course.id == CourseCrn.course_id)
        .where(
            CourseCrn.term_id.in_({row.term_id for row in rows}),
            CourseCrn.crn.in_({row.crn for row in rows}),
        )
    )
    return {(row.term_id, row.crn): row.label for row in said}


def _terms(session: Session, cases: Collection[CreditCase]) -> dict[Place, Term]:
    taken = [(case.course, case.person_id) for case in cases]
    found = terms_of_students.term_ids(session, taken)
    rows = session.scalars(select(Term).where(Term.id.in_({*found.values()})))
    terms = {term.id: term for term in rows}
    return {place: terms[term_id] for place, term_id in found.items()}


def _dropped(
    session: Session, cases: Collection[CreditCase], terms: Mapping[Place, Term]
) -> set[Place]:
    """Whom a roster let go while the term ran."""
    rows = session.execute(
        select(CourseMember.course_id, CourseMember.person_id, CourseMember.dropped_at).where(
            CourseMember.course_id.in_({case.course_id for case in cases}),
            CourseMember.person_id.in_({case.person_id for case in cases}),
            CourseMember.dropped_at.is_not(None),
        )
    )
    return {
        (course_id, person_id)
        for course_id, person_id, dropped_at in rows
        if dropped_at and _ran(terms.get((course_id, person_id)), dropped_at)
    }


def _ran(term: Term | None, moment: datetime) -> bool:
    """Canvas and Moodle end the enrollments of a whole class when its term is over."""
    return term is None or moment < end_of(term)
