"""From a draft to the policy of a course: written, previewed, tried, published, chosen."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from careerlink import worker
from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Base
from careerlink.institutions.models import Term
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from credit.cases.models import CreditCase
from credit.policy import dry_run, office_queries, operations, queries
from credit.policy.draft_models import PolicyDraft, PolicyDryRun
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from tests.factories import cases, school
from tests.functional.credit.policy.conftest import PolicyOffice
from tests.pages import Page

STAFF = (OfficeRole.STAFF,)
TABLE = {
    "table_hours": ["45", "75", "105", "140"],
    "table_credits": ["1", "2", "3", "4"],
    "step_thousandths": "1",
    "minimum_thousandths": "1",
    "maximum_thousandths": "4",
}


def draft(office: PolicyOffice) -> Page:
    page = office.visitor.get("/office/policies").follow("Micro-internship credit")
    return page.submit("Write the next version")


def test_a_version_is_written_previewed_published_and_made_the_usual_one(
    office: PolicyOffice,
) -> None:
    page = draft(office)
    assert "Becomes the version after version 1." in page.text
    assert "22 h 29 min → no credit" in page.text

    page = page.submit("Save and preview", {"Hours for one credit": "40", "Most credit": "2"})
    assert "40 h → 1 credit" in page.text
    assert "39 h 59 min → 0.5 credits" in page.text
    assert "40 hours of work make 1 credit." in page.text

    page = page.submit("Go on to publish")
    assert page.rows() != ["Hours to credit§ 2 Hours"]
    assert any("45 hours of work make 1 credit" in " ".join(row) for row in page.rows())
    page = page.submit("Publish version 2", {"Why there is this version": "Senate, 3 May"})
    assert page.heading == "Micro-internship credit, version 2"
    assert "Senate, 3 May" in page.text
    with office.database.read() as session:
        assert queries.policy_for(session, office.of.course).number == 1

    page.submit("Let it hold there", {"scope": "Every term without a policy of its own"})
    with office.database.read() as session:
        assert queries.policy_for(session, office.of.course).number == 2


def test_a_table_of_hours_is_typed_in_rows(office: PolicyOffice) -> None:
    page = draft(office)

    page = office.visitor.post(page.path, {**page.form("Save and preview").data, **TABLE})

    assert "74 h 59 min → 1 credit" in page.text
    assert "75 h → 2 credits" in page.text
    assert "2 credits from 75 hours" in page.text
    assert len(page.soup.select("[name=table_hours]")) == 7


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"minutes_per_credit": "-45"}, "minutes_per_credit", "Enter hours, such as 45"),
    ({"table_hours": ["45", "40"], "table_credits": ["1", "2"]}, "hours_table", "rise"),
    ({"approver_chain": ["", "", ""]}, "approver_chain", "Somebody has to approve"),
    ({"signers_dates": []}, "amendment_signers", "New dates: somebody has to sign"),
    ({"rubric_title": ["Method"], "rubric_levels": ["one"]}, "rubric", "two levels"),
]


def test_what_makes_no_sense_is_said_at_its_field_and_kept(office: PolicyOffice) -> None:
    page = draft(office)
    form = page.form("Save and preview")
    for values, at, message in REFUSED:
        typed = {**form.data, **values}

        page = office.visitor.post(page.path, typed, status=422)

        assert message in page.soup.select(f"#{at}-error")[0].text, (values, page.errors)
        assert any(message in line for line in page.errors), (values, page.html[:3000])
    with office.database.read() as session:
        kept = session.scalars(select(PolicyDraft)).one()
        assert kept.answers["rubric_title"] == ["Method"]
        assert session.query(CreditPolicyVersion).count() == 1
    office.visitor.get(f"{page.path}/publish", status=409)


def test_a_second_person_sees_what_the_first_saved(office: PolicyOffice) -> None:
    mine = draft(office)
    theirs = office.another("Priya Raman").get(mine.path)
    theirs.submit("Save and preview", {"Hours for one credit": "40"})

    page = mine.submit("Save and preview", {"Most credit": "6"}, status=409)

    assert "Priya Raman saved this draft after you opened it" in page.text
    assert ["Hours for one credit", "40", "45"] in page.rows()
    assert ["Most credit", "3", "6"] in page.rows()
    page.submit("Save and preview", {"Hours for one credit": "40"})
    with office.database.read() as session:
        answers = session.scalars(select(PolicyDraft)).one().answers
    assert (answers["minutes_per_credit"], answers["maximum_thousandths"]) == (["40"], ["6"])


def test_what_the_page_keeps_by_itself_is_no_conflict_with_oneself(
    office: PolicyOffice,
) -> None:
    page = draft(office)
    data = page.form("Save and preview").data
    answer = office.visitor.raw.post(f"{page.path}/keep", data={**data, "source": "Half a"})
    assert answer.status_code == 204

    page.submit("Save and preview", {"Most credit": "6"})
    other = office.another("Priya Raman")
    stale = other.get(page.path).form("Save and preview").data
    page.submit("Save and preview", {"Most credit": "2"})
    assert other.raw.post(f"{page.path}/keep", data=stale).status_code == 409


def test_published_twice_is_published_once(office: PolicyOffice) -> None:
    page = draft(office).submit("Go on to publish")
    page.submit("Publish version 2")

    page = page.submit("Publish version 2")

    assert page.heading == "Micro-internship credit, version 2"
    with office.database.read() as session:
        assert session.query(CreditPolicyVersion).count() == 2


def test_a_draft_that_another_version_overtook_says_what_would_be_lost(
    office: PolicyOffice,
) -> None:
    first = draft(office).submit("Go on to publish")
    second = draft(office).submit("Save and preview", {"Most credit": "6"})
    second.submit("Go on to publish").submit("Publish version 2")

    page = first.submit("Publish version 2", status=409)

    assert "Version 2 was published after this draft began" in page.text
    assert page.submit("Publish version 3").heading.endswith("version 3")


def test_a_draft_is_put_away_and_taken_up_again(office: PolicyOffice) -> None:
    page = draft(office)
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
    page = draft(office).submit("Save and preview", {"Most credit": "6"})
    page = page.submit("Go on to publish").submit("Publish version 2")
    page.submit("Let it hold there", {"scope": "Fall 2026"})
    with office.database.read() as session:
        assert queries.policy_for(session, office.of.course).number == 2

    page = office.visitor.get("/office/policies")
    page.submit("Go by the usual policy Fall 2026")
    with office.database.read() as session:
        assert queries.policy_for(session, office.of.course).number == 1


def test_a_change_in_mid_term_leaves_open_cases_where_they_are(office: PolicyOffice) -> None:
    with office.database.write() as session:
        placement = cases.project(session, office.of, cases.student(session, office.of))
        case = cases.open_case(session, placement)
    page = draft(office).submit("Save and preview", {"Most credit": "6"})
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


def tried(office: PolicyOffice, **values: Any) -> Page:
    page = draft(office).submit("Save and preview", values)
    return page.follow("Try it on decided cases").submit(
        "Work them out", {"scope": f"Fall 2026: {len(office.decisions())} decided"}
    )


def test_a_dry_run_lists_what_would_change_and_changes_nothing(office: PolicyOffice) -> None:
    office.decided("Maya Okafor", 48 * 60)
    office.decided("Leo Marsh", 23 * 60)
    office.decided("Aiko Mori", 12 * 60)
    before = office.decisions()
    counts = _counts(office)

    page = tried(office, minutes_per_credit="50", minimum_thousandths="0.5")

    assert page.heading == "2 of 3 would change"
    rows = {row[0]: row[1:] for row in page.rows()[1:]}
    maya = next(cells for name, cells in rows.items() if name.startswith("Maya Okafor"))
    assert maya[:2] == ["1 credit", "0.5 credits"]
    assert maya[2].startswith("§ 2 Hours: 50 hours of work make 1 credit.")
    assert not any(name.startswith("Aiko") for name in rows)
    assert office.decisions() == before
    changed = {name for name, number in _counts(office).items() if number != counts[name]}
    assert changed == {"policy_draft", "policy_dry_run", "policy_dry_run_row", "audit_entry"}


def test_cases_that_lack_an_input_are_listed_apart(office: PolicyOffice) -> None:
    office.decided("Maya Okafor", 48 * 60)

    page = tried(office, lifetime_maximum_thousandths="12")

    assert page.heading == "0 of 1 would change"
    page = page.follow("Not checkable")
    assert "not checkable, needs" in page.text


def test_the_file_of_a_dry_run_runs_no_formula(office: PolicyOffice) -> None:
    case = office.decided("Maya Okafor", 48 * 60)
    with office.database.write() as session:
        session.get_one(CreditCase, case.id).person.sis_id = "=HYPERLINK(1)"
    page = tried(office, minutes_per_credit="50")

    answer = office.visitor.raw.get(page.path + "/cases.csv")

    assert answer.mimetype == "text/csv"
    line = answer.text.splitlines()[1]
    assert ",'=HYPERLINK(1)," in line
    assert ",changed,1,0.5,§ 2 Hours," in line


def test_many_cases_are_looked_at_in_batches(
    office: PolicyOffice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "BATCH", 2)
    monkeypatch.setattr(dry_run.go_on, "__defaults__", (2,))
    for name in ("Maya Okafor", "Leo Marsh", "Aiko Mori", "Ben Osei", "Cleo Roy"):
        office.decided(name, 48 * 60)

    page = tried(office, minutes_per_credit="50")
    assert page.heading == "2 would change so far"
    assert "2 of 5 cases" in page.text
    page = page.submit("Work out the next cases now")
    assert "Looked at 4 of 5 cases." in page.text

    worker.run_once(office.database, settings)
    assert office.visitor.get(page.path).heading == "5 of 5 would change"
    with office.database.read() as session:
        assert session.query(PolicyDryRun).one().finished_at is not None


def test_assistants_students_and_other_institutions_see_no_draft(office: PolicyOffice) -> None:
    page = draft(office)
    with office.database.write() as session:
        other = cases.school_class(session, "westmoor")
        stranger = cases.staff(session, other)
    school.sign_in(office.visitor, office.database, stranger).get(page.path, status=404)
    visitor = office.of.signed_in(
        office.visitor, office.database, office.of.instructor, CourseRole.INSTRUCTOR
    )
    visitor.get(page.path, status=404)


def _counts(office: PolicyOffice) -> dict[str, int]:
    with office.database.read() as session:
        return {
            table.name: session.query(table).count() for table in Base.metadata.sorted_tables
        }


def test_a_term_hands_its_policy_on_to_the_term_that_staff_choose(
    office: PolicyOffice,
) -> None:
    with office.database.write() as session:
        for code, name, year in (("S", "Spring 2027", 2027), ("F", "Fall 2027", 2028)):
            days = {"starts_on": date(year, 1, 10), "ends_on": date(year, 5, 10)}
            session.add(
                Term(institution_id=office.term.institution_id, code=code, name=name, **days)
            )
    page = draft(office).submit("Go on to publish").submit("Publish version 2")
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


def test_the_list_asks_as_little_whatever_it_holds(office: PolicyOffice) -> None:
    draft(office)
    few = _asked(office)
    with office.database.write() as session:
        for number in range(6):
            version = operations.create_version(
                session,
                institution_id=office.term.institution_id,
                name=f"Policy {number}",
                parameters=Parameters(),
                source="Catalog",
                actor=system(office.term.institution_id),
            )
            operations.choose_for_course(
                session, office.of.course, version, actor=office.of.as_instructor
            )

    assert _asked(office) == few


def _asked(office: PolicyOffice) -> int:
    """How many queries the page of all policies makes."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    office.visitor.get("/office/policies")
    sa.event.listen(office.database.engine, "before_cursor_execute", note)
    office.visitor.get("/office/policies")
    sa.event.remove(office.database.engine, "before_cursor_execute", note)
    return len(asked)
