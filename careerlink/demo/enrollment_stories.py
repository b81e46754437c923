"""A registrar's list that staff took over, and a newer one that waits to be looked at."""

from datetime import date

from sqlalchemy import select

from careerlink import clock, csv_text
from careerlink.courses.models import CourseSection
from careerlink.courses.set_up_models import CourseSetUp
from careerlink.demo.loading import Loading
from careerlink.enrollments import keeping, reading, taking
from careerlink.enrollments.models import Enrollment, EnrollmentUpload
from careerlink.people.models import Person

HEADING = (
    "student_sis_id", "term", "crn", "section", "course", "credits", "added", "dropped",
    "level", "program", "department",
)  # fmt: skip
TAKEN, NEWER = "enrollments-census.csv", "enrollments-this-week.csv"
DEPARTMENTS = {"BUS": "School of Business", "ENV": "Environmental Studies"}
NOBODY_YET = "S2999"
NOT_OURS = "50112"


def load(loading: Loading) -> None:
    """After the class is there; the first list says what is known already, and levels."""
    _set_up(loading)
    rows = _rows(loading)
    with clock.at(loading.moment(-14, 9)):
        upload = _keep(loading, rows, TAKEN)
        taking.take(loading.session, upload, actor=loading.staff(), typed=None)
    with clock.at(loading.moment(-1, 16)):
        _keep(loading, _newer(rows), NEWER)


def _keep(loading: Loading, rows: list[list[str]], file_name: str) -> EnrollmentUpload:
    session, staff = loading.session, loading.staff()
    read = reading.read(csv_text.write([HEADING, *rows]))
    upload = keeping.begin(session, read, actor=staff, file_name=file_name)
    terms = keeping.terms_in(session, staff, None)
    lines = list(read.lines())
    keeping.add(session, upload.id, lines, terms=terms)
    keeping.finish(session, upload, lines=len(lines), actor=staff)
    return upload


def _set_up(loading: Loading) -> None:
    loading.session.add(
        CourseSetUp(
            course_id=loading.courses["BUS-310"].id,
            steps_done=["policy", "objectives", "projects"],
            done_at=loading.moment(-83),
            done_by_id=loading.people["instructor"].id,
        )
    )
    loading.session.flush()


def _rows(loading: Loading) -> list[list[str]]:
    term = loading.term
    found = loading.session.execute(
        select(Enrollment, Person.sis_id, CourseSection.name)
        .join(Person, Person.id == Enrollment.person_id)
        .join(CourseSection, CourseSection.id == Enrollment.section_id)
        .where(Enrollment.term_id == (term.id if term else None), Person.is_test.is_(False))
        .order_by(Enrollment.id)
    ).all()
    labels = {course.id: course.label for course in loading.courses.values()}
    return [
        [
            sis_id or "",
            term.code if term else "",
            row.crn,
            section,
            labels[row.course_id],
            "" if row.credits_thousandths is None else f"{row.credits_thousandths / 1000:g}",
            _day(row.added_on),
            _day(row.dropped_on),
            "GR" if number % 9 == 4 else "UG",
            row.program,
            DEPARTMENTS.get(labels[row.course_id][:3], ""),
        ]
        for number, (row, sis_id, section) in enumerate(found)
    ]


def _newer(rows: list[list[str]]) -> list[list[str]]:
    """One change, one fault, one student and one CRN that nobody knows; one is not named."""
    changed, faulty, *rest = [list(row) for row in rows]
    changed[5] = "2" if changed[5] != "2" else "3"
    faulty[5] = "300"
    unknown = [NOBODY_YET, *changed[1:]]
    elsewhere = [NOBODY_YET, changed[1], NOT_OURS, "01", "FIN-201", *changed[5:]]
    return [changed, faulty, unknown, elsewhere, *rest[:-1]]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
