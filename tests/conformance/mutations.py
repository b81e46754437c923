"""What platforms and attackers may send instead of what they should: values, claims, tokens."""

import base64
import copy
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.factories.lti import LIS, Platform, private_key, signature_of

Path = tuple[str | int, ...]

MANY = "CAREERLINK_MUTATIONS"
"""How many payloads each test throws; thousands in ``make conformance``."""
MOST = int(os.environ.get(MANY, "30"))
mutated = settings(
    max_examples=MOST,
    # The same few each time in ``make test``; a large run looks for new ones.
    derandomize=MANY not in os.environ,
    database=None,
    deadline=timedelta(seconds=15) if MANY in os.environ else None,
    # The database is the test's and serves all its payloads: making one takes longer.
    suppress_health_check=[*HealthCheck],
    # A payload that breaks is shown as it is: making it smaller takes minutes.
    phases=[Phase.generate],
)

mutated_pages = settings(mutated, max_examples=MOST // 2)
"""For payloads that take several pages each."""


def nested(depth: int, kind: str = "list") -> Any:
    found: Any = "x"
    for _ in range(depth):
        found = [found] if kind == "list" else {"id": found}
    return found


VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 10**12, 10**25, -(2**63), 2**63, 10**400, 1e308,
    float("nan"), float("inf"), "", " ", "0", "\x00", "a\x00b", "\ud800", "x\udfffy",
    "\u202eabc", "\ufeff", "e\u0301" * 20, "😀" * 300, "\U0010ffff", "x" * 256, "x" * 1001,
    "x" * 50_000, "$Person.name.full", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s%n",
    "'; DROP TABLE x;--", "javascript:alert(1)", "//evil.example/x", "https://evil.example/",
    "http://[::1", "https://careerlink.example.edu:99999/",
    "https://careerlink.example.edu/\\..\\x", "https://careerlink.example.edu//evil.example",
    "https://careerlink.example.edu/courses/%00", "https://careerlink.example.edu/home?\x00",
    "https://careerlink.example.edu/home#x", "https://careerlink.example.edu/home?a=\ud800",
    "https://careerlink.example.edu/" + "a/" * 900, "data:text/html,x", "file:///etc/passwd",
    "1,2,3" * 9000, "listing:../../x", "board:\x00", "2026-13-45T99:99:99Z",
    "Europe/../../etc/passwd", "../../../etc/passwd", "en_US" * 80, [], [None], [[]], [{}],
    [""], ["\x00"], ["x", 7], ["\ud800"], [f"{LIS}membership#Learner"] * 3000, {},
    {"id": None}, {"id": 7}, {"id": "\x00"}, {"id": "\ud800"}, {"": {}}, {"id": {"id": "x"}},
    {"a\x00": "b\x00", "\ud800": "x"}, {str(number): number for number in range(2000)},
    nested(90), nested(90, "dict"), nested(800),
)  # fmt: skip
values = st.sampled_from(VALUES) | st.text(max_size=20) | st.integers() | st.floats()

texts = st.sampled_from([value for value in VALUES if isinstance(value, str)]) | st.text()


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Where something can be changed, from the outside in."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield (*here, key)
        yield from paths(inner, (*here, key))


@st.composite
def changed(draw: st.DrawFn, original: Any, *, most: int = 3) -> Any:
    """``original`` with one to three of its members dropped, replaced or misspelled."""
    found = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, most))):
        spots = [*paths(found)][:200]
        if not spots:
            break
        spot = draw(st.sampled_from(spots))
        _change(draw, found, spot)
    return found


def _change(draw: st.DrawFn, found: Any, spot: Path) -> None:
    holder = found
    for key in spot[:-1]:
        holder = holder[key]
    deed = draw(st.sampled_from(["drop", "replace", "replace", "replace", "wrap", "rename"]))
    if deed == "drop":
        del holder[spot[-1]]
    elif deed == "wrap":
        holder[spot[-1]] = draw(st.sampled_from([[holder[spot[-1]]], {"id": holder[spot[-1]]}]))
    elif deed == "rename" and isinstance(holder, dict):
        name = draw(st.sampled_from(["", "x" * 3000, "\x00", "\ud800", "__proto__", "ID"]))
        holder[name] = holder.pop(spot[-1])
    else:
        holder[spot[-1]] = copy.deepcopy(draw(values))


SPOILED: tuple[Callable[[bytes], bytes], ...] = (
    lambda text: text[:-1],
    lambda text: text + b"}",
    lambda text: b"\xef\xbb\xbf" + text,
    lambda text: text.decode().encode("utf-16"),
    lambda text: text.replace(b'"', b"\xff", 1),
    # The same names twice: the last one counts, and is checked.
    lambda text: text[:-1] + b"," + text[1:],
    lambda text: text[:-1] + b',"sub":"other","sub":7}',
    lambda text: text[:-1] + b',"exp":1e999,"iat":-1e999}',
    lambda text: text[:-1] + b',"deep":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    lambda text: text[:-1] + b',"n":' + b"9" * 5000 + b"}",
    lambda _: b"[" * 200_000,
    lambda _: b'{"a":' * 100_000,
    lambda _: b"null",
    lambda _: b'"' + b"x" * 1000 + b'"',
)
"""JSON as no writer of JSON makes it."""


def base64url(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


HEADERS: tuple[dict[str, Any], ...] = (
    {}, {"kid": None}, {"kid": 7}, {"kid": ""}, {"kid": []}, {"kid": "\x00"},
    {"kid": "\ud800"}, {"kid": "x" * 100_000}, {"alg": "none"}, {"alg": "RS512"},
    {"alg": ["RS256"]}, {"alg": None}, {"typ": 7}, {"crit": ["b64"], "b64": False},
    {"b64": False}, {"crit": ["exp"]}, {"crit": 7}, {"jku": "https://evil.example/"},
    {"jwk": {"kty": "RSA"}}, {"x5c": [nested(500)]}, {"zip": "DEF"},
    {"cty": "JWT", "enc": "A128GCM"},
)  # fmt: skip


def _parts(change: Callable[[str, str, str], str]) -> Callable[[str], str]:
    return lambda token: change(*token.split("."))


BENT: tuple[Callable[[str], str], ...] = (
    _parts(lambda header, body, _: f"{header}.{body}."),
    _parts(lambda header, body, _: f"{header}.{body}"),
    _parts(lambda _, body, signature: f".{body}.{signature}"),
    _parts(lambda header, body, signature: f"{header}=.{body}==.{signature}"),
    _parts(lambda header, body, signature: f"{header}.{body}\n.{signature}"),
    _parts(lambda header, body, signature: f"{header}.{body[:-1]}.{signature}"),
    _parts(lambda header, body, signature: f"{header}.{body}.{signature[:-2]}"),
    _parts(lambda header, body, signature: f"{header}.{body}.{signature[::-1]}"),
    _parts(lambda header, body, _: f"{header}.{body}.é"),
    _parts(lambda header, body, _: f"{header}.{body}.{'x' * 1_000_000}"),
    _parts(lambda header, _, signature: f"{header}.{'A' * 1_000_000}.{signature}"),
    lambda token: f"{token}.{token}",
    lambda token: f" {token}",
    lambda token: f"{token}\x00",
    lambda _: "A" * 1_000_000,
    lambda _: "." * 100_000,
    lambda token: token.replace("e", "é", 1),
    lambda token: token.swapcase(),
)
"""A signed token with something done to it on the way."""


@dataclass(frozen=True)
class Token:
    """A token to be signed: how it differs from a good one, whatever its nonce will be."""

    claims: Any
    header: dict[str, Any] = field(default_factory=dict)
    spoil: Callable[[bytes], bytes] | None = None
    bend: Callable[[str], str] | None = None

    def sign(self, platform: Platform, values: Mapping[str, Any]) -> str:
        """``values`` take the places of those that are known only when it is sent."""
        text = json.dumps(filled(self.claims, values)).encode()
        header = {"typ": "JWT", "alg": "RS256", "kid": platform.kid, **self.header}
        parts = [json.dumps(header).encode(), self.spoil(text) if self.spoil else text]
        signed = ".".join(base64url(part) for part in parts)
        token = f"{signed}.{signature_of(signed, private_key(platform.key_name))}"
        return self.bend(token) if self.bend else token


def filled(value: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: filled(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, values) for inner in value]
    return values.get(value, value) if isinstance(value, str) else value


@st.composite
def tokens(draw: st.DrawFn, *originals: Any) -> Token:
    """One of ``originals`` with its claims, header, text or form changed, mostly one."""
    claims = draw(st.sampled_from(originals))
    what = draw(st.sampled_from(["claims"] * 6 + ["header", "spoil", "bend", "all"]))
    return Token(
        claims=draw(changed(claims)) if what in ("claims", "all") else claims,
        header=draw(st.sampled_from(HEADERS)) if what in ("header", "all") else {},
        spoil=draw(st.sampled_from(SPOILED)) if what in ("spoil", "all") else None,
        bend=draw(st.sampled_from(BENT)) if what in ("bend", "all") else None,
    )
