"""C1: the office keeps its terms: days by hand and from a file, courses, and what hands on."""

import io
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.courses import copies
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.errors import NotFound
from careerlink.institutions import term_operations
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from tests.factories import school
from tests.factories.school import Campus
from tests.pages import Page, Visitor

pytestmark = pytest.mark.usefixtures("app")
DAYS = {
    "starts_on": "2027-01-19",
    "last_add_on": "2027-01-26",
    "census_on": "2027-02-09",
    "last_drop_on": "2027-02-09",
    "withdraw_by_on": "2027-04-02",
    "ends_on": "2027-05-14",
    "grades_due_on": "2027-05-18",
}


@dataclass
class Office:
    campus: Campus
    visitor: Visitor
    database: Database

    def count(self) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(Term)) or 0


@pytest.fixture
def office(client: Visitor, database: Database) -> Office:
    with database.write() as session:
        made = school.campus(session)
        priya = made.person(session, "Priya Raman", OfficeRole.STAFF)
    return Office(made, school.sign_in(client, database, priya), database)


def test_a_term_is_added_and_its_days_stand_in_order(office: Office) -> None:
    page = office.visitor.get("/office/terms").follow("Add a term")
    page = page.submit("Add the term", {"code": "202720", "name": "Spring 2027", **DAYS})

    assert page.heading == "Spring 2027"
    order = [page.text.index(words) for words in ("Last day to add", "Census", "Grades due")]
    assert order == sorted(order)
    assert "Spring 2027" in office.visitor.get("/office/terms").text


REFUSED = [
    ("ends_on", "2027-01-18", "The last day comes after the first"),
    ("ends_on", "2029-05-14", "more than 400 days"),
    ("census_on", "2027-01-18", "Choose a day of the term"),
    ("last_add_on", "2027-06-01", "Choose a day of the term"),
    ("withdraw_by_on", "2027-02-08", "Leaving with a W ends"),
    ("grades_due_on", "2027-05-13", "Grades are due on the last day"),
    ("grades_due_on", "2028-05-18", "Check the year"),
    ("starts_on", "1027-01-19", "Check the year: 1027"),
    ("census_on", "9 Feb", "Enter a date as year-month-day"),
    ("starts_on", "", "Enter the first day"),
    ("code", "2027;DROP", "Up to 32 letters"),
    ("code", "2026-fall", "There is a term 2026-fall already"),
    ("name", " ", "Enter a name"),
]


def test_what_cannot_be_meant_is_said_at_its_field(office: Office) -> None:
    page = office.visitor.get("/office/terms/new")
    for name, value, message in REFUSED:
        typed = {"code": "202720", "name": "Spring 2027", **DAYS, name: value}

        page = page.submit("Add the term", typed, status=422)

        assert message in page.soup.select(f"#{name}-error")[0].text
        assert page.soup.select("#grades_due_on")[0]["value"] == typed["grades_due_on"]
    assert office.count() == 1


def test_two_who_change_a_term_see_each_other(office: Office) -> None:
    first = office.visitor.get(f"/office/terms/{office.campus.term.id}/edit")
    second = office.visitor.get(f"/office/terms/{office.campus.term.id}/edit")
    first.submit("Save", {"census_on": "2026-09-21"})

    page = second.submit("Save", {"grades_due_on": "2026-12-23"}, status=409)
    assert "2026-09-21" in page.text
    assert "Somebody else changed this term" in page.text

    page = page.submit("Save", {"census_on": "2026-09-21"})
    assert "Grades due: Tue 22 Dec → Wed 23 Dec" in page.text.replace("\u00a0", " ")
    with office.database.read() as session:
        term = session.get_one(Term, office.campus.term.id)
        assert (term.census_on, term.grades_due_on) == (date(2026, 9, 21), date(2026, 12, 23))
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "term:change").order_by(AuditEntry.id)
        ).all()
    assert [one.detail.get("census_on") for one in entries] == ["2026-09-21", None]
    assert entries[1].detail["grades_due_on_was"] == "2026-12-22"


FILE = """\
Code,Name,Starts on,Ends on,Census on,Grades due on
2026-fall,Fall 2026,2026-08-31,12/18/2026,9/21/2026,2026-12-22
202720,Spring 2027,2027-01-19,2027-05-14,,2027-05-18
202730,Summer 2027,2027-06-01,2027-05-14,,
202720,Spring again,2027-01-19,2027-05-14,,
202740,,2027-08-30,2027-12-17,,
"""


def uploaded(office: Office, text: str, status: int = 200) -> Page:
    form = office.visitor.get("/office/terms/upload")
    file = (io.BytesIO(text.encode()), "terms.csv")
    return form.submit("See what it would change", {"File": file}, status=status)


def test_a_calendar_shows_what_it_would_change_first(office: Office) -> None:
    page = uploaded(office, FILE)

    assert office.count() == 1
    rows = page.rows()
    assert ["2026-fall line 2", "Census day", "not set", "2026-09-21"] in rows
    assert ["202720 line 3", "Spring 2027", "2027-01-19", "2027-05-14"] in rows
    problems = {row[0]: row[2] for row in rows if row[0].isdigit()}
    assert problems["4"].startswith("Last day: The last day comes after the first")
    assert problems["5"] == "The code 202720 stands in line 3 already."
    assert problems["6"].startswith("The name has")

    page = page.submit("Take it over")
    assert "2 terms taken over." in page.text
    assert "3 with a problem left out" in page.text
    assert office.count() == 2
    assert "Nothing would change" in uploaded(office, FILE).text


def test_a_calendar_that_was_looked_at_is_the_one_that_counts(office: Office) -> None:
    seen = uploaded(office, FILE)
    office.visitor.get(f"/office/terms/{office.campus.term.id}/edit").submit(
        "Save", {"name": "Autumn 2026"}
    )

    page = seen.submit("Take it over", status=409)

    assert "Look once more" in page.text
    assert ["2026-fall line 2", "Name", "Autumn 2026", "Fall 2026"] in page.rows()
    assert office.count() == 1


def test_terms_that_a_file_does_not_name_stay(office: Office) -> None:
    page = uploaded(office, "code,name,starts_on,ends_on\nX1,Winter,2027-01-02,2027-01-15\n")

    assert "They stay as they are: Fall 2026." in page.text
    page.submit("Take it over")
    assert office.count() == 2


NO_CALENDAR = [
    ("code,name,starts_on\nA,B,2027-01-01\n", "ends_on is missing there"),
    ("", "The file is empty."),
    ("code,code,name\n", "twice"),
    ('code,name\n"A', "quotation marks"),
]


def test_a_file_that_is_no_calendar_says_why(office: Office) -> None:
    for text, message in NO_CALENDAR:
        page = uploaded(office, text, status=422)

        assert message in page.soup.select("#file-error")[0].text


def test_staff_put_a_course_into_its_term(office: Office) -> None:
    with office.database.write() as session:
        lost = Course(
            institution_id=office.campus.institution.id, label="ENV-220", title="Rivers"
        )
        session.add(lost)

    page = office.visitor.get("/office/terms").follow("Courses without a term")
    page = page.submit("Set ENV-220 Rivers", {"term": "Fall 2026"})

    assert "ENV-220 Rivers: Fall 2026." in page.text
    assert "is in no term" not in office.visitor.get("/office/terms").text
    with office.database.read() as session:
        assert session.get_one(Course, lost.id).term_id == office.campus.term.id


def test_auditors_read_the_calendar_and_write_nothing(
    office: Office, database: Database
) -> None:
    with database.write() as session:
        reader = office.campus.person(session, "Ada Quist", OfficeRole.AUDITOR)
    visitor = school.sign_in(office.visitor, database, reader)

    page = visitor.get(f"/office/terms/{office.campus.term.id}")
    assert "Change its days" not in page.links
    visitor.get("/office/terms/new", status=404)
    text = visitor.raw.get("/office/terms/calendar.csv").text
    assert text.splitlines()[1].startswith("2026-fall,Fall 2026,2026-08-31,,")


def test_a_course_has_no_term_and_no_origin_of_another_institution(office: Office) -> None:
    with office.database.write() as session:
        elsewhere = Institution(slug="elsewhere", name="Elsewhere")
        session.add(elsewhere)
        session.flush()
        days = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 5, 7)}
        theirs = Term(institution_id=elsewhere.id, code="SP", name="Spring", **days)
        origin = Course(institution_id=elsewhere.id, label="FOR-101", title="Theirs")
        session.add_all([theirs, origin])
        session.flush()
        here = session.get_one(Institution, office.campus.institution.id)
        copied = Course(institution_id=here.id, title="Copied", copied_from_id=origin.id)
        session.add(copied)
        session.flush()

        assert copies.origin_of(session, copied) is None
        with pytest.raises(NotFound):
            term_operations.set_course_term(session, copied, theirs, actor=system(here.id))
