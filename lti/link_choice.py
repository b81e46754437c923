"""What an instructor can choose for the course's page, or why there is nothing to choose."""

from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from careerlink.courses.models import Course
from careerlink.courses.read_only import why_read_only
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotFound
from careerlink.offered_parts import LinkItem, LinkOffer
from careerlink.people.actors import Actor
from careerlink.registry import registry
from lti.content_items import shapes
from lti.deep_linking import Answer
from lti.models import LtiDeepLinking

STUDENT = (
    "Only instructors add CareerLink to a course. Your own projects and your credit open from "
    "the links that the course has."
)
ASSISTANT = (
    "Assistants look after students, but adding links is for instructors of the course. Ask "
    "one of them to add it."
)
OTHERS = "Only instructors of a course add CareerLink to it, and your LMS names you otherwise."
COURSELESS = (
    "CareerLink adds links to a course, and your LMS named none. Open it from inside a course."
)
UNSUITED = (
    "This place in your LMS takes other things than links to a tool, so CareerLink has nothing "
    "for it. Add it where activities, assignments or module items are added."
)


@dataclass(frozen=True)
class Nothing:
    """Why there is nothing to choose: for the person, and in a word for the platform's log."""

    why: str
    code: str

    def answer(self) -> Answer:
        return Answer(error=self.why, code=self.code)


def why_nothing(
    asked: LtiDeepLinking, *, actor: Actor, course: Course | None
) -> Nothing | None:
    if course is None:
        return Nothing(COURSELESS, "no-course")
    role = actor.role_in(course.id)
    if role != CourseRole.INSTRUCTOR:
        why = {CourseRole.STUDENT: STUDENT, CourseRole.ASSISTANT: ASSISTANT}.get(role, OTHERS)
        return Nothing(why, "not-instructor")
    standing = actor.standing(course.id)
    if standing.read_only:
        return Nothing(why_read_only(standing), "read-only")
    if not shapes(asked):
        return Nothing(UNSUITED, "type-unsupported")
    return None


def offers() -> list[LinkOffer]:
    return sorted(registry.link_offers, key=lambda offer: offer.position)


def offer_of(key: str) -> LinkOffer:
    for offer in registry.link_offers:
        if offer.key == key:
            return offer
    raise NotFound


def chosen(
    session: Session,
    offer: LinkOffer,
    asked: LtiDeepLinking,
    query: MultiDict[str, str],
    *,
    actor: Actor,
    course: Course,
) -> list[LinkItem]:
    """What the address says was chosen; as one link where the platform takes no more.

    :raises InvalidInput: something is still to choose.
    """
    wanted = query.copy()
    if not asked.accept_multiple:
        wanted.setlist("as", ["one"])
    return offer.items(session, actor, course, wanted)
