"""The policy may ask that the student accepts an award before it goes to the registrar."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.cases import acceptance, life_ladders
from credit.cases.acceptance_models import CreditAcceptance
from credit.cases.choice import Choice
from credit.cases.deciding import decide
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories import cases
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


def approved(session: Session, **policy: Any) -> tuple[cases.Class, CreditCase]:
    of = cases.school_class(session, **{"final_acceptance_required": True, **policy})
    case = cases.ready_case(session, of)
    decide(session, case, Choice(DecisionOutcome.APPROVED), actor=of.as_instructor)
    return of, case


def as_student(of: cases.Class) -> Actor:
    return of.actor(of.students[0], CourseRole.STUDENT)


def asked(session: Session) -> list[int]:
    return [row.subject_id for row in session.execute(life_ladders.ACCEPTANCE.open_subjects())]


def accepted(session: Session) -> list[int]:
    return list(session.scalars(select(CreditAcceptance.decision_id)))


def test_the_award_waits_for_its_student_and_not_for_ever(session: Session) -> None:
    of, case = approved(session)
    assert case.accept_by == date(2026, 10, 28)
    assert asked(session) == [case.id]
    award = acceptance.awaited(session, case)
    assert award is not None

    with pytest.raises(NotPermitted):
        acceptance.accept(session, case, 1, actor=of.as_instructor)
    with pytest.raises(NotPossible, match="no longer stands"):
        acceptance.accept(session, case, 2, actor=as_student(of))
    for _ in range(2):
        acceptance.accept(session, case, 1, actor=as_student(of))

    assert accepted(session) == [award.id]
    assert list(acceptance.accepted_at(session, [award.id])) == [award.id]
    assert (acceptance.awaited(session, case), asked(session)) == (None, [])


def test_a_new_award_is_accepted_anew(session: Session) -> None:
    of, case = approved(session)
    acceptance.accept(session, case, 1, actor=as_student(of))
    decide(
        session, case, Choice(DecisionOutcome.VOIDED, comment="Again."), actor=of.as_instructor
    )
    assert (case.accept_by, asked(session)) == (None, [])
    decide(session, case, Choice(DecisionOutcome.APPROVED), actor=of.as_instructor)
    award = acceptance.awaited(session, case)
    assert award is not None
    assert award.number == 3
    assert len(accepted(session)) == 1


def test_nobody_is_asked_where_the_policy_does_not(session: Session) -> None:
    of, case = approved(session, final_acceptance_required=False)
    assert (case.accept_by, acceptance.awaited(session, case)) == (None, None)
    with pytest.raises(NotPossible, match="asks for no acceptance"):
        acceptance.accept(session, case, 1, actor=as_student(of))


def test_a_student_accepts_on_their_page_of_credit(
    app: Flask, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        of, case = approved(session)
    student = of.signed_in(visitors(), database, of.students[0], CourseRole.STUDENT)
    home = student.get(of.address(part="/"))
    assert "accept your award of 1 credit" in home.text
    page = home.follow("Look at the award")
    assert "Your move: accept the award" in page.text
    done = page.submit("Accept 1 credit")
    assert "Accepted. The award goes to the registrar." in done.text
    assert not any(label.startswith("Accept") for label in done.buttons)
    teacher = of.signed_in(visitors(), database, of.instructor, CourseRole.INSTRUCTOR)
    assert "Accepted Wed 14 Oct" in teacher.get(of.address(case)).text
