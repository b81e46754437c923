"""S7 and V4: the plan is written, signed by three and in force; or it comes back first."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature
from tests.factories.agreements import REST, Scene
from tests.pages import Page, Visitor

OWN = {
    "What you will learn": "Build a dashboard that others keep alive",
    "Activity": "Build and hand it over",
    "Evidence": "Hand-over sheet",
}


def test_three_people_sign_and_the_work_begins(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    cast: Scene,
    browser_of: Callable[[str], Visitor],
    visitors: Callable[[], Visitor],
) -> None:
    give_consent(database, cast)
    sign_as_student(browser_of("student"), cast)

    link = link_in_mail(database, settings, tmp_path)
    ines = visitors()
    page = ines.get(link)
    assert page.page_id == "supervisor.greet"
    assert "Chen" not in page.text
    page = page.submit("Continue")
    assert page.page_id == "agreements.link"
    assert "Talk to the shop team" in page.text
    page = page.submit(
        "Sign agreement", {"Type your full name": "Ines Carvalho", "I have read": True}
    )
    assert "Supervisor: Ines Carvalho" in page.text
    assert "nothing for you now" in page.text

    page = browser_of("instructor").get(cast.agreement_path)
    assert "Your move: approve" in page.text
    page = page.submit("Approve agreement")
    assert "Instructor: Dr. Hana Novak" in page.text

    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        signatures = session.scalars(select(AgreementSignature)).all()
        assert agreement.state == AgreementState.IN_FORCE
        assert {s.document_hash for s in signatures} == {agreement.document_hash}
        assert [s.method for s in signatures] == ["lms", "link", "lms"]
        assert session.scalars(select(Placement.state)).one() == PlacementState.ACTIVE
    assert "The plan you signed" in ines.get(f"{link}/agreement").text
    assert "Subject: Your learning agreement is in force" in mails(database, settings, tmp_path)


def test_a_question_unlocks_the_plan_and_everybody_signs_the_new_text(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    cast: Scene,
    browser_of: Callable[[str], Visitor],
    visitors: Callable[[], Visitor],
) -> None:
    give_consent(database, cast)
    maya = browser_of("student")
    sign_as_student(maya, cast)
    link = link_in_mail(database, settings, tmp_path)
    page = visitors().get(link).submit("Continue")
    page = page.submit("Return with a question", {"Your question": "Twenty hours are too few."})
    assert page.heading == "The plan is being written"
    sent = mails(database, settings, tmp_path)
    assert "Subject: Your learning agreement came back with a comment" in sent
    assert "too few" not in sent

    page = maya.get(cast.agreement_path)
    assert "Ines Carvalho sent the plan back" in page.text
    assert "Twenty hours are too few." in page.text
    page = page.submit(
        "Sign agreement",
        {"Planned hours": "24", "Type your full name": "Maya Chen", "I sign": True},
    )

    assert "Awaiting supervisor" in page.text
    assert "Twenty hours are too few." in page.text
    with database.read() as session:
        signatures = session.scalars(select(AgreementSignature)).all()
        assert len({s.document_hash for s in signatures}) == 2
        assert len({s.document_id for s in signatures}) == 2


def give_consent(database: Database, cast: Scene) -> None:
    with database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        cast.consent()


def sign_as_student(maya: Visitor, cast: Scene) -> Page:
    page = maya.get(cast.agreement_path)
    page = page.submit("Add what I ticked", {"Frame a question": True})
    page = page.submit(
        "Sign agreement",
        {
            **REST,
            "Activity": "Talk to the shop team",
            "Evidence": "A note with one question",
            "Type your full name": "Maya Chen",
            "I sign": True,
        },
    )
    assert page.page_id == "agreements.show"
    assert "Awaiting supervisor" in page.text
    return page


def link_in_mail(database: Database, settings: Settings, tmp_path: Path) -> str:
    """The path of the link in the mail that asks for the signature."""
    found: list[str] = re.findall(r"/s/[A-Za-z0-9_-]{52}", mails(database, settings, tmp_path))
    return found[-1]


def mails(database: Database, settings: Settings, tmp_path: Path) -> str:
    """Everything that was mailed so far, after the worker has run."""
    worker.run_once(database, settings)
    return "\n".join(path.read_text() for path in sorted((tmp_path / "mail").glob("*.eml")))
