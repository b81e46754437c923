"""The self-test: each service fails in turn, with its exact error and what helps."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from careerlink.db import Database
from lti import keys, scopes
from lti.desk import granted
from lti.models import (
    CheckedService,
    CheckOutcome,
    LtiContext,
    LtiRegistration,
    LtiServiceCheck,
)
from lti.self_test import found, running
from tests.factories.lti import Platform, public_jwk
from tests.factories.platforms import Gradebook
from tests.sample_tool import OTHER_KEY

S = CheckedService
ASKED = (S.PLATFORM_KEYS, S.ACCESS, S.ROSTER, S.GRADES)
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where only the other side's answers differ."""
Line = tuple[CheckOutcome, str, str]


def tried(book: Gradebook, *services: CheckedService, seconds: float = 30) -> dict[str, Line]:
    """Run the checks, and what is then kept, by service."""
    with book.database.read() as session:
        registration = session.query(LtiRegistration).one()
        known = granted.by_registration(session, [registration])[registration.id]
        asked = found.ask(
            session,
            registration,
            database=book.database,
            settings=book.settings,
            granted=frozenset(known),
            seconds=seconds,
        )
    running.run(asked, services or ASKED)
    with book.database.read() as session:
        return {
            row.service.value: (row.outcome, row.told, row.remedy)
            for row in session.query(LtiServiceCheck)
        }


def test_every_service_of_a_good_platform_works(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        context = session.query(LtiContext).one()
        context.scopes = [*context.scopes, scopes.MEMBERS]
        context.label = "BUS-310"

    lines = tried(gradebook)

    assert {outcome for outcome, _, _ in lines.values()} == {CheckOutcome.WORKS}
    assert lines["access"][1] == "Access is given for roster, columns, grades and results."
    assert lines["roster"][1].startswith("BUS-310 lists ")
    assert lines["grades"][1] == "BUS-310 shows CareerLink 1 column. No grade was sent."
    assert "1 key of 2048 bits" in lines["platform_keys"][1]
    assert gradebook.cell()["attempts"] == 0


@on_one_database
def test_a_platform_that_is_down_or_throttles(gradebook: Gradebook) -> None:
    name = "Canvas" if gradebook.family == "canvas" else "Moodle"
    gradebook.lms.failure.set("down")
    lines = tried(gradebook, S.ACCESS, S.GRADES)
    assert lines["access"] == (
        CheckOutcome.FAILS,
        f"{name} gives us no access (503).",
        "lms-broken",
    )
    assert lines["grades"][2] == "lms-broken"

    gradebook.lms.failure.set("none")
    tried(gradebook, S.GRADES)
    gradebook.lms.failure.set("throttle")
    status = 403 if gradebook.family == "canvas" else 429
    assert tried(gradebook, S.GRADES)["grades"] == (
        CheckOutcome.FAILS,
        f"The newest course: {name} answered {status}.",
        "busy",
    )


@on_one_database
def test_a_platform_that_knows_other_keys_of_ours(gradebook: Gradebook) -> None:
    with gradebook.database.read() as session:
        [ours] = keys.published(session)
    other = public_jwk(OTHER_KEY.private, ours.kid)
    gradebook.lms.fetch_keys = lambda _url: {"keys": [other]}

    assert tried(gradebook, S.ACCESS)["access"][2] == "our-keys"


@on_one_database
def test_a_permission_that_launches_promise_and_the_token_refuses(
    gradebook: Gradebook,
) -> None:
    gradebook.tool.scopes = [scopes.LINE_ITEM, scopes.RESULT_READ]
    outcome, told, remedy = tried(gradebook, S.ACCESS)["access"]

    assert (outcome, remedy) == (CheckOutcome.FAILS, "scope")
    assert told == "Launches promise grades, but there is no access (invalid_scope)."


@on_one_database
def test_a_client_id_that_the_platform_no_longer_knows(gradebook: Gradebook) -> None:
    gradebook.tool.client_id = "another"
    assert tried(gradebook, S.ACCESS)["access"][2] == "client-unknown"


def test_two_checks_at_once_leave_one_result(database: Database, platform: Platform) -> None:
    ready = Barrier(3)

    def check(_number: int) -> None:
        ready.wait(30)
        with database.write() as session:
            running.keep(session, platform.registration_id, S.MAIL, found.works("Yes."))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(check, range(3)))
    with database.read() as session:
        assert session.query(LtiServiceCheck).count() == 1


@on_one_database
def test_nothing_is_kept_of_services_for_which_there_was_no_time(
    gradebook: Gradebook,
) -> None:
    assert tried(gradebook, S.ACCESS, S.GRADES, seconds=-1) == {}
