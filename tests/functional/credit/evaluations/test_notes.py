"""DOMAIN 3.9: a disputed evaluation is annotated; the supervisor's words are never edited."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from careerlink import audit, clock, worker
from careerlink.audit import AuditEntry
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.reminders.models import Reminder, ReminderTrack
from credit.cases.models import CaseState, CreditCase
from credit.evaluations.note_models import EvaluationNote
from tests.factories.agreements import Scene
from tests.factories.evaluations import decided, sent_by
from tests.pages import Visitor

NOTE = "The tickets of week two were Jonas’s, not mine."
ANSWER = "Read; the log of week two says so, too."
FIELD = "What you see differently"


def both_sent(unit: Callable[[], Scene]) -> Scene:
    scene = unit()
    for author in ("supervisor", "student"):
        sent_by(scene.session, scene, author)
    scene.session.commit()
    return scene


def notes(database: Database) -> list[str | None]:
    with database.read() as session:
        rows = session.scalars(select(EvaluationNote).order_by(EvaluationNote.id))
        return [row.text.text for row in rows]


def reminded(database: Database) -> list[str]:
    with database.read() as session:
        query = select(Reminder.rung).join(Reminder.track)
        return list(session.scalars(query.where(ReminderTrack.ladder == "evaluation_note")))


def test_a_note_stands_beside_the_supervisors_words_and_is_answered_in_one_line(
    database: Database,
    cast: Scene,
    unit: Callable[[], Scene],
    browser_of: Callable[[str], Visitor],
    browser_of_staff: Visitor,
    link: str,
    visitors: Callable[[], Visitor],
    settings: Settings,
) -> None:
    scene = both_sent(unit)
    case = decided(scene.session, scene)
    packet = f"/courses/{cast.course.public_id}/cases/{case.public_id}"
    scene.session.commit()
    path = f"{cast.placement_path}/evaluation"
    maya, hana = browser_of("student"), browser_of("instructor")

    empty = maya.get(path).submit("Add the note", {FIELD: " "}, status=422)
    assert "Write your note" in empty.text
    stale = maya.get(path)
    page = stale.submit("Add the note", {FIELD: NOTE})
    stale.submit("Add the note", {FIELD: NOTE})

    assert notes(database) == [NOTE]
    assert NOTE in page.text and "Rang two customers" in page.text
    for reader in (hana, browser_of_staff):
        shown = reader.get(packet).text
        assert NOTE in shown and "Rang two customers" in shown
    assert NOTE not in visitors().get(link).submit("Continue").text

    course = f"/courses/{cast.course.public_id}"
    step = "says about their evaluation"
    assert "Note on the evaluation" in hana.get(f"{course}/queue?show=all").text
    assert step in hana.get(f"{course}/").text
    for _ in range(3):
        worker.run_once(database, settings)
    assert reminded(database) == ["written"]

    other_tab = browser_of_staff.get(path)
    page = hana.get(path).submit("Answer", {"Answer in one line": ANSWER})
    assert ANSWER in page.text
    late = other_tab.submit("Answer", {"Answer in one line": "Also read."}, status=422)
    assert "This note was answered meanwhile." in late.text
    assert ANSWER in maya.get(path).text
    assert "Note on the evaluation" not in hana.get(f"{course}/queue?show=all").text
    assert step not in hana.get(f"{course}/").text
    assert ANSWER in hana.get(packet).text
    assert notes(database) == [NOTE, ANSWER]
    with database.write() as session:
        verbs = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        noted = [verb for verb in verbs if verb.endswith("_note")]
        assert noted == ["evaluation:add_note", "evaluation:answer_note"]
        said_first = session.scalars(select(EvaluationNote).limit(1)).one()
        audit.erase(said_first.text)
    assert NOTE not in hana.get(packet).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_note_needs_words_that_the_student_may_read_and_a_case_that_lives(
    cast: Scene,
    database: Database,
    unit: Callable[[], Scene],
    browser_of: Callable[[str], Visitor],
    app: Flask,
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    scene = unit()
    theirs = sent_by(scene.session, scene, "supervisor")
    scene.session.commit()
    path = f"{cast.placement_path}/evaluation"
    typed = {f"evaluation-{theirs.id}-note": NOTE}
    address = f"{path}/{theirs.public_id}/note"
    maya = browser_of("student")

    assert maya.raw.post(address, data=typed).status_code == 403
    assert browser_of("instructor").raw.post(address, data=typed).status_code == 404
    decided(scene.session, scene)
    scene.session.commit()
    assert maya.raw.post(address, data=typed).status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        again = {f"evaluation-{theirs.id}-note": "Much later"}
        assert browser_of("student").raw.post(address, data=again).status_code == 422
    with database.write() as session:
        session.scalars(select(CreditCase)).one().state = CaseState.DROPPED
    assert maya.raw.post(address, data=again).status_code == 422
    assert notes(database) == [NOTE]
