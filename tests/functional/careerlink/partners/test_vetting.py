"""C2: career staff propose a partner, check it with evidence, approve it, pause it."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.db import Database
from careerlink.partners.checklist import CHECKLIST
from careerlink.partners.models import Partner, PartnerContact, PartnerState
from careerlink.people.models import OfficeRole
from tests.factories import partners
from tests.factories.school import Campus, campus, sign_in
from tests.pages import Visitor


@pytest.fixture
def school(database: Database, client: Visitor) -> Campus:
    with database.write() as session:
        return campus(session)


@pytest.fixture
def staff(database: Database, client: Visitor, school: Campus) -> Visitor:
    with database.write() as session:
        session.add(school.institution)
        person = school.person(session, "Priya Raman", OfficeRole.STAFF)
    return sign_in(client, database, person)


def test_a_partner_goes_from_proposal_to_approval(staff: Visitor, database: Database) -> None:
    page = staff.get("/office/partners").follow("Propose a partner")
    page = page.submit(
        "Propose partner",
        {"Name": "Northlight Cycle Works", "Website": "northlight.example", "City": "Eastmoor"},
    )
    assert page.heading == "Northlight Cycle Works"
    assert "Your move: start the review" in page.text

    page = page.submit("Start review")
    assert "Under review" in page.text
    assert "legal name and registration" in page.text

    refused = staff.get(f"{page.path}/approve").submit
    with pytest.raises(AssertionError, match="no button"):
        refused("Approve partner")

    page = page.follow("Record checks")
    answers = {}
    for item in CHECKLIST:
        if item.is_required:
            answers[f"{item.key}_outcome"] = "Passed"
            answers[f"{item.key}_evidence"] = f"Seen: {item.title}"
    page = page.submit("Save checks", answers)
    assert "8 checks recorded" in page.text
    assert "Your move: approve until a day" in page.text

    page = page.follow("Approve partner").submit(
        "Approve partner", {"Approved until": "2027-06-30"}
    )
    assert "Approved until Wed 30 Jun 2027" in page.text
    assert "Nobody’s move" in page.text
    with database.read() as session:
        partner = session.scalars(select(Partner)).one()
        assert partner.state == PartnerState.APPROVED
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("partner:check") == 8
    assert {"partner:propose", "partner:review", "partner:approve"} <= set(actions)


def test_a_pause_asks_for_a_reason_and_says_what_stops(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        path = f"/office/partners/{partners.partner(session, school.institution).public_id}"

    page = staff.get(path).follow("Pause partner")
    assert "Nothing new can start" in page.text
    page = page.submit("Pause partner", {"Reason": ""}, status=422)
    assert page.errors == ["Give a reason"]
    page = page.submit("Pause partner", {"Reason": "Two students were not paid"})

    assert "Nothing new can start here" in page.text
    assert "The partner was paused: Two students were not paid" in page.text
    page = page.follow("Resume partner").submit("Resume partner")
    assert "Approved since" in page.text


def test_a_second_file_for_the_same_house_is_noticed(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        partners.partner(session, school.institution)
    typed = {"Name": "NORTHLIGHT cycle works, LLC", "What they do": "Bicycles <repaired>"}

    page = staff.get("/office/partners/new").submit("Propose partner", typed, status=422)

    assert "Is it one of these?" in page.text
    assert "Northlight Cycle Works" in page.links
    assert page.form("Propose partner").data["about"][0].strip() == "Bicycles <repaired>"
    page = page.submit("Propose partner", {"I have looked: this is another partner": True})
    assert page.heading == "NORTHLIGHT cycle works, LLC"
    assert "Another file looks like this one" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"Name": ""}, "Enter the partner’s name"),
        ({"Name": "X", "Website": "ftp://northlight.example"}, "Enter the address of the"),
        ({"Name": "X", "Country": "Germany"}, "Enter the country as two letters"),
    ],
)
def test_wrong_facts_come_back_as_typed(
    staff: Visitor, typed: dict[str, str], said: str
) -> None:
    page = staff.get("/office/partners/new").submit(
        "Propose partner", {"City": "Eastmoor", **typed}, status=422
    )

    assert page.errors[0].startswith(said)
    assert page.form("Propose partner").data["city"] == ["Eastmoor"]


def test_an_outcome_without_evidence_is_refused(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        made = partners.partner(session, school.institution, state=PartnerState.UNDER_REVIEW)
    page = staff.get(f"/office/partners/{made.public_id}/checks").submit(
        "Save checks", {"fees_outcome": "Passed"}, status=422
    )

    assert page.errors == ["Say what you saw, and where: no fees, no pay-to-play"]


def test_staff_say_how_they_verified_an_address(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        path = f"/office/partners/{partners.partner(session, school.institution).public_id}"

    page = staff.get(path).follow("Add a contact")
    page = page.submit(
        "Add contact", {"Name": "Ines Carvalho", "E-mail address": "Ines@Northlight.example"}
    )
    assert "Not verified: no link goes there" in page.text
    page = page.follow("Verify address")
    assert "at the partner’s own domain" in page.text
    page = page.submit("Verify address", {"how": "phone"}, status=422)
    page = page.submit("Verify address", {"how": "Called the published number"})

    assert "Verified" in page.text
    with database.read() as session:
        contact = session.scalars(select(PartnerContact)).one()
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "partner_contact:verify")
        ).one()
        assert contact.email == "ines@northlight.example"
        assert contact.verified_at is not None
        assert entry.reason is not None
        assert entry.reason.text == "Called the published number"


def test_one_supervisor_serves_two_partners(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        first = partners.partner(session, school.institution)
        partners.contact(session, first)
        second = partners.partner(session, school.institution, name="Second", website="")
    page = staff.get(f"/office/partners/{second.public_id}/contacts/new").submit(
        "Add contact", {"Name": "Ines", "E-mail address": "ines@northlight.example"}
    )

    assert "Ines Carvalho" in page.text
    page.follow("Add a contact").submit(
        "Add contact", {"Name": "I", "E-mail address": "ines@northlight.example"}, status=422
    )
    with database.read() as session:
        assert len(session.scalars(select(PartnerContact)).all()) == 1


def test_a_document_s_file_is_for_the_office(
    staff: Visitor, school: Campus, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        session.add(school.institution)
        path = f"/office/partners/{partners.partner(session, school.institution).public_id}"
        maya = school.person(session, "Maya Okafor")
    add = staff.get(path).follow("Add a document")
    typed = {"Title": "Agreement 2026", "File": (io.BytesIO(b"%PDF-1.7 signed"), "a.pdf")}
    wrong = {**typed, "File": (io.BytesIO(b"MZ\x90\x00 program"), "a.pdf")}

    assert len(add.submit("Add document", wrong, status=422).errors) == 1
    page = add.submit("Add document", typed)
    link = page.links["Agreement 2026"]

    with staff.raw.get(link) as response:
        assert response.data == b"%PDF-1.7 signed"
    student = sign_in(visitors(), database, maya)
    student.get(link, status=404)


def test_a_document_that_ran_out_is_marked(
    staff: Visitor, school: Campus, database: Database
) -> None:
    with database.write() as session:
        session.add(school.institution)
        path = f"/office/partners/{partners.partner(session, school.institution).public_id}"

    page = staff.get(path).follow("Add a document")
    page = page.submit(
        "Add document",
        {"Kind": "Insurance certificate", "Title": "Liability 2025", "Ends on": "2026-10-01"},
    )

    assert "Ran out" in page.text
