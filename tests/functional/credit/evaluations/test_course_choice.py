"""An instructor chooses who is asked at the half, and when both sides read."""

from collections.abc import Callable

from sqlalchemy import select

from careerlink.db import Database
from credit.evaluations import plan
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
