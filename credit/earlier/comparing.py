"""What a line of a file would put on record of a student, beside what is there already."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.people import sis_ids
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.cases.background import course_code
from credit.cases.models import CreditCase, DecisionOutcome
from credit.cases.standing import standing_decisions
from credit.earlier import queries
from credit.earlier.lines import Line
from credit.earlier.models import EarlierCredit, EarlierKind
from credit.policy.wording import credits_in_words


class Change(StrEnum):
    PROBLEM = "problem"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"


Place = tuple[str, str, date | None]
"""Student, course and day."""


@dataclass(frozen=True)
class Compared:
    line: Line
    change: Change
    person: Person | None = None
    before: EarlierCredit | None = None
    """What is on record instead; it is taken back."""
    problem: str = ""


class Known:
    """What is known of the students of a file, in the same few queries for all of them."""

    def __init__(
        self, session: Session, actor: Actor, read: Sequence[Line], zone: ZoneInfo
    ) -> None:
        self.actor = actor
        self.people = _people(session, actor, {line.sis_id for line in read})
        ids = {one.id for found in self.people.values() for one in found}
        self.records = queries.of_people(session, ids)
        self.decided = _decided(session, ids, zone)
        self.kinds = Counter((line.sis_id, line.kind) for line in read if not line.problem)
        self.alike: dict[Place, list[Line]] = {}
        for line in read:
            if not line.problem:
                self.alike.setdefault((line.sis_id, *line.what), []).append(line)

    def compared(self, line: Line) -> Compared:
        people = self.people.get(line.sis_id, [])
        problem = line.problem or self._about_person(people) or self._about_file(line)
        if problem:
            person = people[0] if len(people) == 1 else None
            return Compared(line, Change.PROBLEM, person, problem=problem)
        (person,) = people
        weigh = self._credit if line.kind == EarlierKind.CREDIT else self._nothing
        return weigh(line, person)

    def _about_person(self, people: Sequence[Person]) -> str:
        if not people:
            return "Nobody in CareerLink has this id yet."
        if len(people) > 1:
            return f"{len(people)} people in CareerLink have this id."
        if people[0].id == self.actor.person_id:
            return "Somebody else puts your own credit on record."
        return ""

    def _about_file(self, line: Line) -> str:
        alike = self.alike[line.sis_id, *line.what]
        other = next((one for one in alike if one is not line), line)
        if len({one.credits_thousandths for one in alike}) > 1:
            return f"Line {other.line} gives other credits for the same course and day."
        if line is not alike[0]:
            return f"The same as line {alike[0].line}; that one counts."
        is_nothing = line.kind == EarlierKind.NOTHING
        if is_nothing and self.kinds[line.sis_id, EarlierKind.CREDIT]:
            return "Another line says that this student has earlier credit."
        return ""

    def _credit(self, line: Line, person: Person) -> Compared:
        records = self._of(person, EarlierKind.CREDIT)
        there = [row for row in records if _what(row) == line.what]
        if any(row.credits_thousandths == line.credits_thousandths for row in there):
            return Compared(line, Change.SAME, person)
        if len(there) > 1:
            problem = "Two figures are on record for it. Take one back on the student’s case."
            return Compared(line, Change.PROBLEM, person, problem=problem)
        if there:
            return Compared(line, Change.CHANGED, person, there[0])
        if problem := self._counted_already(line, person, records):
            return Compared(line, Change.PROBLEM, person, problem=problem)
        nothing = self._of(person, EarlierKind.NOTHING)
        if nothing:
            return Compared(line, Change.CHANGED, person, nothing[-1])
        return Compared(line, Change.NEW, person)

    def _nothing(self, line: Line, person: Person) -> Compared:
        if self._of(person, EarlierKind.CREDIT):
            problem = "Earlier credit of this student is on record."
            return Compared(line, Change.PROBLEM, person, problem=problem)
        is_there = bool(self._of(person, EarlierKind.NOTHING))
        return Compared(line, Change.SAME if is_there else Change.NEW, person)

    def _counted_already(
        self, line: Line, person: Person, records: Sequence[EarlierCredit]
    ) -> str:
        """The same credit in other words would count twice."""
        code, day = line.what
        for row in records:
            same = row.credits_thousandths == line.credits_thousandths
            known, on = _what(row)
            if same and known == code and (on is None or day is None):
                return (
                    f"{row.course_label or 'A course without a name'} with as many credits is "
                    "on record, and not on which day. Name the same day, or leave it out."
                )
        for known, opened_on, thousandths in self.decided.get(person.id, ()):
            if known == code and code and (day is None or day >= opened_on):
                return (
                    f"CareerLink itself decided {credits_in_words(thousandths)} in "
                    f"{line.course_label} and counts it. Earlier credit has an earlier day."
                )
        return ""

    def _of(self, person: Person, kind: EarlierKind) -> list[EarlierCredit]:
        return [row for row in self.records.get(person.id, ()) if row.kind == kind]


def _what(row: EarlierCredit) -> tuple[str, date | None]:
    return course_code(row.course_label), row.earned_on


def _people(session: Session, actor: Actor, numbers: set[str]) -> Mapping[str, list[Person]]:
    """Of this institution."""
    found = sis_ids.people_with(session, actor.institution_id, numbers - {""})
    ids = {one for meant in found.values() for one in meant}
    rows = session.scalars(select(Person).where(Person.id.in_(ids)))
    people = {row.id: row for row in rows}
    return {number: [people[one] for one in meant] for number, meant in found.items()}


def _decided(
    session: Session, person_ids: set[int], zone: ZoneInfo
) -> Mapping[int, list[tuple[str, date, int]]]:
    """Course, the day on which the case opened, and credits of what was awarded here."""
    cases = {
        case.id: case
        for case in session.scalars(
            select(CreditCase)
            .where(CreditCase.person_id.in_(person_ids))
            .options(joinedload(CreditCase.course))
        )
    }
    found: dict[int, list[tuple[str, date, int]]] = {}
    for case_id, decision in standing_decisions(session, cases).items():
        case = cases[case_id]
        if decision.outcome == DecisionOutcome.APPROVED:
            opened_on = case.opened_at.astimezone(zone).date()
            known = (
                course_code(case.course.label),
                opened_on,
                decision.credits_thousandths or 0,
            )
            found.setdefault(case.person_id, []).append(known)
    return found
