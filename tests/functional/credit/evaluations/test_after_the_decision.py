"""4.6, late evaluation: taken, said to be late, and after the decision kept as an addendum."""

from collections.abc import Callable

from careerlink import clock
from careerlink.db import Database
from credit.cases import inputs
from credit.cases.models import CaseState, CreditCase
from credit.evaluations import queries
from tests.factories.agreements import Scene
from tests.factories.evaluations import decided, fill_in
from tests.functional.credit.evaluations.test_journey import WORDS, rate
from tests.pages import Page, Visitor


def decide(unit: Callable[[], Scene]) -> int:
    scene = unit()
    case = decided(scene.session, scene)
    scene.session.commit()
    return case.id


def test_what_comes_after_the_decision_is_an_addendum_that_alerts_the_instructor(
    database: Database,
    cast: Scene,
    unit: Callable[[], Scene],
    ines: Page,
    browser_of: Callable[[str], Visitor],
) -> None:
    case_id = decide(unit)
    page = ines.visitor.get(ines.path.split("/evaluation")[0] + "/evaluation")
    assert "This comes after the decision" in page.text
    assert page.heading == "What did you see Maya do?"
    page = rate(page, "3").submit("Save and continue", {**WORDS, "Would you work": "Yes"})
    page = page.submit("Send evaluation")
    assert "The instructor is told" in page.text

    with database.read() as session:
        case = session.get_one(CreditCase, case_id)
        assert case.state == CaseState.APPROVED
        (part,) = inputs.load_one(session, case).parts
        assert part.has_addendum
        assert part.input.confirmed_minutes is None
    hana = browser_of("instructor")
    path = f"{cast.placement_path}/evaluation"
    home = f"/courses/{cast.course.public_id}/"
    assert "read the evaluation of Maya Chen that came late" in hana.get(home).text
    queue = f"/courses/{cast.course.public_id}/queue?show=all"
    assert "Evaluation after the decision" in hana.get(queue).text
    hana.get(path).submit("Keep the decision")
    assert "that came late" not in hana.get(home).text
    assert "Addendum" in hana.get(path).text


def test_a_draft_from_before_the_decision_is_sent_without_its_hours(
    database: Database, unit: Callable[[], Scene], ines: Page, link: str
) -> None:
    scene = unit()
    fill_in(scene.session, scene, "supervisor")
    decided(scene.session, scene)
    scene.session.commit()

    page = ines.visitor.get(f"{link}/evaluation/check").submit("Send evaluation")

    assert page.page_id == "evaluations.receipt"
    with database.read() as session:
        (one,) = queries.readable(session, scene.instructor, scene.placement)
        assert one.is_addendum
        assert one.confirmed_minutes is None


def test_a_decision_ends_the_waiting_of_the_other_side(unit: Callable[[], Scene]) -> None:
    scene = unit()
    decided(scene.session, scene)

    found = queries.of_placement(scene.session, scene.placement)

    assert all(one.release_at and one.release_at <= clock.now() for one in found)
