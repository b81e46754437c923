"""Do decision, registrar's file, gradebook and reports say the same of every case?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.outbox import OutboxMessage
from careerlink.web.pagination import Page, page
from credit.cases.models import CaseState, CreditCase, Decision, GradeDelivery
from credit.cases.standing import standing_decisions
from credit.gradebook import worth
from credit.gradebook.worth import Worth
from credit.registrar.comparing import Place, batches, of_term, told
from credit.registrar.lines import result_in_words
from credit.registrar.models import RegistrarRow
from credit.registrar.problems import DECIDED, newest_decision
from credit.registrar.reading import NEEDS, Known, read
from lti import grade_match
from lti.models import LtiContext, LtiScore

A_PAGE = 200


@dataclass(frozen=True)
class Disagreement:
    case: str
    course: str
    course_id: str
    about: str
    text: str
    student: str = ""

    @property
    def line(self) -> str:
        return f"{self.case}\t{self.about}\t{self.text}"


@dataclass
class Totals:
    """Cases by state and credits, as the decisions have them; reports count the states."""

    approved: int = 0
    credits_thousandths: int = 0
    cases: int = 0
    found: list[Disagreement] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    page: Page[CreditCase]
    found: Sequence[Disagreement]


def part(session: Session, term: Term, *, after: str | None) -> Part:
    listed: Page[CreditCase] = page(
        session,
        of_term(term).options(*NEEDS),
        order_by=(CreditCase.course_id, CreditCase.id),
        key_of=lambda case: (case.course_id, case.id),
        after=after,
        size=A_PAGE,
    )
    return Part(listed, list(_compare(session, listed.rows, Totals())))


def every(session: Session, institution_id: int, term: Term | None) -> Iterator[Disagreement]:
    """Case by case, then the counts of reports."""
    query = of_term(term) if term is not None else _all(institution_id)
    totals = Totals()
    for cases in batches(session, query):
        yield from _compare(session, cases, totals)
    yield from _reports(session, query, totals)


def _all(institution_id: int) -> Select[CreditCase]:
    return (
        select(CreditCase)
        .join(Course, Course.id == CreditCase.course_id)
        .where(CreditCase.institution_id == institution_id)
    )


def _compare(
    session: Session, cases: Sequence[CreditCase], totals: Totals
) -> Iterator[Disagreement]:
    known = read(session, cases)
    undecided = [case.id for case in cases if case.state not in DECIDED]
    behind = standing_decisions(session, undecided)
    sent = told(session, [case.id for case in cases])
    grades = _grades(session, cases)
    serving = _serving(session, cases)
    for case in cases:
        one = known[case.id]
        _count(one, totals)
        grade = grades.get(case.id)
        has_gradebook = grade is not None or case.course_id in serving
        # What an earlier choice sent there stays as it was, whatever is decided later.
        has_gradebook = has_gradebook and not case.course.keeps_grades_here
        for about, text in (
            ("decision", _decision(one, behind.get(case.id))),
            ("registrar", _registrar(one, sent.get(case.id, {}))),
            ("gradebook", _gradebook(one, grade) if has_gradebook else ""),
        ):
            if text:
                who, where = case.person.label, case.course
                yield Disagreement(
                    case.public_id, where.name, where.public_id, about, text, who
                )


def _count(one: Known, totals: Totals) -> None:
    totals.cases += 1
    if one.decision is not None and one.decision.credits_thousandths is not None:
        totals.approved += 1
        totals.credits_thousandths += one.decision.credits_thousandths


def _decision(one: Known, behind: Decision | None) -> str:
    """``behind``: what stands though the state says that nothing is decided."""
    state, stands = one.case.state, one.decision or behind
    outcome = stands.outcome.value if stands is not None else ""
    if state in DECIDED:
        agrees = outcome == state.value or (state == CaseState.APPEALED and outcome != "")
    else:
        # A case that was incomplete goes on with that decision behind it.
        agrees = stands is None or stands.outcome not in worth.GRADED
    return (
        ""
        if agrees
        else f"the case is {state.value}, the decision that stands is {outcome or 'none'}"
    )


def _registrar(one: Known, rows: Mapping[Place, RegistrarRow]) -> str:
    place = (one.term.id, one.level) if one.term is not None else None
    elsewhere = [row for key, row in rows.items() if key != place]
    if one.decision is None:
        return "; ".join(f"told: {_line(row)}; no decision stands" for row in rows.values())
    if one.problems:
        return "left out: " + " ".join(problem.text for problem in one.problems)
    now = result_in_words(one.content)
    said = [
        f"told: {_line(row)}, in {row.content['term']}, {row.content['level']}; not void"
        for row in elsewhere
    ]
    row = rows.get(place) if place is not None else None
    return "; ".join([*said, *_difference(one, row, now)])


def _difference(one: Known, row: RegistrarRow | None, now: str) -> list[str]:
    if row is None:
        return [f"not told yet: {now}"]
    if row.content == one.content:
        return []
    if _line(row) != now:
        return [f"told: {_line(row)}; now: {now}"]
    names = [name for name, value in one.content.items() if row.content.get(name) != value]
    return [f"told something else of {', '.join(names)}"]


def _line(row: RegistrarRow) -> str:
    return result_in_words(row.content)


def _gradebook(one: Known, grade: "tuple[LtiScore, OutboxMessage] | None") -> str:
    value = _worth(one)
    if grade is None:
        is_due = value.given_thousandths is not None
        return f"never sent, {value.text} is due" if is_due else ""
    return grade_match.difference(
        *grade,
        given_thousandths=value.given_thousandths,
        maximum_thousandths=value.maximum_thousandths,
        due=value.text,
    )


def _worth(one: Known) -> Worth:
    return worth.of_standing(one.decision, one.policy)


def _grades(
    session: Session, cases: Sequence[CreditCase]
) -> dict[int, tuple[LtiScore, OutboxMessage]]:
    """By case, the cell in the gradebook that its decisions were told to."""
    rows = session.execute(
        select(Decision.credit_case_id, LtiScore, OutboxMessage)
        .join(GradeDelivery, GradeDelivery.decision_id == Decision.id)
        .join(LtiScore, LtiScore.id == GradeDelivery.lti_score_id)
        .join(OutboxMessage, OutboxMessage.id == LtiScore.outbox_message_id)
        .where(Decision.credit_case_id.in_([case.id for case in cases]))
        .order_by(LtiScore.timestamp, LtiScore.id)
    )
    return {case_id: (score, message) for case_id, score, message in rows}


def _serving(session: Session, cases: Sequence[CreditCase]) -> set[int]:
    rows = session.scalars(
        select(LtiContext.course_id).where(
            LtiContext.course_id.in_({case.course_id for case in cases}),
            LtiContext.lineitems_url != "",
        )
    )
    return {row for row in rows if row is not None}


def _reports(
    session: Session, query: Select[CreditCase], totals: Totals
) -> Iterator[Disagreement]:
    """Reports add up what the states and the newest decisions say, in one statement."""
    concerned = query.with_only_columns(CreditCase.id)
    cases, approved, credits = session.execute(
        select(
            func.count(CreditCase.id),
            func.count(Decision.id),
            func.sum(Decision.credits_thousandths),
        )
        .select_from(CreditCase)
        .join(
            Decision,
            (Decision.id == newest_decision().scalar_subquery())
            & (CreditCase.state.in_((CaseState.APPROVED, CaseState.APPEALED)))
            & Decision.credits_thousandths.is_not(None),
            isouter=True,
        )
        .where(CreditCase.id.in_(concerned))
    ).one()
    counted = (cases, approved, credits or 0)
    said = (totals.cases, totals.approved, totals.credits_thousandths)
    if counted != said:
        yield Disagreement(
            "all",
            "",
            "",
            "reports",
            f"count {counted[1]} awards of {counted[2] / 1000:g} credits in {counted[0]} "
            f"cases; the decisions say {said[1]} of {said[2] / 1000:g} in {said[0]}",
        )
