"""V8 and S10: asked by mail, answered on a phone in four steps, a receipt; blind until both."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from credit.evaluations.models import EvaluationSubmission, Rating
from credit.hours.models import HoursConfirmation
from tests.factories.agreements import Scene
from tests.pages import Page, Visitor

WORDS = {
    "One strength": "Rang two customers before trusting the tickets.",
    "One next step": "Ask for help a day earlier.",
}


def rate(page: Page, level: str, *, other: str = "") -> Page:
    """Choose ``level`` for every question, and ``other`` for the first."""
    names = {str(i["name"]): level for i in page.soup.select(".level-option input")}
    if other:
        names[next(iter(names))] = other
    form = page.form("Save and continue")
    form.data.update({name: [value] for name, value in names.items()})
    return page.visitor.post(page.path, form.data)


def fill_in(page: Page) -> Page:
    """From the first step to the check."""
    page = page.submit("Yes, 23.5")
    page = rate(page, "3", other="not_observed")
    return page.submit("Save and continue", {**WORDS, "Would you work": "Yes"})


def test_the_mail_leads_to_four_steps_and_a_receipt(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    cast: Scene,
    visitors: Callable[[], Visitor],
) -> None:
    worker.run_once(database, settings)
    mails = [path.read_text() for path in (tmp_path / "mail").glob("*.eml")]
    (mail,) = [one for one in mails if "Five minutes about your project" in one]
    path = re.findall(r"/s/[A-Za-z0-9_-]{52}", mail)[0]

    page = visitors().get(path).submit("Continue")
    assert page.heading == "Maya logged 23.5 h. Is that right?"
    page = fill_in(page)
    assert page.heading == "Check and send"
    assert "Did not see this" in page.text
    page = page.submit("Send evaluation")

    assert page.heading == "Thank you. That is all we need."
    assert "23.5 h, as Maya reported" in page.text
    assert "Rang two customers" in page.text
    with database.read() as session:
        submission = session.scalars(select(EvaluationSubmission)).one()
        levels = session.scalars(select(Rating.level).order_by(Rating.id)).all()
        assert submission.work_again == "yes"
        assert levels == [None, 3, 3]
        hours = session.scalars(select(HoursConfirmation)).one()
        assert (hours.reported_minutes, hours.confirmed_minutes) == (1410, 1410)


def test_own_hours_are_kept_beside_the_reported_ones(database: Database, ines: Page) -> None:
    page = ines.submit("Save my figure", {"Your figure": "20", "What differs": "One day off"})
    page = rate(page, "4")
    page = page.submit("Save and continue", {**WORDS, "Would you work": "No"})
    page = page.submit("Send evaluation")

    assert "20 h; Maya reported 23.5 h. One day off" in page.text
    with database.read() as session:
        hours = session.scalars(select(HoursConfirmation)).one()
        assert (hours.reported_minutes, hours.confirmed_minutes) == (1410, 1200)


def test_student_reads_the_supervisors_answers_once_their_own_are_in(
    cast: Scene, ines: Page, browser_of: Callable[[str], Visitor]
) -> None:
    fill_in(ines).submit("Send evaluation")
    maya, hana = browser_of("student"), browser_of("instructor")
    path = f"{cast.placement_path}/evaluation"

    page = maya.get(path)
    assert page.page_id == "evaluations.write"
    assert "Rang two customers" not in page.text
    form = page.form("Send self-evaluation")
    for choice in page.soup.select(".level-option input"):
        form.data[str(choice["name"])] = ["2"]
    form.data |= {"strength": ["Asked early"], "growth": ["Write sooner"]}
    page = maya.post(path, form.data)

    assert page.page_id == "evaluations.show"
    for shown in (page, hana.get(path)):
        assert "Rang two customers" in shown.text
        assert "Asked early" in shown.text
        (row,) = [row for row in shown.rows() if row[0] == "Communication"]
        assert sorted(row[1:]) == ["On their own", "With guidance"]
