"""A sample project that another course of its student is asked to take up."""

from sqlalchemy import select

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from credit.cases import moving
from credit.cases.inputs import load_one
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED

MOVES = ("ruth", "ENV-220", "BUS-310")
WHY = (
    "Ruth takes both courses. The project is about what a service costs its customers, the "
    "matter of Applied Analytics; the instructor of ENV-220 agrees."
)


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-1, 10)):
        _ask_for_a_move(loading)


def _ask_for_a_move(loading: Loading) -> None:
    key, code, to = MOVES
    session, course = loading.session, loading.courses[to]
    student = loading.member(key, code, CourseRole.STUDENT)
    case = session.scalars(
        select(CreditCase).where(
            CreditCase.person_id == student.person_id,
            CreditCase.course_id == loading.courses[code].id,
        )
    ).one()
    # Known by a launch alone, as somebody is whom the roster does not list yet.
    member = CourseMember(
        course_id=course.id, person_id=case.person_id, launch_role=CourseRole.STUDENT
    )
    session.add(member)
    session.flush()
    if case.state in UNDECIDED:
        placement = load_one(session, case).parts[0].placement
        moving.ask(
            session, case, placement.public_id, course, actor=loading.staff(), reason=WHY
        )
