"""What a standing lets an actor do."""

from careerlink.courses.roles import CourseRole, Standing
from careerlink.people.actors import Actor


def test_nobody_decides_as_somebody_else() -> None:
    """An LMS's administrator who acts as the instructor, or a test user who teaches."""
    own = Standing(CourseRole.INSTRUCTOR, may_decide=True)
    lent = Standing(CourseRole.INSTRUCTOR, may_decide=True, read_only=True)
    actor = Actor(1, person_id=1, courses={1: own, 2: lent})

    assert actor.may_decide(1)
    assert not actor.why_not_decide(1)
    assert not actor.may_decide(2)
    assert "not decide" in actor.why_not_decide(2)
    assert actor.may_look(2)
