"""What instructors did about sample cases besides awarding and denying them."""

from datetime import timedelta

from sqlalchemy import select

from careerlink import clock
from careerlink.courses import delegating
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from careerlink.people.actors import Actor
from credit.cases import bundle, deciding, inputs, packet
from credit.cases import queries as cases
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from credit.midpoint import operations as midpoint
from credit.returning import operations as returning
from credit.returning import places
from credit.returning import queries as pins
from credit.returning.models import PinPart

COURSE = "BUS-310"
RETURNED, COMMENTED, INCOMPLETE, LEFT_OUT = "dmitri", "luca", "grace", "aoife"
PINNED = {
    PinPart.OBJECTIVE: "You name the range. Say also what result would make you give it up.",
    PinPart.REFLECTION: "Two or three sentences are enough here, for a broker to read.",
    PinPart.HOURS_ENTRY: "Is the reading of the method in these hours? Please say so.",
}
ANSWERED = PinPart.HOURS_ENTRY
ANSWER = "No, I read about it before the project began, and did not log that."
COMMENT = (
    "Your interviews are the strongest part so far. Before you write the recommendation, look "
    "at the people who never bought a ticket: nobody in your list stands for them."
)
WHY_INCOMPLETE = (
    "Your project is done and the partner's evaluation is in. Your own evaluation is missing "
    "because of the weeks you were ill. Write it by the day named here; nothing else is open."
)
WHY_LEFT_OUT = "Aoife asked to go on with this project without credit; her load is full."
TO_FINISH = timedelta(days=45)


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-4, 15)):
        _pin(loading)
    with clock.at(loading.moment(-3, 11)):
        midpoint.write(
            loading.session, _case(loading, COMMENTED), actor=_instructor(loading), text=COMMENT
        )
        _leave_out(loading)
    with clock.at(loading.moment(-2, 13)):
        _mark_incomplete(loading)
    with clock.at(loading.moment(-1, 9)):
        _answer(loading)
        _ask_to_stand_in(loading)


def _case(loading: Loading, key: str) -> CreditCase:
    return loading.session.scalars(
        select(CreditCase).where(
            CreditCase.person_id == loading.people[key].id,
            CreditCase.course_id == loading.courses[COURSE].id,
        )
    ).one()


def _instructor(loading: Loading) -> Actor:
    return loading.member("instructor", COURSE, CourseRole.INSTRUCTOR)


def _pin(loading: Loading) -> None:
    """Of each kind the last part that the packet shows."""
    session, case = loading.session, _case(loading, RETURNED)
    sheets = packet.read(session, inputs.load_one(session, case))
    known = places.of(sheets, case.academic_minutes)
    names = {place.part: name for name, place in known.items()}
    written = {names[part]: text for part, text in PINNED.items()}
    decision = cases.decisions(session, case)[-1]
    returning.pin(session, decision, written, known, actor=_instructor(loading))


def _answer(loading: Loading) -> None:
    student = loading.member(RETURNED, COURSE, CourseRole.STUDENT)
    for pin in pins.pins_of_case(loading.session, _case(loading, RETURNED)):
        if pin.part == ANSWERED:
            returning.answer(loading.session, pin, ANSWER, is_done=True, actor=student)


def _leave_out(loading: Loading) -> None:
    session, case = loading.session, _case(loading, LEFT_OUT)
    project = inputs.load_one(session, case).parts[0].placement.public_id
    bundle.leave_out(session, case, project, actor=_instructor(loading), reason=WHY_LEFT_OUT)


def _mark_incomplete(loading: Loading) -> None:
    choice = Choice(
        DecisionOutcome.INCOMPLETE,
        comment=WHY_INCOMPLETE,
        finish_by=loading.today + TO_FINISH,
    )
    deciding.decide(
        loading.session, _case(loading, INCOMPLETE), choice, actor=_instructor(loading)
    )


def _ask_to_stand_in(loading: Loading) -> None:
    """For a week that is still to come."""
    delegating.begin(
        loading.session,
        loading.courses[COURSE],
        loading.people["instructor2"],
        actor=_instructor(loading),
        starts_on=loading.day(7),
        ends_on=loading.day(13),
        may_decide=True,
    )
