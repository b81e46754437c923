"""Two sample chairs: a case that waits for one of them, and an appeal that the other reads."""

from datetime import date

from sqlalchemy import select

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from careerlink.people.actors import Actor
from credit.academic_work.operations import assess
from credit.appeals import operations as appeals
from credit.approvals import appointments
from credit.approvals.appointments import Scope
from credit.approvals.roles import ApproverRole
from credit.cases import award, deciding, inputs, recording
from credit.cases.choice import Choice
from credit.cases.models import CaseState, CreditCase, DecisionOutcome

CHAIRS = (("instructor", "ENV-220"), ("instructor2", "BUS-310"))
"""Each for the other one's course, so that nobody approves what they decided themselves."""
IN_APPROVAL = ("silas", "ENV-220", "instructor2")
LEVELS = {"seminar": 3, "link": 2}
SEMINAR = "His walk with the stopwatch was the afternoon that the others still talk about."
APPEALED = ("hassan", "BUS-310")
STATEMENT = (
    "The decision counts seven hours of seminar. I also came to the two evening sessions in "
    "October, four hours each, which took the place of the afternoons I missed. They are on "
    "the sign-in sheets of that group, not of mine. With them I have the fifteen hours."
)


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-80)):
        for key, code in CHAIRS:
            _chair(loading, key, code, starts_on=loading.day(-80))
    with clock.at(loading.moment(-2, 16)):
        _approve_first_step(loading)
    with clock.at(loading.moment(-1, 11)):
        _appeal(loading)


def _chair(loading: Loading, key: str, code: str, *, starts_on: date) -> None:
    appointments.appoint(
        loading.session,
        loading.people[key],
        actor=loading.staff(),
        role=ApproverRole.CHAIR,
        scope=Scope(course=loading.courses[code]),
        starts_on=starts_on,
    )


def _case(loading: Loading, key: str, code: str) -> tuple[CreditCase, Actor]:
    student = loading.member(key, code, CourseRole.STUDENT)
    found = loading.session.scalars(
        select(CreditCase).where(
            CreditCase.person_id == student.person_id,
            CreditCase.course_id == loading.courses[code].id,
        )
    ).one()
    return found, student


def _approve_first_step(loading: Loading) -> None:
    key, code, instructor = IN_APPROVAL
    case, _student = _case(loading, key, code)
    actor = loading.member(instructor, code, CourseRole.INSTRUCTOR)
    assess(loading.session, case, actor=actor, levels=LEVELS, comment=SEMINAR)
    recording.settle(loading.session, case)
    if case.state == CaseState.READY:
        choice = Choice(
            DecisionOutcome.APPROVED,
            comment="A fair trial, and a list that a small office can act on.",
            confirmed_rules=award.to_confirm(inputs.load_one(loading.session, case)),
        )
        deciding.decide(loading.session, case, choice, actor=actor)


def _appeal(loading: Loading) -> None:
    case, student = _case(loading, *APPEALED)
    if case.state == CaseState.DENIED:
        appeals.file(loading.session, case, actor=student, statement=STATEMENT)
