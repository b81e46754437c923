"""Two people, two tabs, two presses: one decision, one mail, one grade."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text
from time_machine import Traveller

from careerlink import audit
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import Actor
from credit.cases import deciding, inputs, queries
from credit.cases.models import CreditCase, DecisionOutcome
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.hours.models import HoursDispute
from credit.hours.queries import one_at_a_time
from tests.factories import hours
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor


def seen(desk: Desk) -> str:
    with desk.database.read() as session:
        case = session.get_one(CreditCase, desk.case_id)
        facts = inputs.load_one(session, case)
        return deciding.seen_mark(facts, queries.latest_decision(session, case))


def test_of_two_approvers_at_once_the_first_one_wins(desk: Desk) -> None:
    with desk.database.write() as session:
        second = hours.member(session, desk.of.course, "Idris Bello", CourseRole.INSTRUCTOR)
    mark, start = seen(desk), threading.Barrier(2)
    told: list[str] = []

    def approve(actor: Actor) -> None:
        start.wait(30)
        try:
            desk.approve(by=actor, seen=mark)
            told.append("decided")
        except deciding.DecidedMeanwhile as refusal:
            told.append(f"after {refusal.decision.decided_by.label}")

    actors = [
        desk.of.as_instructor,
        desk.of.actor(second, CourseRole.INSTRUCTOR),
    ]
    threads = [threading.Thread(target=approve, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    (decision,) = desk.decisions
    assert sorted(told) == sorted(["decided", f"after {decision.decided_by.label}"])
    assert len(desk.messages("mail")) == 1
    assert len(desk.messages("score")) == 1


def test_a_second_press_of_the_button_is_the_same_decision(desk: Desk) -> None:
    mark = seen(desk)

    assert desk.approve(seen=mark) == desk.approve(seen=mark) == 1

    assert len(desk.decisions) == 1
    assert len(desk.messages("mail")) == 1
    assert len(desk.messages("score")) == 1


def test_another_decision_from_an_old_page_is_refused(desk: Desk) -> None:
    mark = seen(desk)
    desk.approve(seen=mark)

    with pytest.raises(deciding.DecidedMeanwhile):
        desk.decide(DecisionOutcome.DENIED, "No.", seen=mark)


def test_evidence_that_changed_is_looked_at_again_first(desk: Desk) -> None:
    mark = seen(desk)
    with desk.database.write() as session:
        session.get_one(CreditCase, desk.case_id).academic_minutes = 600

    with pytest.raises(deciding.EvidenceChanged):
        desk.approve(seen=mark)
    assert desk.decisions == []


@pytest.mark.parametrize("what", ["a newer version of the work", "a question about the hours"])
def test_what_no_figure_tells_is_looked_at_again_first(desk: Desk, what: str) -> None:
    mark = seen(desk)
    with desk.database.write() as session:
        work = session.scalars(
            select(DeliverableVersion).where(DeliverableVersion.kind == EvidenceKind.LINK)
        ).one()
        newer = DeliverableVersion(
            placement_id=work.placement_id,
            piece=work.piece,
            number=2,
            kind=EvidenceKind.LINK,
            title=work.title,
            url="https://example.org/dashboard-2",
        )
        question = HoursDispute(
            placement_id=work.placement_id,
            person_id=desk.case.person_id,
            reported_minutes=48 * 60,
            words_id=audit.erasable(session, "Week 3 is missing.").id,
        )
        session.add(newer if "version" in what else question)

    with pytest.raises(deciding.EvidenceChanged):
        desk.approve(seen=mark)
    assert desk.approve(seen=seen(desk)) == 1


@pytest.mark.parametrize(
    "written",
    [
        {"Comment": "Where is the method note?"},
        {"Comment": "Where is the method note?", "Credits": "a lot"},
    ],
)
def test_the_second_approvers_page_says_who_and_keeps_the_comment(
    app: Flask,
    database: Database,
    visitors: Callable[[], Visitor],
    desk: Desk,
    written: dict[str, str],
) -> None:
    with database.write() as session:
        second = hours.member(session, desk.of.course, "Idris Bello", CourseRole.INSTRUCTOR)
    first_tab = desk.of.signed_in(
        visitors(), database, desk.of.instructor, CourseRole.INSTRUCTOR
    ).get(desk.of.address(desk.case))
    second_tab = desk.of.signed_in(visitors(), database, second, CourseRole.INSTRUCTOR).get(
        desk.of.address(desk.case)
    )

    first_tab.submit("Award 1 credit")
    # What cannot be taken anyway is still too late before it is wrong.
    late = second_tab.submit("Return with comments", written, status=409)

    assert late.reason == "changed-meanwhile"
    assert "Hana Novak was faster: approved, 1 credit" in late.text
    assert "Where is the method note?" in late.text
    assert len(desk.decisions) == 1


def test_a_double_click_ends_on_the_one_decision(desk: Desk, client: Visitor) -> None:
    tab = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    ).get(desk.of.address(desk.case))

    tab.submit("Award 1 credit")
    again = tab.submit("Award 1 credit")

    assert again.heading == "Maya Okafor: approved, 1 credit"
    other = tab.submit("Return with comments", {"Comment": "Second thoughts."}, status=409)
    assert "You have decided already: approved, 1 credit" in other.text
    assert len(desk.decisions) == len(desk.messages("mail")) == len(desk.messages("score")) == 1


def test_a_page_that_is_too_old_shows_what_changed_and_keeps_the_comment(
    desk: Desk, client: Visitor
) -> None:
    tab = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    ).get(desk.of.address(desk.case))
    with desk.database.write() as session:
        session.get_one(CreditCase, desk.case_id).academic_minutes = 1200

    late = tab.submit("Award 1 credit", {"Comment": "Well done."}, status=409)

    assert "The evidence changed since you opened this page." in late.text
    assert "Well done." in late.html
    late.submit("Award 1.5 credits")
    assert desk.decisions[0].credits_thousandths == 1500


def test_a_refused_press_after_a_break_leaves_the_database_free(
    desk: Desk, client: Visitor, clock: Traveller
) -> None:
    with desk.database.write() as session:
        helper = hours.member(session, desk.of.course, "Kofi Mensah", CourseRole.ASSISTANT)
    visitor = desk.of.signed_in(client, desk.database, helper, CourseRole.ASSISTANT)
    packet = visitor.get(desk.of.address(desk.case))
    token = packet.soup.select_one('meta[name="csrf-token"]')
    assert token is not None
    clock.shift(11 * 60)

    press = {"decision": "approve", "csrf_token": token["content"]}

    assert visitor.post(packet.path, press, status=403).reason == "not-permitted"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_disputes_hours_and_whoever_decides_do_not_wait_for_each_other(
    desk: Desk,
) -> None:
    """Both have the student and the case locked by the end."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    other = threading.Thread(target=desk.approve)
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        (part,) = inputs.load_one(session, case).parts
        one_at_a_time(session, part.placement)
        other.start()
        while not session.scalar(waits) and other.is_alive():
            pass
        words = audit.erasable(session, "Week 3 is missing.")
        session.add(
            HoursDispute(
                placement_id=part.placement.id,
                person_id=case.person_id,
                reported_minutes=48 * 60,
                words_id=words.id,
            )
        )
    other.join(60)

    assert len(desk.decisions) == 1
