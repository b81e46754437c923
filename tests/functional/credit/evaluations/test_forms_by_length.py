"""V8 and S10 by length: a short form for a short project, a midpoint for a long one."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from careerlink.placements import operations as placements
from credit.cases import flags, inputs, opening
from credit.evaluations import due_today
from tests.factories import cases
from tests.factories.evaluations import running, sent_by
from tests.factories.sessions import launched
from tests.functional.credit.evaluations.test_journey import rate
from tests.pages import Visitor


def test_a_short_project_asks_its_objectives_and_one_strength(
    session: Session, app: Flask, visitors: Callable[[], Visitor]
) -> None:
    cast = running(session, minutes=8 * 60)
    placements.complete(session, cast.placement, actor=cast.student)
    link = cast.link()
    session.commit()
    page = visitors().get(link).submit("Continue").visitor.get(f"{link}/evaluation/hours")

    page = page.submit("Yes, 0")
    assert len(page.soup.select("fieldset.level-scale")) == 2
    assert "Add one example" not in page.text
    page = rate(page, "3").submit(
        "Save and continue", {"One strength": "Fast", "Would you work": "Yes"}
    )
    page = page.submit("Send evaluation")

    assert page.page_id == "evaluations.receipt"
    assert "A next step" not in page.text


def test_a_midpoint_takes_three_steps_and_is_read_once_both_are_in(
    session: Session,
    app: Flask,
    database: Database,
    clock: time_machine.Traveller,
    visitors: Callable[[], Visitor],
) -> None:
    cast = running(session, minutes=30 * 60)
    clock.shift(timedelta(days=18))
    due_today.sweep(session)
    link = cast.link()
    session.commit()
    page = visitors().get(link).submit("Continue").visitor.get(f"{link}/evaluation")
    assert page.heading == "What did you see Maya do?"
    assert "Step 1 of 3" in page.text
    page = rate(page, "3", other="2").submit(
        "Save and continue", {"One strength": "Asks early", "One next step": "Write sooner"}
    )
    page = page.submit("Send evaluation")
    assert "while there is time to act on them" in page.text

    maya = launched(
        visitors(), database, cast.student.person_id or 0, cast.course.id, CourseRole.STUDENT
    )
    page = maya.get(f"{cast.placement_path}/evaluation")
    assert page.heading == "Your midpoint self-evaluation"
    assert "Asks early" not in page.text
    form = page.form("Send self-evaluation")
    for choice in page.soup.select(".level-option input"):
        form.data[str(choice["name"])] = ["2"]
    form.data |= {"strength": ["Asked"], "growth": ["Sooner"]}
    page = maya.post(page.path, form.data)
    assert "Side by side at the half" in page.text
    assert "Asks early" in page.text


def test_half_an_answer_is_kept_while_somebody_writes(
    session: Session, app: Flask, visitors: Callable[[], Visitor]
) -> None:
    cast = running(session)
    placements.complete(session, cast.placement, actor=cast.student)
    link = cast.link()
    session.commit()
    page = visitors().get(link).submit("Continue").visitor.get(f"{link}/evaluation/words")
    form = page.form("Save and continue")
    form.data["strength"] = ["Calm when the shop was"]

    page.visitor.raw.post(f"{link}/evaluation/words/draft", data=form.data)

    assert "Calm when the shop was" in page.visitor.get(page.path).text


def test_nothing_seen_is_no_low_level_and_no_evidence(session: Session, app: Flask) -> None:
    cast = running(session)
    placements.complete(session, cast.placement, actor=cast.student)
    sent_by(session, cast, "supervisor", "not_observed")
    of = cases.Class(
        cast.course, session.get_one(Person, cast.instructor.person_id), cast.contact
    )
    cases.add_policy(session, of)
    case = opening.open_for(session, cast.placement, actor=cast.instructor)
    assert case is not None

    shorts = [flag.short for flag in flags.of(inputs.load_one(session, case))]

    assert "Not enough evidence" in shorts
