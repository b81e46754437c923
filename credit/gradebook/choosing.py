"""Whether a course sends its decisions to the LMS's gradebook, or keeps them here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses import set_up
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile, NotPermitted
from careerlink.people.actors import Actor
from credit import delivery
from credit.gradebook import queries, worth
from credit.gradebook.queries import Row
from credit.policy import queries as policy
from credit.policy.parameters import Parameters
from lti import grade_progress, gradebooks
from lti.grade_progress import Progress

CHANGED = "Somebody chose the other way meanwhile. Look at what holds now."


@dataclass(frozen=True)
class Outlook:
    """What either answer would mean now."""

    platform: str
    is_offered: bool
    """The LMS would take grades."""
    maximum_thousandths: int
    sent: Progress
    """Of what was sent until now."""
    unsent: Sequence[Row]
    """Decided, and not in the gradebook: what could be sent."""


def outlook(session: Session, actor: Actor, course: Course) -> Outlook:
    version = policy.policy_for(session, course)
    rules = Parameters() if version is None else policy.parameters_of(version)
    is_offered = bool(gradebooks.offering(session, course))
    return Outlook(
        delivery.platform_name(session, course) if is_offered else "The gradebook",
        is_offered,
        worth.maximum(rules),
        grade_progress.of_course(session, course),
        queries.would_be_sent(session, actor, course),
    )


def choose(
    session: Session, course: Course, *, keeps_here: bool, seen: bool, actor: Actor
) -> None:
    """Nothing is sent by this alone. ``seen``: what held on the page that was answered."""
    require_open(actor, course)
    if not set_up.may_set_up(actor, course):
        raise NotPermitted("Only the instructor or career staff choose this.")
    # Two people may answer at once: the second sees what the first one chose.
    session.refresh(course, ["keeps_grades_here"], with_for_update=True)
    if course.keeps_grades_here == keeps_here:
        return
    if course.keeps_grades_here != seen:
        raise ChangedMeanwhile(CHANGED)
    course.keeps_grades_here = keeps_here
    session.flush()
    verb = "keep_grades" if keeps_here else "send_grades"
    audit.record(session, f"course:{verb}", course, actor=actor)


def to_send(session: Session, actor: Actor, course: Course) -> int:
    """How many decisions wait for somebody to send them."""
    listed = queries.to_send(session, actor, course).subquery()
    return session.scalar(select(func.count()).select_from(listed)) or 0
