"""Registrations of platforms whose addresses, documents and answers are anything at all."""

import json
import re
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import responses
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from careerlink.config import Settings
from careerlink.db import Database
from tests.conformance.mutations import SPOILED, changed, mutated, texts
from tests.conformance.traces import traces
from tests.factories.registering import TOKEN, Registering, recorded
from tests.pages import Page, Visitor

DOCUMENTS = [
    recorded("moodle-4.5", "openid_configuration")["response"]["body_json"],
    recorded("canvas", "openid_configuration")["response"]["body_json"],
]
REPLIES = [
    recorded("moodle-4.5", "accepted")["response"]["body_json"],
    recorded("canvas", "registration_reply")["response"]["body_json"],
]
ANYWHERE = re.compile(r"https?://.*")
ADDRESSES = {
    "moodle": recorded("moodle-4.5", "openid_configuration")["request"]["url"],
    "canvas": recorded("canvas", "openid_configuration")["request"]["url"],
}


@st.composite
def spoiled(draw: st.DrawFn, original: Any) -> bytes:
    """A JSON answer whose members or text are not what they should be."""
    how = draw(st.sampled_from(["good", "good", "members", "members", "members", "text"]))
    text = json.dumps(draw(changed(original)) if how == "members" else original).encode()
    return draw(st.sampled_from(SPOILED))(text) if how == "text" else text


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[dict[str, str], bytes, bytes, int]:
    """What the LMS adds to our address, its document, its answer and that one's status."""
    family = draw(st.sampled_from([0, 1]))
    added = {
        "openid_configuration": [*ADDRESSES.values()][family],
        "registration_token": TOKEN,
    }
    if draw(st.integers(0, 5)) == 0:
        added[draw(st.sampled_from([*added]))] = draw(texts)
    document, reply = draw(spoiled(DOCUMENTS[family])), draw(spoiled(REPLIES[family]))
    return (
        added,
        document,
        reply,
        draw(st.sampled_from([200, 200, 201, 200, 400, 404, 500, 302])),
    )


def test_whatever_a_platform_says_is_answered(
    app: Flask,
    client: Visitor,
    database: Database,
    settings: Settings,
    network: responses.RequestsMock,
) -> None:
    platform = Registering(network, database, settings)
    came: Counter[str] = Counter()

    @mutated
    @given(exchanges())
    def throw(exchange: tuple[dict[str, str], bytes, bytes, int]) -> None:
        added, document, reply, status = exchange
        network.reset()
        network.get(ANYWHERE, body=document)
        network.post(ANYWHERE, body=reply, status=status)
        before = len(platform.registrations())
        path = platform.invite()

        query = urlencode(added, errors="surrogatepass")

        response = client.raw.get(path, query_string=query)

        assert response.status_code < 500 or response.status_code in (502, 504)
        assert "Set-Cookie" not in response.headers
        if response.status_code >= 400:
            reason = Page(client, path, response).reason
            assert reason
            came[reason] += 1
        kept = len(platform.registrations()) - before
        if kept:
            assert response.status_code == 303
        done = client.raw.get(f"{path}/done")
        assert done.status_code == (200 if response.status_code == 303 else 303)
        came["kept"] += kept
        assert traces(database) == {}

    throw()
    print(came)  # noqa: T201 - shown by -rP after a large run
    assert {"kept", "configuration-malformed"} <= set(came)
