"""A case goes back with comments on its parts, so many times, until a day, and comes again."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from time_machine import Traveller

from careerlink.courses.roles import CourseRole
from careerlink.placements.models import Placement
from credit.cases.models import CaseState, DecisionOutcome
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.hours.models import HoursEntry
from credit.returning.models import PinAnswer, ReturnPin
from tests.factories import hours
from tests.functional.credit.cases.conftest import Desk
from tests.markup import words
from tests.pages import Page, Visitor

OBJECTIVE = "What to change: objective 1"
REFLECTION = "reflection"
ENTRY = "What to change: hours of Mon 5 Oct"


@pytest.fixture
def teacher(desk: Desk, visitors: Callable[[], Visitor]) -> Visitor:
    return desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )


@pytest.fixture
def student(desk: Desk, visitors: Callable[[], Visitor]) -> Visitor:
    return desk.of.signed_in(visitors(), desk.database, desk.of.students[0], CourseRole.STUDENT)


def packet(desk: Desk, teacher: Visitor) -> Page:
    return teacher.get(desk.of.address(desk.case))


def rows(desk: Desk, kind: type[ReturnPin] | type[PinAnswer]) -> int:
    with desk.database.read() as session:
        return len(session.scalars(select(kind)).all())


def send_back(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher)
    page.submit(
        "Return with comments",
        {OBJECTIVE: "Which question was it?", ENTRY: "What took eight hours?"},
    )
    assert desk.case.state == CaseState.RETURNED


def test_comments_on_parts_are_answered_and_only_what_changed_is_shown(
    desk: Desk, teacher: Visitor, student: Visitor
) -> None:
    send_back(desk, teacher)

    page = student.get(desk.of.address(part="/credit"))
    assert "Please see the comments on single parts." in page.text
    assert "Objective 1" in page.text
    assert "Which question was it?" in page.text
    assert "What took eight hours?" in page.text
    assert "until Wed 28 Oct (in 14 days), round 1 of 3" in page.text
    assert page.follow("Change it : 8 h").status == 200

    page = page.submit(
        "Send it back", {"Your answer : Objective 1": "The waiting time."}, status=422
    )
    (missing,) = page.soup.select(".error-summary a")
    assert words(missing) == "8 h: answer the comment, or mark it done."
    assert page.element(str(missing["href"]))["aria-invalid"] == "true"
    refused = desk.case
    assert refused.state == CaseState.RETURNED
    page = page.submit("Save the answers", {"What you changed": "An hour more."})
    assert rows(desk, PinAnswer) == 1
    assert page.form("Send it back").data["note"] == ["An hour more."]
    with desk.database.write() as session:
        placement = session.scalars(select(Placement)).one()
        hours.entry(session, placement, date(2026, 10, 12), 120)
    page.submit("Send it back", {"Done : 8 h": True, "What you changed": "Two hours more."})

    assert desk.case.state == CaseState.READY
    assert desk.case.resubmit_by is None
    shown = packet(desk, teacher)
    changed = words(shown.soup.find(id="changed"))
    assert "round 1 of 3" in changed
    assert "Two hours more." in changed
    assert "The waiting time." in changed
    assert "Done" in changed
    assert "Hours added, Mon 12 Oct : 2 h" in changed
    assert "All of it, as it is now" in shown.text


def test_of_a_reflection_written_anew_the_packet_shows_what_it_says_otherwise(
    desk: Desk, teacher: Visitor, student: Visitor, clock: Traveller
) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say what you would do otherwise.")
    clock.shift(3600)
    with desk.database.write() as session:
        former = session.scalars(
            select(DeliverableVersion).where(DeliverableVersion.piece == REFLECTION)
        ).one()
        text = f"{former.text}\nI would ask a broker first."
        session.add(
            DeliverableVersion(
                placement_id=former.placement_id,
                piece=REFLECTION,
                number=2,
                kind=EvidenceKind.REFLECTION,
                title=former.title,
                text=text,
            )
        )

    student.get(desk.of.address(part="/credit")).submit(
        "Send it back", {"What you changed": "A last sentence."}
    )

    changed = packet(desk, teacher).element("#changed")
    assert [words(one) for one in changed.find_all("ins")] == ["I would ask a broker first."]
    assert "The median wait" not in words(changed)
    assert "A last sentence." in student.get(desk.of.address(part="/credit")).text


def test_the_same_answer_again_is_no_row_and_another_one_stands_beside_it(
    desk: Desk, teacher: Visitor, student: Visitor
) -> None:
    send_back(desk, teacher)
    page = student.get(desk.of.address(part="/credit"))
    answer = {"Your answer : Objective 1": "The waiting time."}

    page.submit("Save the answers", answer)
    page = page.submit("Save the answers", answer)
    assert rows(desk, PinAnswer) == 1
    page.submit("Save the answers", {"Your answer : Objective 1": "How long they wait."})

    assert rows(desk, PinAnswer) == 2
    assert "How long they wait." in student.get(page.path).text


def test_a_second_press_keeps_the_comments_once(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher)
    for _ in range(2):
        page.submit("Return with comments", {OBJECTIVE: "Which question was it?"})

    assert rows(desk, ReturnPin) == len(desk.decisions) == 1


def test_another_tab_adds_no_comments_to_a_return(desk: Desk, teacher: Visitor) -> None:
    other = packet(desk, teacher)
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    other.submit("Return with comments", {ENTRY: "What took eight hours?"})
    assert rows(desk, ReturnPin) == 0


def test_comments_on_parts_are_not_lost_with_an_award(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit(
        "Award 1 credit", {OBJECTIVE: "Which question was it?"}, status=422
    )

    assert "Comments on single parts go to the student with a return." in page.text
    assert "Which question was it?" in page.text
    assert desk.decisions == []


def test_a_comment_on_a_part_that_is_gone_is_refused_with_all_that_was_typed(
    desk: Desk, teacher: Visitor
) -> None:
    page = packet(desk, teacher)
    with desk.database.write() as session:
        entry = session.scalars(select(HoursEntry).order_by(HoursEntry.id)).first()
        assert entry is not None
        entry.removed_at = datetime(2026, 10, 14, tzinfo=UTC)

    again = page.submit(
        "Return with comments",
        {"Comment": "See below.", OBJECTIVE: "Which one?", ENTRY: "Why?"},
        status=409,
    )

    assert "The evidence changed since you opened this page." in again.text
    assert "See below." in again.text
    assert "Which one?" in again.text
    assert "Why?" in again.text
    assert desk.decisions == []
