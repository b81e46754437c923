"""S7, V4, F3: what is said at a field comes back to it, and is answered or changed there."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.db import Database
from credit.agreements.comment_models import AgreementComment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Party
from credit.agreements.signatures import standing
from tests.factories.agreements import Scene
from tests.functional.credit.agreements.test_pages import prepare
from tests.pages import Page, Visitor

Browsers = Callable[[str], Visitor]
SIGN = {"Type your full name": "Maya Chen", "I sign": True}


def state(database: Database) -> AgreementState:
    with database.read() as session:
        return session.scalars(select(LearningAgreement.state)).one()


def by_link(database: Database, cast: Scene, ines: Visitor) -> Page:
    with database.write() as session:
        session.add(cast.contact)
        cast.session = session
        path = cast.link()
    page = ines.get(path)
    return page.submit("Continue") if "Continue" in page.buttons else page


def plan_by_link(database: Database, cast: Scene, ines: Visitor) -> str:
    link = "/".join(by_link(database, cast, ines).path.split("/")[:3])
    return ines.get(f"{link}/agreement").text


def test_the_supervisor_proposes_words_and_the_student_takes_them(
    database: Database, cast: Scene, browser_of: Browsers, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    ines, maya = visitors(), browser_of("student")
    by_link(database, cast, ines).submit(
        "Return with a question",
        {
            "Comment on: Tasks": "The dashboard comes first.",
            "Words you propose instead: Tasks": "Build a dashboard, then clean the data.",
        },
    )

    page = maya.get(cast.agreement_path)
    assert "Ines Carvalho on this:" in page.text
    page = page.submit("Sign agreement", SIGN, status=422)
    assert page.errors == ["Answer the comment “The dashboard comes first.”"]
    page = page.submit("Use these words of Ines Carvalho")
    assert "on this:" not in page.text
    page.submit("Sign agreement", SIGN)

    page = by_link(database, cast, ines)
    changed = page.soup.select_one("#changes")
    assert changed is not None
    assert len(changed.select("dt")) == 1
    assert [one.get_text() for one in changed.select("ins")][0].startswith("Build")
    assert "The proposed words were taken over." in page.text
    page.submit("Sign agreement", {"Type your full name": "Ines Carvalho", "I have read": True})
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR


def test_an_answer_is_enough_and_an_unchanged_part_needs_no_second_signature(
    database: Database, cast: Scene, browser_of: Browsers, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "countersigned")
    hana, maya = browser_of("instructor"), browser_of("student")
    hana.get(cast.agreement_path).submit(
        "Return with comments",
        {
            "Comment on: Work for the course besides": "Name the hours.",
            "Comment on: Objective 2": "Is this not too much?",
        },
    )

    page = maya.get(cast.agreement_path)
    assert "See the comments at the fields." in page.text
    assert page.text.count("Dr. Hana Novak on this:") == 2
    (answer,) = [
        name
        for name in page.form("Sign agreement").data
        if name.startswith("answer-") and "Objective 2" in _around(page, name)
    ]
    page = page.submit("Save draft", {answer: "The supervisor thinks it is right."})
    page.submit("Sign agreement", {"Work for the course besides": "Ten hours.", **SIGN})

    # The course work is no business of the company's: the supervisor's signature stands.
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    page = hana.get(cast.agreement_path)
    assert "What concerns them has not changed since." in page.text
    changed = page.soup.select_one("#changes")
    assert changed is not None
    assert [one.get_text() for one in changed.select("dt")] == [
        "The course and its credit: Work for the course besides"
    ]
    assert "The supervisor thinks it is right." in page.text
    page.submit("Approve agreement")
    # What the instructor said of the student's plan is not for the company.
    seen = plan_by_link(database, cast, visitors())
    assert "Build a dashboard" in seen
    assert "Is this not too much?" not in seen
    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        hashes = {one.party: one.document_hash for one in standing(session, agreement)}
        assert hashes[Party.SUPERVISOR] != hashes[Party.STUDENT] == agreement.document_hash


def test_a_disputed_clause_unlocks_the_plan_and_the_history_stays(
    database: Database, cast: Scene, browser_of: Browsers, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    ines, maya = visitors(), browser_of("student")
    page = by_link(database, cast, ines)
    page = page.submit("Return with a question", status=422)
    assert page.errors == ["Write your question, here or at a field"]
    page.submit("Return with a question", {"Comment on: Who owns the work": "Ours, not mine."})

    page = maya.get(cast.agreement_path)
    page.submit("Sign agreement", {"Who owns the work": "licensed", **SIGN})

    page = maya.get(cast.agreement_path)
    assert "Ours, not mine." in page.text
    assert "The field was changed since." in page.text


def test_who_opened_an_older_text_keeps_what_they_typed(
    database: Database, cast: Scene, browser_of: Browsers
) -> None:
    prepare(database, cast, "countersigned")
    hana, maya = browser_of("instructor"), browser_of("student")
    opened = hana.get(cast.agreement_path)
    maya.get(cast.agreement_path).submit("Take the plan back")
    maya.get(cast.agreement_path).submit(
        "Sign agreement", {"Work for the course besides": "Twelve hours.", **SIGN}
    )

    page = opened.submit(
        "Return with comments", {"Comment on: Tasks": "Begin with the data."}, status=409
    )

    assert "The plan was changed since you opened it. Read it again." in page.text
    assert "Twelve hours." in page.text
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    # What was typed is still there, for the text as it is now.
    page.submit("Return with comments")
    with database.read() as session:
        (comment,) = session.scalars(select(AgreementComment)).all()
        assert comment.text == "Begin with the data."


@pytest.mark.parametrize("party", ["student", "assistant"])
def test_nobody_else_comments(
    database: Database, cast: Scene, browser_of: Browsers, party: str
) -> None:
    prepare(database, cast, "countersigned")

    page = browser_of(party).get(cast.agreement_path)

    assert page.soup.select("textarea[name^=comment-]") == []


def _around(page: Page, name: str) -> str:
    control = page.soup.select_one(f"textarea[name={name}]")
    assert control is not None
    row = control.find_parent("fieldset")
    return row.get_text() if row is not None else ""
