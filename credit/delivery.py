"""What the gradebook is told about a decision, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase, Decision, DecisionOutcome, GradeDelivery
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words
from lti import grades, progress
from lti.models import LtiContext, LtiDeployment, LtiRegistration, LtiScore
from lti.products import product_of

COLUMN = "credit"
LABEL = "Micro-internship credit"
GRADED = (DecisionOutcome.APPROVED, DecisionOutcome.DENIED)


@dataclass(frozen=True)
class Preview:
    """What would stand in the gradebook, before anything is sent."""

    platform: str
    approved: str
    denied: str


def send_grade(
    session: Session, decision: Decision, *, policy: Parameters, actor: Actor
) -> GradeDelivery | None:
    """Queue the score in the decision's transaction; nothing where there is no gradebook."""
    told = _worth(decision, policy)
    if told is None:
        return None
    given, comment = told
    score = _queue(session, decision.credit_case, policy, given, comment, actor=actor)
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


def preview(session: Session, course: Course, policy: Parameters) -> Preview | None:
    """``None`` where the platform gives us no gradebook in this course."""
    if not grades.has_gradebook(session, course):
        return None
    full = points_in_words(policy.score_maximum_thousandths)
    return Preview(
        platform=platform_name(session, course),
        approved=f"{full} of {full}",
        denied=f"0 of {full}",
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


def points_in_words(thousandths: int) -> str:
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")


def _worth(decision: Decision, policy: Parameters) -> tuple[int | None, str] | None:
    """Score and comment. A returned or incomplete case leaves the gradebook as it was."""
    if decision.outcome == DecisionOutcome.APPROVED:
        words = credits_in_words(decision.credits_thousandths or 0)
        return policy.score_maximum_thousandths, f"Approved in CareerLink: {words}."
    if decision.outcome == DecisionOutcome.DENIED:
        return 0, "Not approved in CareerLink."
    if decision.outcome == DecisionOutcome.VOIDED:
        return None, "The decision in CareerLink was voided."
    return None


def send_again(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """Queue the score that stands once more, after a delivery that failed for good, or for the
    first time where nothing could be sent with the decision."""
    if not (actor.may_decide(case.course_id) or actor.is_staff):
        raise NotPermitted("Only the instructor or career staff send a grade again.")
    require_open(actor, case)
    state = grades.states_for(session, case.course_id, [case.person_id]).get(case.person_id)
    sent = session.scalar(
        select(GradeDelivery)
        .join(GradeDelivery.decision)
        .where(Decision.credit_case_id == case.id)
        .options(joinedload(GradeDelivery.decision).joinedload(Decision.policy_version))
        .order_by(GradeDelivery.id.desc())
        .limit(1)
    )
    if state is None:
        _send_late(session, case, actor=actor)
        return
    if not state.can_retry or sent is None:
        raise NotPossible("Nothing has to be sent again.")
    policy = Parameters.model_validate(sent.decision.policy_version.parameters)
    given, comment = _worth(sent.decision, policy) or (None, "")
    score = _queue(session, case, policy, given, comment, actor=actor)
    if score is not None:
        sent.outbox_message_id = score.outbox_message_id
        session.flush()


def _send_late(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """Decided while the platform gave no gradebook, or knew no account of the student."""
    latest = session.scalar(
        select(Decision)
        .where(Decision.credit_case_id == case.id)
        .options(joinedload(Decision.policy_version))
        .order_by(Decision.number.desc())
        .limit(1)
    )
    if latest is None or latest.outcome not in GRADED:
        raise NotPossible("Nothing is decided that the gradebook shows.")
    policy = Parameters.model_validate(latest.policy_version.parameters)
    if send_grade(session, latest, policy=policy, actor=actor) is None:
        raise NotPossible(grades.why_no_gradebook(session, case.course, case.person))


def _queue(
    session: Session,
    case: CreditCase,
    policy: Parameters,
    given: int | None,
    comment: str,
    *,
    actor: Actor,
) -> LtiScore | None:
    return grades.queue_score(
        session,
        person=case.person,
        course=case.course,
        resource_id=COLUMN,
        label=LABEL,
        given_thousandths=given,
        maximum_thousandths=policy.score_maximum_thousandths,
        comment=comment,
        decided_at=clock.now(),
        institution_id=case.institution_id,
        actor=actor,
    )
