"""Several projects in one case: what is there, what is left out, and what is still needed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPossible
from careerlink.placements.models import Placement
from credit import decided
from credit.cases import bundle, inputs, keeping, steps_ahead
from credit.cases.models import CaseState, CreditCase
from credit.policy.parameters import HoursStep, Parameters
from tests.factories import cases
from tests.factories.evaluated import evaluate
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")
WHY = "The student asked for it: this one is for the portfolio."


def bundle_of_two(session: Session, **policy: Any) -> tuple[cases.Class, CreditCase, Placement]:
    of = cases.school_class(session, **policy)
    case = cases.ready_case(session, of)
    second = cases.project(session, of, of.students[0], minutes=24 * 60)
    cases.open_case(session, second)
    cases.complete(session, second)
    evaluate(session, second)
    keeping.settle_case(session, case)
    return of, case, second


def minutes(session: Session, case: CreditCase) -> int:
    return inputs.load_one(session, case).sum_with().total_minutes // 60


def test_what_is_left_out_counts_nothing_and_comes_back(session: Session) -> None:
    of, case, second = bundle_of_two(session)
    assert minutes(session, case) == 72

    bundle.leave_out(session, case, second.public_id, actor=of.as_instructor, reason=WHY)
    assert minutes(session, case) == 48
    # It is not picked up anew by the sweep, and its records go on being written.
    assert cases.open_case(session, second) is case
    assert minutes(session, case) == 48
    case.state = CaseState.APPROVED
    assert decided.why_closed(session, second) == ""
    with pytest.raises(NotPossible, match="The case is approved"):
        bundle.put_back(session, case, second.public_id, actor=of.as_instructor, reason=WHY)
    case.state = CaseState.READY
    bundle.put_back(session, case, second.public_id, actor=of.as_instructor, reason="Undone.")
    assert minutes(session, case) == 72


def test_a_bundle_that_falls_short_of_the_policys_number_says_so(session: Session) -> None:
    of, case, second = bundle_of_two(session, min_placements=2)
    assert inputs.load_one(session, case).sum_with().unmet == []
    bundle.leave_out(session, case, second.public_id, actor=of.as_instructor, reason=WHY)
    (unmet,) = inputs.load_one(session, case).sum_with().unmet
    assert "1" in unmet


def test_leaving_out_goes_by_a_reason_and_stands_on_both_pages(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    of = desk.of
    teacher = of.signed_in(visitors(), desk.database, of.instructor, CourseRole.INSTRUCTOR)
    page = teacher.get(of.address(desk.case)).follow("Projects of this case")
    asking = page.follow("Leave out")
    refused = asking.submit("Leave it out", status=422)
    assert "Say why" in refused.text
    page = refused.submit("Leave it out", {"Why": WHY})
    assert WHY in page.text
    assert "No project counts in this case" in page.text
    student = of.signed_in(visitors(), desk.database, of.students[0], CourseRole.STUDENT)
    own = student.get(of.address(part="/credit"))
    assert f"Without credit “Where do repair customers wait?”: {WHY}" in own.text
    back = page.follow("Put back").submit("Put it back", {"Why": "A slip."})
    assert "1 project in this case" in back.text


@pytest.mark.parametrize(
    ("policy", "worked", "missing", "credits"),
    [
        (Parameters(), 0, 1350, 500),
        (Parameters(), 1349, 1, 500),
        (Parameters(), 1350, 1350, 1000),
        (Parameters(minimum_thousandths=1000), 0, 2700, 1000),
        (Parameters(maximum_thousandths=1000), 2700, None, None),
    ],
)
def test_how_far_it_is_to_the_next_step(
    policy: Parameters, worked: int, missing: int | None, credits: int | None
) -> None:
    ahead = steps_ahead.after(policy, worked)
    found = (ahead.minutes, ahead.thousandths) if ahead else (None, None)
    assert found == (missing, credits)


def test_the_next_step_of_a_table_that_is_not_linear() -> None:
    steps = ((45, 1000), (75, 2000), (105, 3000))
    table = tuple(HoursStep(minutes=h * 60, thousandths=t) for h, t in steps)
    policy = Parameters(hours_table=table, step_thousandths=1000, minimum_thousandths=1000)
    ahead = steps_ahead.after(policy, 46 * 60)
    assert ahead is not None
    assert (ahead.minutes, ahead.thousandths) == (29 * 60, 2000)
