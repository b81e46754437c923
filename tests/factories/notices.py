"""Notices of the test platform, posted as platforms do."""

import json
from typing import Any

from sqlalchemy import select

from careerlink import clock as clock_now
from careerlink.db import Database
from lti.models import LtiNotice
from tests.factories.lti import LTI, PUBLIC_URL, Platform
from tests.pages import Visitor

Claims = dict[str, Any]
COPY, HELLO = "LtiContextCopyNotice", "LtiHelloWorldNotice"


def notice(platform: Platform, kind: str = COPY, number: int = 1, **changes: Any) -> Claims:
    now = int(clock_now.now().timestamp())
    found = {
        "iss": platform.issuer,
        "aud": platform.client_id,
        "azp": platform.client_id,
        "iat": now,
        "exp": now + 3600,
        "nonce": f"nonce-{number}",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": platform.deployment_id,
        f"{LTI}notice": {
            "id": f"n-{number}",
            "timestamp": "2026-10-14T15:30:00Z",
            "type": kind,
        },
        f"{LTI}context": {"id": "course-2", "title": "Spring"},
        f"{LTI}origin_contexts": ["course-1"],
    }
    return {**found, **changes}


def post(client: Visitor, body: Any) -> tuple[int, Any]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = client.raw.post("/lti/notices", base_url=PUBLIC_URL, data=raw)
    return answer.status_code, answer.get_json()


def send(client: Visitor, platform: Platform, *notices: Claims, **how: Any) -> tuple[int, Any]:
    tokens = [{"jwt": platform.sign(one, **how)} for one in notices]
    return post(client, {"notices": tokens})


def kept(database: Database) -> list[LtiNotice]:
    with database.read() as session:
        return list(session.scalars(select(LtiNotice).order_by(LtiNotice.id)))
