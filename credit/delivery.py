"""What the gradebook is told about a decision, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase, Decision, GradeDelivery
from credit.gradebook import worth
from credit.gradebook.worth import Worth
from credit.policy.parameters import Parameters
from lti import grades, progress
from lti.models import LtiContext, LtiDeployment, LtiRegistration, LtiScore
from lti.products import product_of

COLUMN = "credit"
LABEL = "Micro-internship credit"


@dataclass(frozen=True)
class Preview:
    """What would stand in the gradebook, before anything is sent."""

    platform: str
    award: Worth
    denial: Worth

    @property
    def approved(self) -> str:
        return self.award.text

    @property
    def denied(self) -> str:
        return self.denial.text


def send_grade(
    session: Session, decision: Decision, *, policy: Parameters, actor: Actor
) -> GradeDelivery | None:
    """Queue the score in the decision's transaction; nothing where there is no gradebook."""
    told = worth.of_step(decision, policy)
    case = decision.credit_case
    if told is None or (told.given_thousandths is None and not _shows_grade(session, case)):
        return None
    score = _queue(session, case, told, actor=actor)
    if score is None:
        return None
    sent = GradeDelivery(
        decision_id=decision.id,
        context_key=str(score.context_id),
        lti_score_id=score.id,
        outbox_message_id=score.outbox_message_id,
        queued_at=clock.now(),
    )
    session.add(sent)
    session.flush()
    return sent


def tell_of_work(session: Session, case: CreditCase, *, is_again: bool, actor: Actor) -> None:
    """Queue the word that a case waits for its decision, with the address of its packet."""
    if not Parameters.model_validate(case.policy_version.parameters).sends_progress:
        return
    progress.queue_progress(
        session,
        person=case.person,
        course=case.course,
        resource_id=COLUMN,
        label=LABEL,
        submission_path=f"/courses/{case.course.public_id}/submissions/{case.public_id}",
        submitted_at=clock.now(),
        is_again=is_again,
        actor=actor,
    )


def preview(
    session: Session, course: Course, policy: Parameters, *, credits_thousandths: int
) -> Preview | None:
    """``None`` where the platform gives us no gradebook in this course."""
    if not grades.has_gradebook(session, course):
        return None
    return Preview(
        platform=platform_name(session, course),
        award=worth.approved(policy, credits_thousandths),
        denial=worth.denied(policy),
    )


def platform_name(session: Session, course: Course) -> str:
    family = session.scalar(
        select(LtiRegistration.family)
        .join(LtiDeployment, LtiDeployment.registration_id == LtiRegistration.id)
        .join(LtiContext, LtiContext.deployment_id == LtiDeployment.id)
        .where(LtiContext.course_id == course.id)
        # A course seen through two LMSs: the one that serves a gradebook gets the score.
        .order_by((LtiContext.lineitems_url != "").desc(), LtiContext.id.desc())
        .limit(1)
    )
    return product_of(family).name if family is not None else "The gradebook"


def _shows_grade(session: Session, case: CreditCase) -> bool:
    """Was a grade sent that nothing has taken back yet?"""
    state = grades.states_for(session, case.course_id, [case.person_id]).get(case.person_id)
    return state is not None and state.given_thousandths is not None


def send_again(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """Queue what the gradebook should show once more, after a delivery that failed for good, or
    for the first time where nothing could be sent with the decision."""
    if not (actor.may_decide(case.course_id) or actor.is_staff):
        raise NotPermitted("Only the instructor or career staff send a grade again.")
    require_open(actor, case)
    state = grades.states_for(session, case.course_id, [case.person_id]).get(case.person_id)
    decision, due = _due(session, case)
    sent = session.scalar(
        select(GradeDelivery)
        .join(GradeDelivery.decision)
        .where(Decision.credit_case_id == case.id)
        .order_by(GradeDelivery.id.desc())
        .limit(1)
    )
    if due.given_thousandths is None:
        is_told = state is None or state.given_thousandths is None
    else:
        is_told = state is not None and sent is not None and sent.decision_id == decision.id
    if not is_told:
        policy = Parameters.model_validate(decision.policy_version.parameters)
        if send_grade(session, decision, policy=policy, actor=actor) is None:
            raise NotPossible(grades.why_no_gradebook(session, case.course, case.person))
        return
    if state is None or not state.can_retry or sent is None:
        raise NotPossible("Nothing has to be sent again.")
    score = _queue(session, case, due, actor=actor)
    if score is None:
        raise NotPossible(grades.why_no_gradebook(session, case.course, case.person))
    sent.outbox_message_id = score.outbox_message_id
    session.flush()


def _due(session: Session, case: CreditCase) -> tuple[Decision, Worth]:
    """The newest decision that the gradebook hears of, and what it is worth there.

    :raises NotPossible: there is none yet.
    """
    made = session.scalars(
        select(Decision)
        .where(Decision.credit_case_id == case.id)
        .options(joinedload(Decision.policy_version))
        .order_by(Decision.number.desc())
    )
    for decision in made:
        policy = Parameters.model_validate(decision.policy_version.parameters)
        if told := worth.of_step(decision, policy):
            return decision, told
    raise NotPossible("Nothing is decided that the gradebook shows.")


def _queue(session: Session, case: CreditCase, told: Worth, *, actor: Actor) -> LtiScore | None:
    return grades.queue_score(
        session,
        person=case.person,
        course=case.course,
        resource_id=COLUMN,
        label=LABEL,
        given_thousandths=told.given_thousandths,
        maximum_thousandths=told.maximum_thousandths,
        comment=told.comment,
        decided_at=clock.now(),
        institution_id=case.institution_id,
        actor=actor,
    )
