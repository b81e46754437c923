"""Which course a registrar's number means in a term: said once by staff, or plain by itself."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from careerlink.courses.models import Course, CourseSection
from careerlink.enrollments.models import CourseCrn
from careerlink.institutions.models import Term

Number = tuple[int, str]
"""Id of the term, and the CRN."""


@dataclass(frozen=True)
class Meaning:
    course_id: int | None = None
    """Where it is taught."""
    own_id: int | None = None
    """The course whose number it is; it may have been linked with the one that is taught."""
    is_left_out: bool = False
    claimed_by: Sequence[Course] = ()
    """More than one course says that this number is theirs."""


class Numbers:
    """What is known of some CRNs in some terms. A few queries, whatever the number of lines."""

    def __init__(
        self,
        session: Session,
        institution_id: int,
        *,
        terms: Collection[int],
        crns: Collection[str],
    ) -> None:
        ids = list(terms)
        self.said = {
            (row.term_id, row.crn): row
            for row in session.scalars(
                select(CourseCrn).where(CourseCrn.term_id.in_(ids), CourseCrn.crn.in_(crns))
            )
        }
        joined = aliased(Course)
        self.courses = {
            course.id: course
            for course in session.scalars(
                select(Course)
                .where(
                    Course.institution_id == institution_id,
                    or_(
                        Course.term_id.in_(ids),
                        Course.term_id.is_(None),
                        # Staff may have given a course another term since.
                        Course.id.in_({row.course_id for row in self.said.values()}),
                        exists().where(joined.joined_id == Course.id),
                    ),
                )
                .order_by(Course.id)
            )
        }
        self._sections: dict[str, set[int]] = defaultdict(set)
        for course_id, sis_id in session.execute(
            select(CourseSection.course_id, CourseSection.sis_id)
            .join(Course, Course.id == CourseSection.course_id)
            .where(
                CourseSection.sis_id.in_(crns),
                Course.institution_id == institution_id,
                or_(Course.term_id.in_(ids), Course.term_id.is_(None)),
            )
        ):
            self._sections[sis_id].add(course_id)
        self._said_in: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        claiming = {one for those in self._sections.values() for one in those}
        for row in session.execute(
            select(CourseCrn.course_id, CourseCrn.crn, CourseCrn.term_id).where(
                CourseCrn.crn.in_(crns), CourseCrn.course_id.in_(claiming)
            )
        ):
            self._said_in[row.course_id, row.crn].add(row.term_id)
        self._labels: dict[str, set[int]] = defaultdict(set)
        for course in self.courses.values():
            self._labels[key_of(course.label)].add(course.id)
        self._labels.pop("", None)

    def meaning(self, number: Number, name: str) -> Meaning:
        """By what was said, else the course's own section, else the name in the file."""
        said = self.said.get(number)
        if said is not None:
            course_id = self.now(said.course_id) if said.course_id else None
            return Meaning(course_id, said.course_id, is_left_out=said.course_id is None)
        term_id, crn = number
        claims = self._of_term(self._with_section(crn, term_id), term_id) or self._of_term(
            self._labels.get(key_of(name), ()), term_id
        )
        if len(claims) == 1:
            return Meaning(*claims.popitem())
        return Meaning(claimed_by=[self.courses[one] for one in claims])

    def named_otherwise(self, course_id: int, name: str, term_id: int) -> Course | None:
        """The other course that a line names, where the number says ``course_id``."""
        named = self._of_term(self._labels.get(key_of(name), ()), term_id)
        return self.courses[min(named)] if named and course_id not in named else None

    def now(self, course_id: int) -> int:
        """A course that was linked with another is taught there."""
        course = self.courses.get(course_id)
        seen = {course_id}
        while course is not None and course.joined_id and course.joined_id not in seen:
            seen.add(course.joined_id)
            course_id, course = course.joined_id, self.courses.get(course.joined_id)
        return course_id

    def _with_section(self, crn: str, term_id: int) -> list[int]:
        """Numbers are given anew in every term: that of a course without a term, which it had
        in another one, may be any course's in this."""
        return [
            one
            for one in self._sections.get(crn, ())
            if self.courses[one].term_id or self._said_in[one, crn] <= {term_id}
        ]

    def _of_term(self, course_ids: Collection[int], term_id: int) -> dict[int, int]:
        """By the course that is taught, the one of these that it is."""
        taught = {self.now(one): one for one in sorted(course_ids, reverse=True)}
        terms = {one: self.courses[one].term_id for one in taught}
        own = {one: taught[one] for one, term in terms.items() if term == term_id}
        return own or {one: taught[one] for one, term in terms.items() if term is None}


def key_of(name: str) -> str:
    """``BUS 310``, ``bus-310`` and ``BUS310`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def terms_by_name(session: Session, institution_id: int) -> Mapping[str, Term]:
    """By code, and by name where the code is not some other term's."""
    rows = session.scalars(
        select(Term).where(Term.institution_id == institution_id).order_by(Term.id)
    ).all()
    by_name = {term.name.casefold().strip(): term for term in rows}
    return {**by_name, **{term.code.casefold().strip(): term for term in rows}}
