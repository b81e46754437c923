"""The credit policy among what an instructor looks at when a course begins."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import SetUpPart, SetUpStep
from careerlink.people.actors import Actor
from credit.policy import operations, queries


def say(session: Session, actor: Actor, course: Course) -> SetUpPart:
    current = queries.policy_for(session, course)
    may_choose = operations.may_choose(actor, course)
    url = url_for("policy.show", course_id=course.public_id)
    if current is None:
        return SetUpPart(
            "No policy holds here yet, so work in this course earns no credit.",
            url=url if may_choose else "",
            action="Choose a policy" if may_choose else "",
        )
    own = queries.choice_for(session, course) is not None
    by = "chosen for this course" if own else "as the career office has set it"
    return SetUpPart(
        f"{current.name}, version {current.number}, {by}.",
        url=url,
        action="Read it, or choose another policy" if may_choose else "Read the rules",
    )


POLICY = SetUpStep("policy", "Credit policy", say, 20)
