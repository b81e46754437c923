"""From a draft to the policy of a course: written, previewed, tried, published, chosen."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Term
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from credit.cases.models import CreditCase
from credit.policy import office_queries, operations, queries
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories import cases, school
from tests.functional.credit.policy.conftest import PolicyOffice
from tests.pages import Page

STAFF = (OfficeRole.STAFF,)


def _number_here(office: PolicyOffice) -> int:
    """Of the version that holds in the course."""
    with office.database.read() as session:
        found = queries.policy_for(session, office.of.course)
        assert found is not None
        return found.number


def test_a_version_is_written_previewed_published_and_made_the_usual_one(
    office: PolicyOffice,
) -> None:
    page = office.draft()
    assert "Becomes the version after version 1." in page.text
    assert "22 h 29 min → no credit" in page.text

    page = page.submit("Save and preview", {"Hours for one credit": "40", "Most credit": "2"})
    assert "40 h → 1 credit" in page.text
    assert "39 h 59 min → 0.5 credits" in page.text
    assert "40 hours of work make 1 credit." in page.text

    page = page.submit("Go on to publish")
    first = page.rows()[1]
    assert first[0].startswith("Hours for one credit") and first[1:] == ["45 h", "40 h"]
    assert ["45 h", "1 credit", "1 credit"] not in page.rows()
    assert ["40 h", "0.5 credits", "1 credit"] in page.rows()
    page = page.submit("Publish version 2", {"Why there is this version": "Senate, 3 May"})
    assert page.heading == "Micro-internship credit, version 2"
    assert "Senate, 3 May" in page.text
    assert _number_here(office) == 1

    page = page.submit("Let it hold there", {"scope": "Every term without a policy of its own"})
    assert _number_here(office) == 2
    _tells_its_history(page.follow("Use and history"))


def _tells_its_history(page: Page) -> None:
    rows = [row[:1] + row[2:] for row in page.rows()]
    assert ["Version 2", "every term without a policy of its own", "0", "0"] in rows
    assert "Hours for one credit: 45 h → 40 h Most credit: " in page.text
    assert "“Senate, 3 May”" in page.text
    told = page.text[page.text.index("What happened") :]
    steps = [
        "version 2, in every term", "draft of a credit policy was published",
        "version 2. ", "draft of a credit policy was saved",
        "draft of a credit policy was begun",
        "From Micro-internship credit, version 1",
    ]  # fmt: skip
    places = [told.find(step) for step in steps]
    assert places == sorted(places) and -1 not in places


def test_published_twice_is_published_once(office: PolicyOffice) -> None:
    page = office.draft().submit("Go on to publish")
    page.submit("Publish version 2")

    page = page.submit("Publish version 2")

    assert page.heading == "Micro-internship credit, version 2"
    with office.database.read() as session:
        assert session.query(CreditPolicyVersion).count() == 2


def test_a_draft_that_another_version_overtook_says_what_would_be_lost(
    office: PolicyOffice,
) -> None:
    first = office.draft().submit("Go on to publish")
    second = office.draft().submit("Save and preview", {"Most credit": "6"})
    second.submit("Go on to publish").submit("Publish version 2")

    page = first.submit("Publish version 2", status=409)

    assert "Version 2 was published after this draft began" in page.text
    assert page.submit("Publish version 3").heading.endswith("version 3")


def test_a_draft_is_put_away_and_taken_up_again(office: PolicyOffice) -> None:
    page = office.draft()
    listed = page.submit("Put the draft away")
    assert "Drafts" not in [heading.text for heading in listed.soup.select("h2")]

    page = office.visitor.get(page.path)
    assert "Save and preview" not in page.buttons
    assert "Save and preview" in page.submit("Take it up again").buttons


def test_a_new_policy_needs_a_name_of_its_own(office: PolicyOffice) -> None:
    page = office.visitor.get("/office/policies").follow("Write a policy")
    page = page.submit(
        "Begin the draft",
        {"Name": "Micro-internship credit", "start": "Micro-internship credit, version 1"},
        status=422,
    )
    assert "There is a policy called Micro-internship credit" in page.errors[0]

    page = page.submit("Begin the draft", {"Name": "Honors credit"})
    assert page.heading == "Honors credit, draft"
    assert page.soup.select("#tolerance_percent")[0]["value"] == "10"


def test_a_term_goes_by_its_own_policy_until_it_does_not(office: PolicyOffice) -> None:
    page = office.draft().submit("Save and preview", {"Most credit": "6"})
    page = page.submit("Go on to publish").submit("Publish version 2")
    page.submit("Let it hold there", {"scope": "Fall 2026"})
    assert _number_here(office) == 2
    page = office.visitor.get("/office/terms").follow("Fall 2026")
    assert "Micro-internship credit, version 2, in Fall 2026" in page.text

    page = office.visitor.get("/office/policies")
    page.submit("Go by the usual policy Fall 2026")
    assert _number_here(office) == 1


def test_a_change_in_mid_term_leaves_open_cases_where_they_are(office: PolicyOffice) -> None:
    with office.database.write() as session:
        placement = cases.project(session, office.of, cases.student(session, office.of))
        case = cases.open_case(session, placement)
    page = office.draft().submit("Save and preview", {"Most credit": "6"})
    page = page.submit("Go on to publish")
    assert "1 open case stays under version 1." in page.text
    page = page.submit("Publish version 2")
    assert "1 open case stays under an older version." in page.text
    page.submit("Let it hold there", {"scope": "Fall 2026"})

    visitor = office.of.signed_in(
        office.visitor, office.database, office.of.instructor, CourseRole.INSTRUCTOR
    )
    page = visitor.get(office.of.address(part="/policy"))
    assert "version 2" in page.text
    assert "1 open case goes by another version" in page.text
    with office.database.read() as session:
        assert session.get_one(CreditCase, case.id).policy_version.number == 1


def test_assistants_students_and_other_institutions_see_no_draft(office: PolicyOffice) -> None:
    page = office.draft()
    with office.database.write() as session:
        other = cases.school_class(session, "westmoor")
        stranger = cases.staff(session, other)
    school.sign_in(office.visitor, office.database, stranger).get(page.path, status=404)
    visitor = office.of.signed_in(
        office.visitor, office.database, office.of.instructor, CourseRole.INSTRUCTOR
    )
    visitor.get(page.path, status=404)


def test_a_term_hands_its_policy_on_to_the_term_that_staff_choose(
    office: PolicyOffice,
) -> None:
    with office.database.write() as session:
        for code, name, year in (("S", "Spring 2027", 2027), ("F", "Fall 2027", 2028)):
            days = {"starts_on": date(year, 1, 10), "ends_on": date(year, 5, 10)}
            session.add(
                Term(institution_id=office.term.institution_id, code=code, name=name, **days)
            )
    page = office.draft().submit("Go on to publish").submit("Publish version 2")
    older = next(url for words, url in page.links.items() if words == "Version 1")
    office.visitor.get(older).submit("Let it hold there", {"scope": "Fall 2026"})

    page = office.visitor.get(f"/office/terms/{office.term.id}")
    page = page.follow("Hand on to another term")
    page = page.submit("See what comes along", {"Take it over into": "Fall 2027"})
    assert "Micro-internship credit, version 2." in page.text
    assert "An earlier version held there; this is the newest." in page.text
    page = page.submit("Take it over into Fall 2027")

    assert page.heading == "Fall 2027"
    with office.database.read() as session:
        held = {
            row.term.name: row.policy_version.number
            for row in office_queries.defaults(session, school.actor_for(office.omar, *STAFF))
            if row.term is not None
        }
    assert held == {"Fall 2026": 1, "Fall 2027": 2}


def test_lists_ask_as_little_whatever_they_hold(office: PolicyOffice) -> None:
    office.draft()
    version = _versions(office, "Micro-internship credit", 1)
    pages = ("/office/policies", f"/office/policies/{version}/history")
    few = [_asked(office, page) for page in pages]
    _versions(office, "Short projects", 3)
    _versions(office, "Micro-internship credit", 6)

    assert [_asked(office, page) for page in pages] == few
    assert "version 8" in office.visitor.get(pages[1]).text


def _versions(office: PolicyOffice, name: str, number: int) -> str:
    with office.database.write() as session:
        for _ in range(number):
            version = operations.create_version(
                session,
                institution_id=office.term.institution_id,
                name=name,
                parameters=Parameters(),
                source="Catalog",
                actor=system(office.term.institution_id),
            )
            operations.choose_for_course(
                session, office.of.course, version, actor=office.of.as_instructor
            )
        return version.public_id


def _asked(office: PolicyOffice, url: str) -> int:
    """How many queries a page makes."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    office.visitor.get(url)
    sa.event.listen(office.database.engine, "before_cursor_execute", note)
    office.visitor.get(url)
    sa.event.remove(office.database.engine, "before_cursor_execute", note)
    return len(asked)
