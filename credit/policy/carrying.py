"""The credit policy that a course chose, for its copy in a new term."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor
from credit.policy import operations, queries
from credit.policy.models import CreditPolicyVersion


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    """Nothing where the earlier course went by the institution's usual policy."""
    latest = _latest(session, source)
    if latest is None:
        return None
    text = f"{latest.name}, version {latest.number}. Cases that open here go by it."
    chosen = queries.policy_for(session, source)
    stays = (
        f"Version {chosen.number} was chosen there; there is a newer one."
        if chosen is not None and chosen.id != latest.id
        else ""
    )
    return CarriedPart(text=text, stays=stays)


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    latest = _latest(session, source)
    if latest is None:
        return "no policy"
    operations.choose_for_course(session, target, latest, actor=actor)
    return f"{latest.name}, version {latest.number}"


def _latest(session: Session, source: Course) -> CreditPolicyVersion | None:
    """The newest version of the policy that the earlier course chose."""
    choice = queries.choice_for(session, source)
    if choice is None:
        return None
    return queries.newest_like(session, choice.policy_version_id)


def page(course: Course) -> str:
    return url_for("policy.show", course_id=course.public_id)


POLICY = CarryOver("policy", "Credit policy", preview, take, page)
