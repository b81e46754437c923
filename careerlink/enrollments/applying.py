"""Lines become enrollments. What is so already is left alone, so that twice is once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session, joinedload

from careerlink import audit
from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments import facts
from careerlink.enrollments.models import (
    Enrollment,
    EnrollmentUploadLine,
    LineKind,
    WaitingEnrollment,
)
from careerlink.people.actors import Actor
from careerlink.registry import registry

Line = EnrollmentUploadLine | WaitingEnrollment


class Taking:
    """One part of a list, in one transaction."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self._rows: dict[tuple[int, int, str], Enrollment] = {}
        self._sections: dict[tuple[int, str], CourseSection] = {}
        self._changed: dict[int, set[int]] = defaultdict(set)
        self._done: list[tuple[Enrollment, str, list[str]]] = []

    def load(self, course_ids: Iterable[int], person_ids: Iterable[int]) -> None:
        courses = list(course_ids)
        rows = self.session.scalars(
            select(Enrollment)
            .where(
                Enrollment.course_id.in_(courses), Enrollment.person_id.in_(list(person_ids))
            )
            .options(joinedload(Enrollment.section))
        )
        self._rows = {(row.course_id, row.person_id, row.crn): row for row in rows}
        sections = self.session.scalars(
            select(CourseSection).where(CourseSection.course_id.in_(courses))
        )
        self._sections = {(one.course_id, one.sis_id): one for one in sections}

    def enroll(self, line: Line, *, course_id: int, person_id: int) -> None:
        row = self._rows.get((course_id, person_id, line.crn))
        changes = facts.differences(row, line)
        is_new, was_in = row is None, row is not None and row.dropped_on is None
        if row is None:
            row = Enrollment(course_id=course_id, person_id=person_id, crn=line.crn)
            self._rows[course_id, person_id, line.crn] = row
            self.session.add(row)
        section_id = self._section(line, course_id)
        moved = section_id is not None and row.section_id != section_id
        if not (is_new or changes or moved or row.term_id != line.term_id):
            return
        for name, _, after in changes:
            setattr(row, name, after)
        row.section_id = section_id or row.section_id
        row.term_id, row.upload_id = line.term_id, line.upload_id
        self._changed[course_id].add(person_id)
        verb = _verb(row, is_new=is_new, was_in=was_in)
        self._done.append((row, verb, [name for name, _, _ in changes]))

    def tell(self) -> None:
        """What hangs on enrollments follows in the same transaction."""
        # At once for all of them: the database would spend its time on the single ones.
        self.session.flush()
        for row, verb, names in self._done:
            audit.record(
                self.session,
                f"enrollment:{verb}",
                row,
                actor=self.actor,
                course_id=row.course_id,
                upload_id=row.upload_id,
                facts=names,
            )
        self.session.flush()
        for course_id, person_ids in sorted(self._changed.items()):
            course = self.session.get_one(Course, course_id)
            for react in registry.enrollment_changes:
                react(self.session, course, sorted(person_ids))

    def _section(self, line: Line, course_id: int) -> int | None:
        """A section is a CRN here; its name is what the file calls the section."""
        section = self._sections.get((course_id, line.crn))
        if section is None:
            section = CourseSection(course_id=course_id, sis_id=line.crn, name=line.section)
            self._sections[course_id, line.crn] = section
            self.session.add(section)
            self.session.flush()
        elif line.section and section.name != line.section:
            section.name = line.section
        return section.id


def _verb(row: Enrollment, *, is_new: bool, was_in: bool) -> str:
    if is_new:
        return "add"
    if was_in and row.dropped_on is not None:
        return "drop"
    return "return" if not was_in and row.dropped_on is None else "change"


def take(
    session: Session,
    lines: Sequence[EnrollmentUploadLine],
    *,
    institution_id: int,
    actor: Actor,
) -> None:
    """A part of a list. Who is not known yet waits; who is, waits no longer."""
    known = [line for line in lines if line.course_id and line.person_id]
    taking = Taking(session, actor)
    taking.load(
        {line.course_id or 0 for line in known}, {line.person_id or 0 for line in known}
    )
    for line in known:
        taking.enroll(line, course_id=line.course_id or 0, person_id=line.person_id or 0)
    _wait_no_longer(session, known)
    _keep_waiting(session, [line for line in lines if not line.person_id], institution_id)
    taking.tell()


def _key(line: Line) -> tuple[int, str, str]:
    return line.term_id or 0, line.crn, line.sis_id


def _wait_no_longer(session: Session, lines: Sequence[EnrollmentUploadLine]) -> None:
    """An older list's line must not come after a newer one's."""
    keys = [_key(line) for line in lines]
    waiting = tuple_(WaitingEnrollment.term_id, WaitingEnrollment.crn, WaitingEnrollment.sis_id)
    if keys:
        session.execute(delete(WaitingEnrollment).where(waiting.in_(keys)))


def _keep_waiting(
    session: Session, lines: Sequence[EnrollmentUploadLine], institution_id: int
) -> None:
    there = {
        _key(row): row
        for row in session.scalars(
            select(WaitingEnrollment).where(
                WaitingEnrollment.institution_id == institution_id,
                WaitingEnrollment.sis_id.in_([line.sis_id for line in lines]),
            )
        )
    }
    for line in lines:
        row = there.get(_key(line))
        if row is None:
            row = WaitingEnrollment(
                institution_id=institution_id,
                term_id=line.term_id or 0,
                crn=line.crn,
                sis_id=line.sis_id,
                upload_id=line.upload_id,
            )
            session.add(row)
        _note(row, line)
    session.flush()


def _note(row: WaitingEnrollment, line: EnrollmentUploadLine) -> None:
    """The newer list counts; what it has no column for stays as the older one said."""
    days = [day for day in (row.first_added_on, row.added_on, line.added_on) if day]
    for name in line.told:
        setattr(row, name, getattr(line, name))
    if "first_added_on" not in line.told:
        row.first_added_on = min(days, default=None)
    row.told = sorted({*(row.told or []), *line.told})
    row.section = line.section or row.section or ""
    row.upload_id = line.upload_id


TAKEN = (LineKind.NEW, LineKind.CHANGED, LineKind.WAITING, LineKind.UNKNOWN_CRN)
"""What there is to do of a list; a number nobody knows waits like a student nobody knows."""
