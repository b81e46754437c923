"""Whatever is sent, the answer is a page that says so, and nothing of it is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.db import Database
from careerlink.errors import (
    ChangedMeanwhile,
    InvalidInput,
    NotPermitted,
    NotPossible,
    Refusal,
    TooMany,
)
from careerlink.institutions.models import Institution
from careerlink.partners import operations
from careerlink.partners.models import Partner
from careerlink.people.models import OfficeRole
from tests.factories.partners import partner
from tests.factories.school import Campus, campus, sign_in
from tests.pages import Page, Visitor

HUGE = 10**30
NEW = "/office/partners/new"


@pytest.fixture
def school(database: Database, app: Flask) -> Campus:
    with database.write() as session:
        return campus(session)


@pytest.fixture
def staff(visitors: Callable[[], Visitor], database: Database, school: Campus) -> Visitor:
    with database.write() as session:
        session.add(school.institution)
        priya = school.person(session, "Priya Raman", OfficeRole.STAFF)
    return sign_in(visitors(), database, priya)


def propose(staff: Visitor, *, status: int, name: str = "Northlight") -> Page:
    return staff.get(NEW).submit("Propose partner", {"name": name}, status=status)


@pytest.mark.parametrize("path", [f"/office/outbox/{HUGE}", f"/office/partners/{HUGE}"])
def test_a_number_that_no_column_holds_is_an_address_that_leads_nowhere(
    staff: Visitor, path: str
) -> None:
    assert staff.get(path, status=404).reason == "not-found"


@pytest.mark.parametrize(
    "path",
    [
        "/office/partners/a%00b",
        "/courses/a%00b/board",
        "/files/a%00b",
        "/history/partner/a%00b",
        "/s/a%00b",
        "/office/applications?listing=a%00b",
    ],
)
def test_a_nul_in_an_address_breaks_no_page(staff: Visitor, path: str) -> None:
    assert staff.raw.get(path).status_code in (200, 404)


def test_a_wrong_method_is_told_the_right_ones(staff: Visitor) -> None:
    answer = staff.raw.get("/lti/launch")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"


def test_a_nul_in_a_form_is_left_out(staff: Visitor, database: Database) -> None:
    propose(staff, name="North\0light", status=200)

    with database.read() as session:
        assert session.scalars(select(Partner.name)).all() == ["Northlight"]


def test_whoever_comes_second_past_every_look_beforehand_gets_a_page(
    staff: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(session: Session, **_values: Any) -> None:
        session.add(Institution(slug="eastmoor", name="Taken already"))
        session.flush()

    monkeypatch.setattr(operations, "propose", second)

    assert propose(staff, status=409).reason == "changed-meanwhile"


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (NotPossible("It is decided already."), "not-possible"),
        (ChangedMeanwhile(), "changed-meanwhile"),
        (NotPermitted("You look after this no more."), "not-permitted"),
        (TooMany("Too often."), "too-many"),
        (OverflowError(), "invalid-input"),
    ],
)
def test_what_was_typed_into_a_form_of_long_ago_is_given_back(
    staff: Visitor, monkeypatch: pytest.MonkeyPatch, refusal: Exception, reason: str
) -> None:
    def late(_session: Session, **_values: Any) -> None:
        raise refusal

    monkeypatch.setattr(operations, "propose", late)
    status = refusal.status if isinstance(refusal, Refusal) else 422

    page = propose(staff, status=status, name="Northlight & Sons <Boats>")

    assert page.reason == reason
    assert "What you had typed" in page.text and "Northlight & Sons <Boats>" in page.text


def test_a_refused_form_leaves_no_trace(
    staff: Visitor, school: Campus, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(session: Session, **_values: Any) -> None:
        partner(session, session.get_one(Institution, school.institution.id))
        raise InvalidInput("That was the wrong name.", field="name")

    monkeypatch.setattr(operations, "propose", half)

    page = propose(staff, status=422)

    assert page.errors == ["That was the wrong name."]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Partner)) == 0
