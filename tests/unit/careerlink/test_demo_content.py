"""The sample term holds together: counts, references, sums and dates."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pytest

from careerlink.demo.catalog import Listing
from careerlink.demo.content import SampleContent, broken_references, load_content
from careerlink.demo.toml_records import SampleDataError, read_record

MONTHS_OF_A_TERM = [date(2026, 9, 3), date(2026, 11, 21), date(2027, 3, 1), date(2030, 7, 4)]


@pytest.fixture(scope="module")
def content() -> SampleContent:
    return load_content()


def test_is_as_large_as_a_real_term(content: SampleContent) -> None:
    assert len(content.partners) >= 40
    assert len(content.listings) == 150
    assert len(content.skills) >= 90
    assert len(content.cast.students) == 30
    assert len(content.course("BUS-310").objectives) == 12


def test_shows_every_state_that_staff_can_meet(content: SampleContent) -> None:
    vetting = Counter(partner.vetting for partner in content.partners)
    assert set(vetting) == {"proposed", "under_review", "approved", "paused", "declined"}
    states = Counter(listing.state for listing in content.listings)
    assert set(states) == {
        "draft",
        "submitted",
        "returned",
        "published",
        "closed",
        "withdrawn",
    }
    assert states["published"] > 110


def test_published_listings_are_open_paid_and_from_approved_partners(
    content: SampleContent,
) -> None:
    for listing in content.listings:
        if listing.state != "published":
            continue
        assert content.partner(listing.partner).vetting == "approved", listing.key
        assert 0 < listing.days.apply < listing.days.start < listing.days.end, listing.key
        per_hour = listing.fee_minor / listing.hours
        assert content.institution.fee_floor_per_hour <= per_hour <= 3800, listing.key


def test_paid_listings_below_the_floor_are_drafts(content: SampleContent) -> None:
    floor = content.institution.fee_floor_per_hour
    low = [
        listing
        for listing in content.listings
        if listing.fee and listing.fee_minor < floor * listing.hours
    ]
    assert len(low) in (2, 3)
    assert {listing.state for listing in low} == {"draft"}


def test_listings_are_told_apart(content: SampleContent) -> None:
    for field in ("title", "deliverable", "description"):
        texts = [getattr(listing, field) for listing in content.listings]
        assert len(set(texts)) == len(texts), field


def test_listings_are_complete(content: SampleContent) -> None:
    for listing in content.listings:
        assert 5 <= listing.hours <= 40, listing.key
        assert 1 <= listing.slots <= 4, listing.key
        assert 3 <= len(listing.skills) <= 6, listing.key
        assert listing.objectives and listing.supervisor and listing.field, listing.key
        assert all(uri.startswith("https://") for uri in listing.objectives), listing.key
        assert len(listing.description.split()) >= 25, listing.key


def test_stopped_partners_and_listings_say_why(content: SampleContent) -> None:
    for partner in content.partners:
        assert bool(partner.reason) == (partner.vetting in ("paused", "declined")), partner.key
    for listing in content.listings:
        assert bool(listing.reason) == (listing.state in ("returned", "withdrawn")), listing.key


def test_one_contact_supervises_for_two_partners(content: SampleContent) -> None:
    supervised = {
        (listing.supervisor, listing.partner)
        for listing in content.listings
        if listing.supervisor
    }
    assert max(Counter(contact for contact, _ in supervised).values()) >= 2


def test_every_address_is_one_that_can_never_exist(content: SampleContent) -> None:
    emails = [c.email for partner in content.partners for c in partner.contacts]
    emails += [person.email for person in content.cast.people]
    emails += [student.email for student in content.cast.students if student.email]
    assert all(email.endswith(".example") for email in emails)
    assert all(p.website.endswith(".example") for p in content.partners)


def test_accepted_applications_and_placements_are_the_same(content: SampleContent) -> None:
    for student in content.cast.students:
        accepted = {a.listing for a in student.applications if a.state == "accepted"}
        assert accepted == {p.listing for p in student.placements}, student.key


def test_no_listing_is_overbooked(content: SampleContent) -> None:
    held = Counter(
        application.listing
        for student in content.cast.students
        for application in student.applications
        if application.state in ("offered", "accepted")
    )
    for key, count in held.items():
        assert count <= content.listing(key).slots, key


def test_somebody_waits_for_a_full_listing(content: SampleContent) -> None:
    [waiting] = [
        application
        for student in content.cast.students
        for application in student.applications
        if application.state == "wait_listed"
    ]
    assert content.listing(waiting.listing).slots == 1


def test_hours_are_quarters_inside_the_placement(content: SampleContent) -> None:
    for student in content.cast.students:
        for placement in student.placements:
            days = content.listing(placement.listing).days
            agreement = placement.agreement
            for entry in placement.hours:
                assert entry.minutes % 15 == 0 and entry.minutes <= 8 * 60, entry
                assert days.start <= entry.day <= min(days.end, 0), (student.key, entry)
                assert agreement is not None and agreement.decided_in is not None
                assert agreement.decided_in <= entry.day, (student.key, entry)


def test_decided_cases_are_backed_by_hours(content: SampleContent) -> None:
    for student in content.cast.students:
        policy = content.course(student.course).policy
        for decision in student.case.decisions if student.case else ():
            if decision.kind != "approved":
                continue
            assert student.academic_minutes >= policy.academic_hours * 60
            worked = sum(p.confirmation.minutes for p in student.placements if p.confirmation)
            earned = (
                (student.academic_minutes + worked) * 1000 // (policy.hours_per_credit * 60)
            )
            assert policy.credit_step_thousandths <= decision.credits <= earned, student.key
            assert decision.credits <= student.credits, student.key


def test_names_are_as_awkward_as_in_life(content: SampleContent) -> None:
    students = content.cast.students
    assert max(len(student.name) for student in students) >= 60
    assert any(" " not in student.name for student in students)
    assert any(not student.name.isascii() for student in students)
    assert any(not student.email and not student.test for student in students)
    assert [student.key for student in students if student.test] == ["test-student"]


def test_the_first_three_students_can_play_the_whole_path(content: SampleContent) -> None:
    for key in ("student1", "student2", "student3"):
        [student] = [s for s in content.cast.students if s.key == key]
        assert student.saved and not student.applications and student.case is None


def test_competencies_have_four_levels_and_four_behaviors(content: SampleContent) -> None:
    assert len(content.framework.competencies) == 8
    assert [level.value for level in content.framework.levels] == [1, 2, 3, 4]
    for competency in content.framework.competencies:
        assert len(competency.anchors) == len(competency.behaviors) == 4, competency.key


@pytest.mark.parametrize("today", MONTHS_OF_A_TERM)
def test_today_is_always_in_week_twelve(content: SampleContent, today: date) -> None:
    term = content.term.around(today)
    assert (today - term.starts_on).days // 7 == 11
    assert term.starts_on.weekday() == content.term.starts_on.weekday()
    assert term.last_drop_on < today < term.ends_on < term.grades_due_on


def test_the_fall_term_keeps_its_printed_dates(content: SampleContent) -> None:
    assert content.term.around(date(2026, 11, 21)) == content.term


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"partner": "nobody"}, "names 'nobody'"),
        ({"skills": ("juggling",)}, "names 'juggling'"),
        ({"objectives": ("B99",)}, "names 'B99'"),
        ({"supervisor": "ines", "partner": "calder"}, "names 'ines'"),
    ],
)
def test_a_wrong_reference_is_named(
    content: SampleContent, change: dict[str, Any], problem: str
) -> None:
    # Objectives are short names until they are checked.
    good = replace(content.listings[0], objectives=("B1",))
    assert not _problems_of(content, good)
    assert any(problem in said for said in _problems_of(content, replace(good, **change)))


def _problems_of(content: SampleContent, listing: Listing) -> list[str]:
    with_one = replace(content, listings=(listing,))
    return [said for said in broken_references(with_one) if said.startswith("listing ")]


@dataclass(frozen=True)
class Lamp:
    color: Literal["red", "green"]
    watts: int
    rooms: tuple[str, ...] = ()


LAMP = {"color": "red", "watts": 5, "rooms": ["hall"]}


def test_a_table_becomes_a_record() -> None:
    assert read_record(Lamp, LAMP, "lamp") == Lamp("red", 5, ("hall",))


@pytest.mark.parametrize(
    ("change", "spot"),
    [
        ({"color": "blue"}, "lamp.color"),
        ({"watts": "five"}, "lamp.watts"),
        ({"watts": True}, "lamp.watts"),
        ({"rooms": [3]}, r"lamp.rooms\[0\]"),
        ({"height": 2}, "unknown key 'height'"),
    ],
)
def test_a_mistake_in_a_table_is_named(change: dict[str, Any], spot: str) -> None:
    with pytest.raises(SampleDataError, match=spot):
        read_record(Lamp, {**LAMP, **change}, "lamp")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(SampleDataError, match="'watts' is missing"):
        read_record(Lamp, {"color": "red"}, "lamp")
