"""Notices with anything in them: taken in, or refused with a reason and without a row."""

import json
from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from careerlink import clock
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from lti.models import LtiNotice
from tests.conformance.mutations import Token, mutated, tokens
from tests.conformance.traces import traces
from tests.factories.lti import LTI, PUBLIC_URL, Platform
from tests.pages import Visitor

COPIED = {
    "iss": Platform.issuer,
    "aud": Platform.client_id,
    "azp": Platform.client_id,
    "iat": "IAT",
    "exp": "EXP",
    "nonce": "NONCE",
    f"{LTI}version": "1.3.0",
    f"{LTI}deployment_id": Platform.deployment_id,
    f"{LTI}notice": {
        "id": "ID",
        "timestamp": "2026-10-14T15:30:00Z",
        "type": "LtiContextCopyNotice",
    },
    f"{LTI}context": {"id": "course-2", "title": "Spring", "type": ["CourseOffering"]},
    f"{LTI}origin_contexts": ["course-1", "course-0"],
}
GREETING = {
    **COPIED,
    f"{LTI}notice": {"id": "ID", "timestamp": "2026-10-14", "type": "LtiHelloWorldNotice"},
}
Envelope = Callable[[str], bytes]
ENVELOPES: tuple[Envelope, ...] = (
    lambda jwt: json.dumps({"notices": [{"jwt": jwt}, None, 7, "x", {}, {"jwt": []}]}).encode(),
    lambda jwt: json.dumps({"notices": [{"jwt": jwt}] * 101}).encode(),
    lambda jwt: json.dumps({"notices": [{"jwt": jwt}] * 3}).encode(),
    lambda jwt: json.dumps([{"jwt": jwt}]).encode(),
    lambda jwt: json.dumps({"notices": {"jwt": jwt}}).encode(),
    lambda _: b'{"notices":[]}',
    lambda _: b'{"notices":' + b"[" * 100_000,
    lambda _: b"\xff\xfe",
    lambda _: b"",
    lambda _: b" " * 1_500_000,
)
plain: Envelope = lambda jwt: json.dumps({"notices": [{"jwt": jwt}]}).encode()  # noqa: E731


def test_whatever_is_told_is_answered(
    client: Visitor, platform: Platform, database: Database
) -> None:
    platform.launch(client)
    known, came = traces(database), Counter[str]()

    @mutated
    @given(tokens(COPIED, GREETING), st.sampled_from([plain] * 60 + [*ENVELOPES]))
    def throw(token: Token, envelope: Envelope) -> None:
        now, number = int(clock.now().timestamp()), kept(database)
        values = {"IAT": now, "EXP": now + 60, "NONCE": f"n-{number}", "ID": f"id-{number}"}
        body = envelope(token.sign(platform, values))

        response = client.raw.post("/lti/notices", base_url=PUBLIC_URL, data=body)

        told = response.get_json()
        if told["accepted"]:
            assert response.status_code == 200
            came["accepted"] += 1
        else:
            assert 400 <= response.status_code < 500
            assert kept(database) == number
            came[told["reason"] if "reason" in told else told["refused"][0]["reason"]] += 1
        assert "Set-Cookie" not in response.headers
        assert traces(database) == known

    throw()
    print(came)  # noqa: T201 - shown by -rP after a large run
    assert {"accepted", "claim-missing", "claim-malformed", "token-malformed"} <= set(came)


def kept(database: Database) -> int:
    with database.read() as session:
        return sum(
            session.scalar(select(func.count(model.id))) or 0
            for model in (LtiNotice, OutboxMessage)
        )
