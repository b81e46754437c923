"""Launches with anything in them that JSON, JWT and forms can carry: a page that says no, or a
launch that works. Never a fault of ours, never a session or a row for what is refused."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given

from careerlink.db import Database
from tests.conformance.mutated_launches import LAUNCHES, forms, values_of
from tests.conformance.mutations import Token, filled, mutated, tokens
from tests.conformance.traces import assert_left_nothing, traces
from tests.factories.lti import PUBLIC_URL, Platform
from tests.pages import Visitor


def test_whatever_is_posted_is_answered(
    client: Visitor, platform: Platform, database: Database
) -> None:
    assert platform.launch(client).status == 303

    came: Counter[str] = Counter()

    @mutated
    @given(tokens(*LAUNCHES), forms)
    def throw(token: Token, form: dict[str, Any]) -> None:
        before = traces(database)
        values = values_of(platform.begin(client))
        whole = {"id_token": token.sign(platform, values), "state": values["STATE"], **form}

        response = client.raw.post(
            "/lti/launch", base_url=PUBLIC_URL, data=filled(whole, values)
        )

        if response.status_code != 303:
            came[assert_left_nothing(response, before, database)] += 1
            return
        came["accepted"] += 1
        landed = urlsplit(response.location)
        assert not landed.netloc
        assert landed.path.startswith("/")
        # What was stored is shown without a fault as well.
        page = client.raw.get(response.location, base_url=PUBLIC_URL)
        assert page.status_code < 500, response.location

    throw()
    print(came)  # noqa: T201 - shown by -rP after a large run
    assert {"accepted", "claim-malformed", "token-malformed"} <= set(came)
    assert platform.launch(client).status == 303
