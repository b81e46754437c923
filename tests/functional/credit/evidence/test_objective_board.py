"""How far each objective is: worked on, shown, rated, met; and who may know it."""

from datetime import date

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationState,
    EvaluationSubmission,
    Rating,
    SubmissionSource,
)
from credit.evidence import progress
from credit.evidence.gaps import Rated
from credit.evidence.models import EvidenceKind
from credit.evidence.progress import Line, Result
from tests.factories import evidence, hours
from tests.factories.hours import Work
from tests.pages import Visitor


@pytest.fixture
def work(session: Session, clock: time_machine.Traveller) -> Work:
    return hours.work(session)


def rate(session: Session, work: Work, author: Author, **levels: int | None) -> None:
    by_supervisor = author == Author.SUPERVISOR
    evaluation = Evaluation(
        placement_id=work.placement.id,
        author=author,
        contact_id=work.contact.id if by_supervisor else None,
        state=EvaluationState.SUBMITTED,
    )
    session.add(evaluation)
    session.flush()
    submission = EvaluationSubmission(evaluation_id=evaluation.id, source=SubmissionSource.LINK)
    session.add(submission)
    session.flush()
    session.add_all(
        Rating(submission_id=submission.id, objective_lineage=lineage, level=level)
        for lineage, level in levels.items()
    )
    session.flush()


def board(session: Session, work: Work, actor: Actor | None = None) -> list[Line]:
    return progress.board(session, work.placement, actor=actor or work.as_instructor)


def test_an_objective_begins_with_nothing(session: Session, work: Work) -> None:
    first, second = board(session, work)

    assert first.objective.lineage == "frame" and second.objective.lineage == "present"
    assert (first.pieces, first.minutes, first.result) == (0, 0, Result.OPEN)
    assert first.gap.words == "Not compared yet."


def test_pieces_count_by_their_latest_version_and_hours_by_what_stands(
    session: Session, work: Work
) -> None:
    placement = work.placement
    evidence.piece(session, placement, "frame", "present", piece="a", number=1)
    evidence.piece(session, placement, "present", piece="a", number=2)
    evidence.piece(
        session, placement, "present", piece="b", kind=EvidenceKind.ATTESTED, url=None
    )
    hours.entry(session, placement, date(2026, 10, 12), 90, objective_lineage="frame")
    taken_back = hours.entry(
        session, placement, date(2026, 10, 13), 60, objective_lineage="frame"
    )
    taken_back.removed_at = taken_back.created_at
    session.flush()

    first, second = board(session, work)

    assert (first.pieces, first.minutes) == (0, 90)
    assert (second.pieces, second.minutes) == (2, 0)


def test_ratings_of_both_sides_stand_side_by_side(session: Session, work: Work) -> None:
    rate(session, work, Author.STUDENT, frame=2, present=3)
    rate(session, work, Author.SUPERVISOR, frame=3, present=None)

    first, second = board(session, work)

    assert (first.own, first.supervisor, first.result) == (Rated(2), Rated(3), Result.MET)
    assert first.gap.words == "The supervisor sees it one level higher."
    # Not observed is an answer, and never a low level.
    assert second.supervisor == Rated(None)
    assert second.result == Result.NOT_ENOUGH_EVIDENCE
    assert second.gap.words == "The supervisor did not see this."


def test_the_student_reads_the_supervisors_ratings_only_after_their_own(
    session: Session, work: Work
) -> None:
    rate(session, work, Author.SUPERVISOR, frame=2, present=3)

    before = board(session, work, work.as_student)
    assert [line.supervisor for line in before] == [None, None]
    assert [line.result for line in before] == [Result.OPEN, Result.OPEN]
    assert [line.supervisor for line in board(session, work)] == [Rated(2), Rated(3)]

    rate(session, work, Author.STUDENT, frame=3, present=3)
    after = board(session, work, work.as_student)
    assert [line.supervisor for line in after] == [Rated(2), Rated(3)]


def test_without_an_agreement_in_force_there_is_no_board(
    session: Session, clock: time_machine.Traveller
) -> None:
    assert board(session, hours.work(session, agreed=False)) == []


def test_the_board_takes_the_same_queries_whatever_there_is(
    session: Session, work: Work
) -> None:
    few = count_queries(session, work)
    for number in range(12):
        evidence.piece(session, work.placement, "frame", title=f"Piece {number}")
        hours.entry(session, work.placement, date(2026, 10, 12), 15, objective_lineage="frame")
    rate(session, work, Author.SUPERVISOR, frame=3, present=3)
    rate(session, work, Author.STUDENT, frame=3, present=3)

    assert count_queries(session, work) == few


def count_queries(session: Session, work: Work) -> int:
    session.flush()
    session.expunge_all()
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    board(session, work)
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(statements)


@pytest.mark.parametrize("who", ["student", "instructor", "assistant"])
def test_the_panels_stand_on_the_page_of_the_placement(
    database: Database, clock: time_machine.Traveller, client: Visitor, who: str
) -> None:
    role = CourseRole(who)
    with database.write() as session:
        work = hours.work(session)
        hours.entry(session, work.placement, date(2026, 10, 12), 90, objective_lineage="frame")
        person: Person | None = {
            "student": work.student,
            "instructor": work.instructor,
            "assistant": hours.member(session, work.course, "Theo Park", role),
        }[who]

    page = work.visitor(client, database, person, role).get(work.address())

    assert "1. Frame a business question that data can answer" in page.text
    assert "1.5 h logged" in page.text.replace("\xa0", " ")
    assert "Nothing is handed in yet." in page.text
    links = page.links
    assert "All entries" in links or "Log hours and see all entries" in links
