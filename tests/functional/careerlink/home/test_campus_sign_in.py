"""Career staff sign in with their campus account, at a provider that really answers."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from careerlink.app import create_app
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.people.models import OfficeRole, Person, PersonRole
from tests.factories.school import campus, sign_in
from tests.pages import Visitor

PRIYA = {"email": "Priya@eastmoor.example", "email_verified": True, "name": "Priya Raman"}
PEOPLE = (
    {"sub": "priya", **PRIYA},
    {"sub": "unverified", **PRIYA, "email_verified": False},
    {"sub": "unknown", **PRIYA, "email": "somebody@eastmoor.example"},
)
PUBLIC_URL = "https://careerlink.example.edu"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """In a process of its own: it warns of what its own libraries will lose."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    people = [part for who in PEOPLE for part in ("--user-claims", json.dumps(who))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    with subprocess.Popen([*command, *people], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if "running on" in line:
                break
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def campus_app(settings: Settings, issuer: str) -> Iterator[Flask]:
    values = settings.model_dump()
    values["sign_in"] = {"issuer": issuer, "client_id": "tool", "client_secret": "s"}
    app = create_app(Settings.model_validate(values))
    app.testing = True
    with store(app).write() as session:
        school = campus(session)
        session.add(
            PersonRole(
                institution_id=school.institution.id,
                email="priya@eastmoor.example",
                role=OfficeRole.STAFF,
            )
        )
    yield app
    store(app).dispose()


def store(app: Flask) -> Database:
    found: Database = app.extensions["careerlink"].database
    return found


@pytest.fixture
def visitor(campus_app: Flask) -> Visitor:
    return Visitor(campus_app, PUBLIC_URL)


def sent_back(visitor: Visitor, sub: str) -> str:
    """Go to the provider, sign in there as ``sub``, and give the address it sends back to."""
    asked = visitor.raw.get("/auth/login", base_url=PUBLIC_URL)
    address = urlsplit(asked.location)
    query = parse_qs(address.query)
    assert query["redirect_uri"] == [f"{PUBLIC_URL}/auth/callback"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["nonce"] and query["state"]
    connection = HTTPConnection(address.netloc, timeout=10)
    connection.request(
        "POST",
        f"{address.path}?{address.query}",
        body=f"sub={sub}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    location = connection.getresponse().getheader("Location", "")
    connection.close()
    return location.removeprefix(PUBLIC_URL)


def test_staff_take_their_role_at_the_first_sign_in(
    visitor: Visitor, campus_app: Flask
) -> None:
    page = visitor.get(sent_back(visitor, "priya"))
    again = visitor.get(sent_back(visitor, "priya"))

    assert (page.page_id, page.role) == ("home.attention", "staff")
    assert again.page_id == "home.attention"
    with store(campus_app).read() as session:
        assert [person.name for person in session.query(Person)] == ["Priya Raman"]
        assert session.query(PersonRole).one().taken_at is not None


@pytest.mark.parametrize(
    ("sub", "said"),
    [
        ("unverified", "no verified e-mail address"),
        ("unknown", "No office role is granted to your address"),
    ],
)
def test_others_are_refused(visitor: Visitor, sub: str, said: str) -> None:
    page = visitor.get(sent_back(visitor, sub), status=403)

    assert page.reason == "sign-in-failed"
    assert said in page.text
    visitor.get("/office/", status=401)


def test_an_answer_to_somebody_elses_question_is_refused(
    visitor: Visitor, campus_app: Flask
) -> None:
    stolen = sent_back(visitor, "priya")
    victim = Visitor(campus_app, PUBLIC_URL)

    page = victim.get(stolen, status=403)

    assert page.reason == "sign-in-failed"
    victim.get("/office/", status=401)


def test_a_role_that_an_lms_account_took_is_not_shared_by_address(
    visitor: Visitor, campus_app: Flask
) -> None:
    with store(campus_app).write() as session:
        granted = session.query(PersonRole).one()
        holder = Person(institution_id=granted.institution_id, email=granted.email)
        session.add(holder)
        session.flush()
        granted.person_id = holder.id

    page = visitor.get(sent_back(visitor, "priya"), status=403)

    assert "in use by an account of the LMS" in page.text
    visitor.get("/office/", status=401)


def test_the_campus_account_stays_the_same_person_when_its_address_changes(
    visitor: Visitor, campus_app: Flask
) -> None:
    visitor.get(sent_back(visitor, "priya"))
    with store(campus_app).write() as session:
        session.query(PersonRole).one().email = "priya.nair@eastmoor.example"

    assert visitor.get(sent_back(visitor, "priya")).page_id == "home.attention"


def test_an_answer_counts_once(visitor: Visitor) -> None:
    answer = sent_back(visitor, "priya")
    visitor.get(answer)

    visitor.get(answer, status=403)


def test_a_revoked_role_opens_nothing(visitor: Visitor, campus_app: Flask) -> None:
    with store(campus_app).write() as session:
        granted = session.query(PersonRole).one()
        granted.revoked_at = granted.granted_at

    visitor.get(sent_back(visitor, "priya"), status=403)


def test_a_provider_that_is_away_is_said_so(settings: Settings) -> None:
    values = settings.model_dump()
    values["sign_in"] = {"issuer": "http://127.0.0.1:9", "client_id": "t", "client_secret": "s"}
    app = create_app(Settings.model_validate(values))

    page = Visitor(app, PUBLIC_URL).get("/auth/login", status=502)

    assert page.reason == "sign-in-away"
    store(app).dispose()


def test_without_a_provider_the_way_in_is_explained(client: Visitor) -> None:
    page = client.get("/auth/login")

    assert page.page_id == "home.sign_in"
    assert "go to your course" in page.text


def test_signing_out_ends_the_session(client: Visitor, app: Flask) -> None:
    with store(app).write() as session:
        priya = campus(session).person(session, "Priya Raman", OfficeRole.STAFF)
    sign_in(client, store(app), priya)

    page = client.get("/auth/logout").submit("Sign out")

    assert page.heading == "You are signed out"
    client.get("/office/", status=401)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_approver_whom_no_course_brings_signs_in_with_the_campus_account(
    visitor: Visitor, campus_app: Flask
) -> None:
    approver = Visitor(campus_app, PUBLIC_URL)
    approver.get(sent_back(approver, "unknown"), status=403)

    visitor.get(sent_back(visitor, "priya"))
    named = visitor.get("/office/approvers").submit(
        "Name them", {"Their mail address": "Somebody@eastmoor.example"}
    )
    home = approver.get(sent_back(approver, "unknown"))
    desk = home.follow("Approvals")
    again = approver.get(sent_back(approver, "unknown"))

    assert "somebody@eastmoor.example is named" in named.text
    assert (home.page_id, home.role, again.page_id) == ("home.start", "none", "home.start")
    assert desk.page_id == "approvals.list"
    named.submit("End")
    approver.get(desk.path, status=404)
