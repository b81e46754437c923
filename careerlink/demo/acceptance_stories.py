"""A sample award that waits for its student, under a policy that asks them to accept it."""

from sqlalchemy import select

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from credit.cases import award, deciding, inputs, rebasing
from credit.cases.choice import Choice
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.policy import operations, queries
from credit.policy.models import CreditPolicyVersion

AWARDED = ("jonah", "BUS-310")
WHY_REBASED = (
    "Jonah graduates this term. The registrar takes credit for a graduating student only once "
    "the student has accepted it."
)
COMMENT = (
    "Two careful projects and a reflection that other students should read. Look at the award, "
    "then accept it."
)


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-2, 10)):
        case = _case(loading)
        version = _asks_for_acceptance(loading)
        actor = loading.staff()
        rebasing.rebase(loading.session, case, version, actor=actor, reason=WHY_REBASED)
    with clock.at(loading.moment(-1, 15)):
        _award(loading, case)


def _case(loading: Loading) -> CreditCase:
    key, code = AWARDED
    return loading.session.scalars(
        select(CreditCase).where(
            CreditCase.person_id == loading.people[key].id,
            CreditCase.course_id == loading.courses[code].id,
        )
    ).one()


def _asks_for_acceptance(loading: Loading) -> CreditPolicyVersion:
    """The course's own policy in everything else."""
    of_course = loading.policies[AWARDED[1]]
    parameters = queries.parameters_of(of_course)
    return operations.create_version(
        loading.session,
        institution_id=loading.institution.id,
        name=f"{of_course.name}, graduating students",
        parameters=parameters.model_copy(update={"final_acceptance_required": True}),
        source=of_course.source,
        note="As for everybody, and graduating students accept their award",
        actor=loading.system,
    )


def _award(loading: Loading, case: CreditCase) -> None:
    if case.state != CaseState.READY:
        return
    choice = Choice(
        DecisionOutcome.APPROVED,
        comment=COMMENT,
        confirmed_rules=award.to_confirm(inputs.load_one(loading.session, case)),
    )
    instructor = loading.member("instructor", AWARDED[1], CourseRole.INSTRUCTOR)
    deciding.decide(loading.session, case, choice, actor=instructor)
