"""Documents and platforms that are not registered: nothing is kept, and the page says why."""

import threading
from typing import Any

import pytest
import requests
from sqlalchemy import select

from careerlink.config import Settings
from lti import platform_document
from lti.models import LtiDeployment, LtiRegistration
from lti.registration_reasons import RegistrationReason as Reason
from lti.registration_reasons import RegistrationRefused
from tests.factories.registering import MOODLE, TOKEN, Registering
from tests.pages import Visitor
from tests.unit.lti.services.test_calls_to_platforms import HERE, say, server

CANVAS_ISSUER = "https://canvas.instructure.com"
DEEP = "[" * 100_000
BAD_MEMBERS: list[tuple[str, Any, Reason]] = [
    ("issuer", None, Reason.MALFORMED),
    ("issuer", 7, Reason.MALFORMED),
    ("issuer", "https://moodle.example.edu/?x", Reason.MALFORMED),
    ("issuer", "https://moodle.example.org", Reason.ISSUER_FOREIGN),
    ("issuer", "https://moodle.example.edu:8443", Reason.ISSUER_FOREIGN),
    ("issuer", CANVAS_ISSUER, Reason.ISSUER_FOREIGN),
    ("issuer", "http://moodle.example.edu", Reason.ENDPOINT_REFUSED),
    ("registration_endpoint", ["https://moodle.example.edu"], Reason.MALFORMED),
    ("registration_endpoint", "", Reason.MALFORMED),
    ("registration_endpoint", f"{MOODLE}/\ud800", Reason.MALFORMED),
    ("registration_endpoint", "http://moodle.example.edu/r", Reason.ENDPOINT_REFUSED),
    ("registration_endpoint", "https://10.0.0.7/r", Reason.ENDPOINT_REFUSED),
    ("registration_endpoint", "javascript:alert(1)", Reason.ENDPOINT_REFUSED),
    ("authorization_endpoint", {"a": 1}, Reason.MALFORMED),
    ("authorization_endpoint", "https://u:p@moodle.example.edu/", Reason.ENDPOINT_REFUSED),
    ("token_endpoint", "https://[::1]/token", Reason.ENDPOINT_REFUSED),
    ("token_endpoint", "https://localhost/token", Reason.ENDPOINT_REFUSED),
    ("jwks_uri", "https://169.254.169.254/keys", Reason.ENDPOINT_REFUSED),
    ("jwks_uri", "x" * 5000, Reason.MALFORMED),
]
STRANGE_MEMBERS: dict[str, object] = {
    "scopes_supported": [7, None, {"a": []}],
    "claims_supported": "name",
    "https://purl.imsglobal.org/spec/lti-platform-configuration": {
        "product_family_code": ["moodle"],
        "messages_supported": [1, {"type": 3}, {"type": "LtiDeepLinkingRequest"}],
        "notice_types_supported": {"a": 1},
        "https://canvas.instructure.com/lti/account_name": 12,
    },
}
BODIES: list[tuple[dict[str, Any], Reason]] = [
    ({"body": "<html>Sign in</html>"}, Reason.MALFORMED),
    ({"body": "[]"}, Reason.MALFORMED),
    ({"body": DEEP}, Reason.MALFORMED),
    ({"body": b"\xff\xfe{"}, Reason.MALFORMED),
    ({"body": "9" * 5000}, Reason.MALFORMED),
    ({"body": " " * 300_000}, Reason.TOO_LARGE),
    ({"status": 404}, Reason.CONFIGURATION_REFUSED),
    ({"status": 302, "headers": {"Location": "/elsewhere"}}, Reason.ADDRESS_REFUSED),
    ({"status": 302, "headers": {"Location": "https://10.0.0.1/"}}, Reason.ADDRESS_REFUSED),
    ({"status": 500}, Reason.CONFIGURATION_FAILED),
    ({"body": requests.ConnectionError("no route")}, Reason.CONFIGURATION_FAILED),
    ({"body": requests.ReadTimeout("slow")}, Reason.CONFIGURATION_LATE),
]
REPLIES: list[tuple[dict[str, Any], Reason]] = [
    ({"status": 500, "body": "oops"}, Reason.PLATFORM_FAILED),
    ({"status": 429}, Reason.PLATFORM_FAILED),
    ({"status": 303, "headers": {"Location": "https://10.0.0.1/"}}, Reason.PLATFORM_FAILED),
    ({"body": requests.ReadTimeout("slow")}, Reason.PLATFORM_LATE),
    ({"body": requests.ConnectionError("reset")}, Reason.PLATFORM_LATE),
    ({"body": "<html>"}, Reason.REPLY_UNUSABLE),
    ({"body": DEEP}, Reason.REPLY_UNUSABLE),
    ({"json": []}, Reason.REPLY_UNUSABLE),
    ({"json": {}}, Reason.REPLY_UNUSABLE),
    ({"json": {"client_id": "x" * 256}}, Reason.REPLY_UNUSABLE),
    ({"json": {"client_id": "a\nb"}}, Reason.REPLY_UNUSABLE),
    ({"json": {"client_id": "c", "deployment_id": ["1"]}}, Reason.REPLY_UNUSABLE),
    ({"body": "x" * 300_000}, Reason.REPLY_UNUSABLE),
]
ADDRESSES = [
    "", "moodle", "ftp://moodle.example.edu/", "https://", "//moodle.example.edu/",
    "http://moodle.example.edu/config", "https://a:b@moodle.example.edu/", "https://x\n/",
    "https://127.0.0.1/config", "https://[::1]/", f"https://{'a' * 5000}.example/",
]  # fmt: skip


def kept_nothing(platform: Registering) -> bool:
    with platform.database.read() as session:
        rows = [
            session.scalars(select(table)).all() for table in (LtiRegistration, LtiDeployment)
        ]
    return rows == [[], []] and platform.open_invitations() == 1


def test_no_bad_document_is_registered(moodle: Registering, client: Visitor) -> None:
    path, good = moodle.invite(), moodle.document
    for name, value, reason in BAD_MEMBERS:
        moodle.document = {**good, name: value}
        moodle.network.reset()
        moodle.network.get(moodle.configuration_url, json=moodle.document)
        page = client.get(moodle.opened(path), status=400)
        assert page.reason == reason.code, (name, value)
    for answer, reason in BODIES:
        moodle.network.reset()
        moodle.network.get(moodle.configuration_url, **answer)
        page = client.get(moodle.opened(path), status=reason.value.status)
        assert page.reason == reason.code, answer
    assert kept_nothing(moodle)

    # What nothing depends on may be of any type.
    moodle.document = {**good, **STRANGE_MEMBERS}
    moodle.serve()
    moodle.register(client, path)
    assert moodle.only().account_name == ""


def test_addresses_that_nobody_should_be_sent_to_are_refused(
    moodle: Registering, client: Visitor
) -> None:
    path = moodle.invite()
    moodle.network.reset()
    moodle.network.add_passthru("https://127.0.0.1/")
    moodle.network.add_passthru("https://[::1]/")
    for address in ADDRESSES:
        moodle.configuration_url = address
        page = moodle.register(client, path, status=400)
        assert page.reason == Reason.ADDRESS_REFUSED.code, address
    assert kept_nothing(moodle)


def test_a_token_that_is_none_is_refused(moodle: Registering, client: Visitor) -> None:
    path = moodle.invite()
    for token in ("a b", "a\r\nX-Other: 1", "é", "x" * 20_001):
        page = client.get(moodle.opened(path, token=token), status=400)
        assert page.reason == Reason.TOKEN_MALFORMED.code
    assert len(moodle.network.calls) == 0


def test_a_platform_that_fails_leaves_the_address_usable(
    moodle: Registering, client: Visitor
) -> None:
    path = moodle.invite()
    for answer, reason in REPLIES:
        moodle.serve(**answer)
        page = moodle.register(client, path, status=reason.value.status)
        assert page.reason == reason.code, answer
        assert kept_nothing(moodle)
    moodle.serve()
    assert moodle.register(client, path).page_id == "registration.done"


def test_hosted_canvas_speaks_through_its_own_hosts_only(
    moodle: Registering, settings: Settings
) -> None:
    def read(issuer: str, host: str) -> str:
        told = {**moodle.document, "issuer": issuer}
        try:
            return platform_document.read(settings, told, came_from=f"https://{host}/c").issuer
        except RegistrationRefused as refusal:
            return refusal.reason.code

    beta = "https://canvas.beta.instructure.com"
    for issuer, host in (
        (CANVAS_ISSUER, "crestwood.instructure.com"),
        (CANVAS_ISSUER, "sso.canvaslms.com"),
        (beta, "crestwood.beta.instructure.com"),
        (beta, "sso.beta.canvaslms.com"),
    ):
        assert read(issuer, host) == issuer
    for issuer, host in (
        (CANVAS_ISSUER, "crestwood.beta.instructure.com"),
        (CANVAS_ISSUER, "notinstructure.com"),
        (CANVAS_ISSUER, "instructure.com.example.org"),
        (CANVAS_ISSUER, "crestwood.instructure.com:8443"),
        (beta, "crestwood.instructure.com"),
        ("https://canvas.evil.instructure.com", "crestwood.instructure.com"),
    ):
        assert read(issuer, host) == Reason.ISSUER_FOREIGN.code


def test_a_document_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def endless(handler: Any) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.end_headers()
        try:
            while not released.wait(0.005):
                handler.wfile.write(b" ")
        except OSError:
            released.set()

    monkeypatch.setattr(platform_document, "SECONDS", 0.2)
    with server(endless) as url, pytest.raises(RegistrationRefused) as refused:
        platform_document.fetch(HERE, url, token=TOKEN)
    released.set()
    assert refused.value.reason == Reason.UNFINISHED


def test_a_document_in_a_private_network_is_not_asked_for(settings: Settings) -> None:
    asked: list[str] = []

    def answer(handler: Any) -> None:
        asked.append(handler.path)
        say(200, b"{}")(handler)

    with server(answer) as url:
        private = url.replace("http://", "https://")
        with pytest.raises(RegistrationRefused) as refused:
            platform_document.fetch(settings, private, token=TOKEN)
    assert (refused.value.reason, asked) == (Reason.ADDRESS_REFUSED, [])
