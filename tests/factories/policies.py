"""A draft of a policy, and what it would change on a course's cases."""

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit.policy import drafting, dry_run, queries
from credit.policy.models import CreditPolicyVersion


def addresses(session: Session, course: Course, staff: Actor) -> dict[str, str]:
    version = queries.policy_for(session, course)
    assert version is not None
    draft = drafting.begin(
        session,
        name=version.name,
        parameters=queries.parameters_of(version),
        source=version.source,
        actor=staff,
        based_on=session.get_one(CreditPolicyVersion, version.id),
    )
    run = dry_run.begin(session, draft, actor=staff, course=course)
    return {
        "policy_id": version.public_id,
        "draft_id": draft.public_id,
        "run_id": run.public_id,
    }
