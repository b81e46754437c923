"""What a login is answered with: the way to the platform's sign-in (LTI.md 1.2)."""

from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from careerlink.db import Database
from tests.factories.lti import PUBLIC_URL, Platform
from tests.pages import Visitor


def test_the_answer_to_a_login_is_what_the_specification_asks(
    client: Visitor, platform: Platform
) -> None:
    response = platform.ask_login(client, lti_message_hint='{"cmid":2}')

    address = urlsplit(response.location)
    assert f"{address.scheme}://{address.netloc}{address.path}" == platform.auth_url
    query = parse_qs(address.query, keep_blank_values=True)
    state, nonce = query.pop("state")[0], query.pop("nonce")[0]
    assert query == {
        "scope": ["openid"],
        "response_type": ["id_token"],
        "response_mode": ["form_post"],
        "prompt": ["none"],
        "client_id": [platform.client_id],
        "redirect_uri": [f"{PUBLIC_URL}/lti/launch"],
        "login_hint": ["hint-29123"],
        "lti_message_hint": ['{"cmid":2}'],
    }
    assert state != nonce
    assert int(state, 16) != int(nonce, 16)


def test_a_login_may_come_by_get_and_without_a_message_hint(
    client: Visitor, platform: Platform
) -> None:
    platform.begin(client)  # has the cookie now
    form = MultiDict(
        {"iss": platform.issuer, "login_hint": "h", "client_id": "careerlink-client"}
    )

    response = client.raw.get("/lti/login", base_url=PUBLIC_URL, query_string=form)

    assert response.status_code == 302
    assert "lti_message_hint" not in parse_qs(urlsplit(response.location).query)


def test_the_query_of_the_platform_s_address_is_kept(
    client: Visitor, database: Database
) -> None:
    moodle = Platform(issuer="https://m.example", auth_url="https://m.example/auth?site=2")
    moodle.register(database)

    response = moodle.ask_login(client)

    assert response.location.count("?") == 1
    assert parse_qs(urlsplit(response.location).query)["site"] == ["2"]
