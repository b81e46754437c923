"""An evaluation on a phone of 360 px without script: from the mail's link to the receipt."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from careerlink.config import load
from careerlink.db import Database
from careerlink.people.actors import system
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.supervisors import mailing
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationState
from tests.browser.checks import sideways_faults
from tests.browser.conftest import Running
from tests.browser.people import Supervisor, newest_link

MOST_STEPS = 4
"""Besides pressing Continue: hours, what was seen, words, check."""


@dataclass
class Watch:
    """Which step took how long, and how much had to be answered in it."""

    began: float = field(default_factory=time.monotonic)
    rows: list[tuple[str, int, float]] = field(default_factory=list)

    def step(self, name: str, answers: int) -> None:
        now = time.monotonic()
        self.rows.append((name, answers, now - self.began))
        self.began = now

    def __str__(self) -> str:
        lines = [
            f"{name:20} {answers:3} answers {took:6.1f} s" for name, answers, took in self.rows
        ]
        return "\n".join(["", *lines])


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def link(running: Running) -> str:
    """In a mail that was asked for now: reminders keep to working hours."""
    database = Database(load(running.directory / "careerlink.toml").database.url)
    with database.write() as session:
        evaluation = next(
            one
            for one in session.scalars(
                select(Evaluation)
                .where(
                    Evaluation.author == Author.SUPERVISOR,
                    Evaluation.kind == EvaluationKind.FINAL,
                    Evaluation.state == EvaluationState.REQUESTED,
                )
                .options(joinedload(Evaluation.contact))
            )
            if consents.has_consent(session, one.placement)
        )
        placement: Placement = evaluation.placement
        contact = evaluation.contact
        assert contact is not None
        mailing.write(
            session,
            contact,
            placement=placement,
            template="supervisor_fresh_link",
            action="Open the project",
            target=f"evaluation/{evaluation.id}/phone",
            actor=system(placement.institution_id),
        )
        address, title = contact.email, placement.title
    database.dispose()
    return newest_link(running, address, f"fresh link to “{title}”")


def fits(page: Page) -> None:
    assert sideways_faults(page) == []


def test_from_the_mails_link_to_the_receipt(
    phone: Page, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ines, watch = Supervisor(phone), Watch()
    ines.open(link)
    ines.is_on("supervisor.greet")
    fits(phone)
    ines.press("Continue")
    if phone.locator("body").get_attribute("data-page") == "supervisor.tasks":
        ines.follow("Start the evaluation")
    watch.step("open", 1)

    ines.is_on("evaluations.hours")
    fits(phone)
    ines.press("Yes, ")
    watch.step("hours", 1)

    ines.is_on("evaluations.seen")
    fits(phone)
    scales = phone.locator("fieldset.level-scale").all()
    for scale in scales:
        scale.locator("input[value='3']").check()
    scales[-1].locator("input[value='not_observed']").check()
    ines.press("Save and continue")
    watch.step("what was seen", len(scales))

    ines.is_on("evaluations.words")
    fits(phone)
    ines.fill(strength="Asked before touching the data.", growth="Say earlier what takes long.")
    ines.tick("work_again", "yes")
    ines.press("Save and continue")
    watch.step("words", 3)

    ines.is_on("evaluations.check")
    fits(phone)
    ines.press("Send evaluation")
    watch.step("check and send", 1)

    ines.is_on("evaluations.receipt")
    fits(phone)
    expect(phone.locator("main")).to_contain_text("Asked before touching the data.")
    with capsys.disabled():
        sys.stdout.write(f"{watch}\n")
    # The link is the receipt from now on, and asks nothing more.
    assert len(watch.rows) == MOST_STEPS + 1
    ines.open(link)
    expect(phone.get_by_role("button", name="Send evaluation")).to_have_count(0)
