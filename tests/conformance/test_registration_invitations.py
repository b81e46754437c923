"""Registration URLs that are closed or used twice, and platforms that register again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from careerlink.people.actors import system
from lti import invitations, succession
from lti.models import LtiRegistration, LtiRegistrationInvitation
from lti.models import RegistrationState as State
from tests.factories.registering import MOODLE, Registering
from tests.pages import Visitor


def test_a_closed_invitation_registers_nothing(
    moodle: Registering, client: Visitor, clock: time_machine.Traveller
) -> None:
    revoked, late, used = moodle.invite(), moodle.invite(), moodle.invite()
    with moodle.database.write() as session:
        row = session.scalars(select(LtiRegistrationInvitation)).first()
        assert row is not None
        invitations.revoke(session, row, actor=system(row.institution_id))
    moodle.register(client, used)
    clock.shift(timedelta(days=7, seconds=1))

    for path, code in (
        (revoked, "invitation-revoked"),
        (late, "invitation-expired"),
        (used, "invitation-used"),
    ):
        assert moodle.register(client, path, status=410).reason == code
    for path in (revoked[:-1] + "x", revoked[:-2], "/lti/register/" + "a" * 300):
        assert moodle.register(client, path, status=404).reason == "invitation-unknown"
    assert len(moodle.posted()) == 1
    assert "used already" in client.get(used, status=410).text


def test_of_two_at_once_one_asks_the_platform(
    moodle: Registering, visitors: Callable[[], Visitor]
) -> None:
    path, seen = moodle.invite(), []
    first, second = visitors(), visitors()

    def while_asked(_request: Any) -> tuple[int, dict[str, str], str]:
        seen.append(moodle.register(second, path, status=409).reason)
        return 200, {}, '{"client_id": "c-1"}'

    moodle.network.reset()
    moodle.network.get(moodle.configuration_url, json=moodle.document)
    moodle.network.add_callback("POST", moodle.document["registration_endpoint"], while_asked)

    moodle.register(first, path)

    assert seen == ["invitation-busy"]
    assert moodle.only().client_id == "c-1"


def test_taken_back_while_the_platform_is_asked_nothing_is_kept(
    moodle: Registering, client: Visitor
) -> None:
    path = moodle.invite()

    def while_asked(_request: Any) -> tuple[int, dict[str, str], str]:
        with moodle.database.write() as session:
            row = session.scalars(select(LtiRegistrationInvitation)).one()
            invitations.revoke(session, row, actor=system(row.institution_id))
        return 200, {}, '{"client_id": "c-1"}'

    moodle.network.reset()
    moodle.network.get(moodle.configuration_url, json=moodle.document)
    moodle.network.add_callback("POST", moodle.document["registration_endpoint"], while_asked)

    assert moodle.register(client, path, status=410).reason == "invitation-revoked"
    with moodle.database.read() as session:
        assert session.scalars(select(LtiRegistration)).all() == []


def test_after_a_crash_the_platform_says_that_it_acted(
    moodle: Registering, client: Visitor, clock: time_machine.Traveller
) -> None:
    path = moodle.invite()
    with moodle.database.write() as session:
        invitations.claim(session, path.rpartition("/")[2])
    assert moodle.register(client, path, status=409).reason == "invitation-busy"

    clock.shift(timedelta(seconds=31))
    moodle.serve(status=401, body="token_already_used")
    page = moodle.register(client, path, status=409)

    assert page.reason == "registration-token-used"
    assert "delete the CareerLink tool" in page.text


def test_another_institution_s_registration_is_not_touched(
    moodle: Registering, client: Visitor
) -> None:
    moodle.register(client, moodle.invite("elsewhere"))
    theirs = moodle.only()

    moodle.document["token_endpoint"] = f"{MOODLE}/other"
    moodle.serve()
    page = moodle.register(client, moodle.invite(), status=409)

    assert page.reason == "registered-elsewhere"
    now = moodle.only()
    assert (now.institution_id, now.token_url) == (theirs.institution_id, theirs.token_url)


def test_no_platform_has_us_ask_another_institution_s_for_a_token(
    moodle: Registering, client: Visitor
) -> None:
    """Its own keys and services, the other's token address and our name there."""
    moodle.register(client, moodle.invite("elsewhere"))
    theirs = moodle.document["token_endpoint"]
    own = "https://evil.example"
    moodle.configuration_url = f"{own}/configuration"
    moodle.document |= {
        "issuer": own,
        "jwks_uri": f"{own}/keys",
        "authorization_endpoint": f"{own}/auth",
        "registration_endpoint": f"{own}/register",
        "token_endpoint": f"{own}/token",
    }
    moodle.serve()
    moodle.register(client, moodle.invite())

    moodle.document["token_endpoint"] = theirs
    moodle.serve()
    page = moodle.register(client, moodle.invite(), status=409)

    assert page.reason == "registered-elsewhere"
    with moodle.database.read() as session:
        found = select(LtiRegistration.token_url).where(LtiRegistration.issuer == own)
        assert session.scalars(found).one() == f"{own}/token"


def test_registering_again_updates_and_asks_anew_where_hosts_changed(
    moodle: Registering, client: Visitor
) -> None:
    moodle.register(client, moodle.invite())
    with moodle.database.write() as session:
        session.scalars(select(LtiRegistration)).one().state = State.ACTIVE

    moodle.document["token_endpoint"] = f"{MOODLE}/new/token.php"
    moodle.reply["scope"] = "openid https://purl.imsglobal.org/spec/lti-ags/scope/score"
    moodle.serve()
    assert "brought up to date" in moodle.register(client, moodle.invite()).text
    again = moodle.only()
    assert (again.state, again.token_url) == (State.ACTIVE, f"{MOODLE}/new/token.php")
    assert again.scopes == ["https://purl.imsglobal.org/spec/lti-ags/scope/score"]

    moodle.document["jwks_uri"] = "https://keys.example.org/jwks"
    moodle.serve()
    moodle.register(client, moodle.invite())
    assert moodle.only().state == State.PENDING


def test_a_new_client_of_the_same_lms_waits_beside_the_old_one(
    moodle: Registering, client: Visitor
) -> None:
    for number in ("one", "two"):
        moodle.reply["client_id"] = number
        moodle.serve()
        moodle.register(client, moodle.invite())
    moodle.reply["client_id"] = "foreign"
    moodle.serve()
    moodle.register(client, moodle.invite("elsewhere"))

    with moodle.database.write() as session:
        old, new, foreign = session.scalars(
            select(LtiRegistration).order_by(LtiRegistration.id)
        )
        assert (new.state, new.succeeds_id) == (State.PENDING, None)
        assert succession.candidates(session, new) == [old]
        assert succession.candidates(session, old) == []
        assert succession.candidates(session, foreign) == []
        old.account_guid, new.account_guid = "a", "b"
        assert succession.candidates(session, new) == []
