"""An instructor chooses who is asked at the half, and when both sides read."""

from collections.abc import Callable

from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.db import Database
from credit.evaluations import carrying, plan, plan_views, requesting
from credit.evaluations.models import EvaluationPlan
from tests.factories.agreements import Scene
from tests.pages import Visitor


def test_the_choice_is_kept_and_shown_again(
    database: Database, cast: Scene, browser_of: Callable[[str], Visitor]
) -> None:
    path = f"/courses/{cast.course.public_id}/evaluations"
    page = browser_of("instructor").get(path)
    assert "Nothing; your choice" in page.text
    form = page.form("Save choice")
    form.data |= {"has_midpoint": ["y"], "release_days": ["10"]}

    page = page.visitor.post(path, form.data)

    assert "Nothing; your choice" not in page.text
    with database.read() as session:
        (chosen,) = session.scalars(select(EvaluationPlan))
    assert (chosen.midpoint_from_minutes, chosen.release_days) == (plan.OFTENER_FROM, 10)

    form.data["release_days"] = ["0"]
    assert page.visitor.post(path, form.data, status=422).errors == ["Enter 1 to 60 days"]


def test_a_copy_of_the_course_keeps_the_choice(unit: Callable[[], Scene]) -> None:
    scene = unit()
    session, copy = scene.session, scene.course
    earlier = Course(
        institution_id=scene.institution.id, term_id=copy.term_id, title="Applied Analytics"
    )
    session.add(earlier)
    session.flush()
    assert carrying.preview(session, earlier, copy) is None
    plan_views.keep(session, earlier, actor=scene.staff, has_midpoint=True, release_days=10)
    offered = carrying.preview(session, earlier, copy)
    assert offered is not None

    said = carrying.take(session, earlier, copy, scene.instructor)

    assert said == offered.text
    chosen = requesting.plan_of(session, copy.id)
    assert (chosen.midpoint_from_minutes, chosen.release_days) == (plan.OFTENER_FROM, 10)
