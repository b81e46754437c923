"""Recorded traffic: reading it, replaying its requests, and comparing answers."""

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FIXTURES = Path(__file__).parent / "fixtures"


def load(family: str, name: str) -> dict[str, Any]:
    recording: dict[str, Any] = json.loads((FIXTURES / family / f"{name}.json").read_text())
    return recording


def names(family: str, *folders: str) -> list[str]:
    root = FIXTURES / family
    return sorted(
        f"{folder}/{path.stem}" for folder in folders for path in (root / folder).glob("*.json")
    )


def replay(client: FlaskClient, request: dict[str, Any], token: str = "") -> TestResponse:
    """Send the recorded request, with ``token`` in place of the recorded one."""
    headers = dict(request.get("headers", {}))
    if "Authorization" in headers and token:
        headers["Authorization"] = f"Bearer {token}"
    parts = urlsplit(request["url"])
    body: Any = request.get("form")
    if body is None:
        body = request.get("body")
        if body is None and "body_json" in request:
            body = json.dumps(request["body_json"])
    return client.open(
        f"{parts.path}?{parts.query}" if parts.query else parts.path,
        method=request["method"],
        headers=headers,
        data=body,
    )


def assertion_parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a recorded token, whose signature is a fake."""
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        for part in assertion.split(".")[:2]
    )
    return header, claims


def body_of(answer: TestResponse) -> Any:
    """The body as JSON, or as text where it is none."""
    try:
        return steady(json.loads(answer.text))
    except ValueError:
        return answer.text


def assert_like(expected: Any, ours: Any, *, new: str = "") -> None:
    """Equal, but for texts that the documents do not know: they stand in parentheses.

    ``new`` is a value that the platform invents anew each time.
    """
    if isinstance(expected, dict):
        assert ours.keys() == expected.keys()
        for member in expected:
            assert_like(expected[member], ours[member], new=new)
    elif isinstance(expected, list):
        # The documents cut long lists.
        assert len(ours) >= len(expected)
        for one, other in zip(expected, ours, strict=False):
            assert_like(one, other, new=new)
    elif not isinstance(expected, str) or not expected.startswith("(") and expected != new:
        assert ours == expected


def steady(value: Any) -> Any:
    """Without what differs from one time to the next: random numbers and hashes."""
    if isinstance(value, list):
        return [steady(member) for member in value]
    if not isinstance(value, dict):
        return value
    return {name: _steady_member(name, member) for name, member in value.items()}


def _steady_member(name: str, value: Any) -> Any:
    if name == "lis_result_sourcedid":
        data = json.loads(value)["data"]
        return {key: data[key] for key in ("instanceid", "userid", "typeid")}
    if name == "return_url" and "sesskey=" in value:
        return value.partition("sesskey=")[0]
    return steady(value)
