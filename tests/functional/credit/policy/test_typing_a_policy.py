"""The editor: rows, nonsense said at its field, and two people at one draft."""

from typing import Any

from sqlalchemy import select

from credit.policy.draft_models import PolicyDraft
from credit.policy.models import CreditPolicyVersion
from tests.functional.credit.policy.conftest import PolicyOffice

TABLE = {
    "table_hours": ["45", "75", "105", "140"],
    "table_credits": ["1", "2", "3", "4"],
    "step_thousandths": "1",
    "minimum_thousandths": "1",
    "maximum_thousandths": "4",
}


def test_a_table_of_hours_is_typed_in_rows(office: PolicyOffice) -> None:
    page = office.draft()

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
    page = office.draft()
    form = page.form("Save and preview")
    # All at once: each line of the summary says which answer it is about.
    typed = {**form.data, "step_thousandths": "", "site_share_max": "3/2"}
    assert office.visitor.post(page.path, typed, status=422).errors == [
        "Credit comes in steps of: Fill this in.",
        "Most that site time may be of all work: A share is more than nothing and at most the "
        "whole, such as 2 of 3.",
    ]
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
    mine = office.draft()
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
    page = office.draft()
    data = page.form("Save and preview").data
    answer = office.visitor.raw.post(f"{page.path}/keep", data={**data, "source": "Half a"})
    assert answer.status_code == 204

    page.submit("Save and preview", {"Most credit": "6"})
    other = office.another("Priya Raman")
    stale = other.get(page.path).form("Save and preview").data
    page.submit("Save and preview", {"Most credit": "2"})
    assert other.raw.post(f"{page.path}/keep", data=stale).status_code == 409
