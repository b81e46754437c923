"""A student with two projects in one course, who is in a second one, too."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from credit.cases import moving, recording
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.cases.move_models import CreditCaseMove
from tests.factories import case_life, cases
from tests.factories.evaluated import evaluate

WHY = "The spring course covers the same field."


@dataclass
class Two:
    """A student with two projects in one course, who is in a second course, too."""

    here: cases.Class
    there: cases.Class
    case: CreditCase
    projects: list[Placement]
    staff: Person

    @property
    def as_staff(self) -> Actor:
        return case_life.as_staff(self.staff)

    def ask(self, session: Session) -> CreditCaseMove:
        return moving.ask(
            session,
            self.case,
            self.projects[1].public_id,
            self.there.course,
            actor=self.as_staff,
            reason=WHY,
        )

    def sign(self, session: Session, move: CreditCaseMove) -> CreditCase:
        return moving.accept(session, move, actor=self.there.as_instructor)


def two_courses(session: Session, *, later: str = "fall", carry_terms: int = 1) -> Two:
    here = cases.school_class(session, within_term=True, carry_terms=carry_terms)
    there = case_life.second_course(session, here)
    fall = case_life.term(session, here)
    case_life.in_term(session, here, fall)
    for season in ("spring", "summer"):
        made = case_life.term(session, here, season)
        if season == later:
            case_life.in_term(session, there, made)
    if later == "fall":
        case_life.in_term(session, there, fall)
    who = cases.student(session, here)
    case_life.also_in(session, there, who)
    made_here = [cases.project(session, here, who, minutes=m * 60) for m in (48, 24)]
    for placement in made_here:
        case = cases.open_case(session, placement)
        cases.complete(session, placement)
        evaluate(session, placement)
    recording.settle(session, case)
    return Two(here, there, case, made_here, cases.staff(session, here))


def current(session: Session, placement: Placement) -> list[int]:
    return list(
        session.scalars(
            select(CreditCasePlacement.credit_case_id).where(
                CreditCasePlacement.placement_id == placement.id,
                CreditCasePlacement.moved_at.is_(None),
            )
        )
    )
