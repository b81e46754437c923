"""Platforms' key sets, fetched when needed and cached in the database for all processes."""

import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.config import Settings
from careerlink.db import Database
from lti import first_time, http
from lti.reasons import Reason
from lti.refusals import LaunchRefused
from lti.stored_answers import LtiKeyCache

LEAST_BITS = 2048
MAX_KEYS = 50
SHORTEST, USUAL, LONGEST = timedelta(minutes=5), timedelta(hours=1), timedelta(hours=24)
STALE_FOR = timedelta(hours=24)
BLOCKED_FOR = timedelta(seconds=8)
MAX_AGE = re.compile(r"max-age=\"?(\d{1,9})")

_fetching: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
"""One fetch of an address at a time in this process; the others then find its result."""


def find(
    database: Database,
    settings: Settings,
    url: str,
    kid: str,
    *,
    cached: LtiKeyCache | None,
    before_fetch: Callable[[], None],
) -> RSAPublicKey:
    """The platform's key named ``kid``, from ``cached`` or fetched; no transaction is open.

    ``before_fetch`` may refuse to call a platform for a token that nothing vouches for.

    :raises LaunchRefused: no such key, or the platform gives no key set.
    """
    if cached is not None and _is_fresh(cached) and (key := _pick(cached.key_set, kid)):
        return key
    before_fetch()
    with _fetching[url]:
        newer = _read(database, url)
        if newer is not None and _is_fresh(newer) and _differs(newer, cached):
            # Another thread fetched while this one waited.
            fault = None
        else:
            fault = _refresh(database, settings, url, newer)
    latest = _read(database, url)
    if latest is not None and (fault is None or _is_bearable(latest)):
        key = _pick(latest.key_set, kid)
        if key is not None:
            return key
    raise LaunchRefused(fault or Reason.KEY_UNKNOWN)


def _differs(newer: LtiKeyCache, cached: LtiKeyCache | None) -> bool:
    return cached is None or newer.fetched_at != cached.fetched_at


def _refresh(
    database: Database, settings: Settings, url: str, known: LtiKeyCache | None
) -> Reason | None:
    """Fetch and store the key set; the reason why that did not work, if it did not."""
    failed_at = known.failed_at if known is not None else None
    if failed_at is not None and clock.now() - failed_at < BLOCKED_FOR:
        return Reason.KEYS_WAIT
    try:
        answer = http.successful(http.fetch(url, settings))
        keys = _usable(answer.json())
    except http.PlatformFault:
        keys = []
    now = clock.now()
    with database.write() as session:
        row = _row(session, url)
        row.failed_at = None if keys else now
        if keys:
            row.key_set, row.fetched_at = json.dumps(keys), now
            row.fresh_until = now + lifetime(answer.headers.get("Cache-Control", ""))
    return None if keys else Reason.KEYS_UNREACHABLE


def _row(session: Session, url: str) -> LtiKeyCache:
    wanted = select(LtiKeyCache).where(LtiKeyCache.url == url)
    found = session.scalar(wanted)
    if found is None:
        first_time.alone(session, "lti_key_cache", url)
        found = session.scalar(wanted)
    if found is None:
        found = LtiKeyCache(url=url)
        session.add(found)
    return found


def _read(database: Database, url: str) -> LtiKeyCache | None:
    with database.read() as session:
        return session.scalar(select(LtiKeyCache).where(LtiKeyCache.url == url))


def lifetime(cache_control: str) -> timedelta:
    """How long a key set may be used without asking again."""
    if found := MAX_AGE.search(cache_control.lower()):
        return min(max(timedelta(seconds=int(found[1])), SHORTEST), LONGEST)
    return SHORTEST if "no-" in cache_control.lower() else USUAL


def _is_fresh(row: LtiKeyCache) -> bool:
    return row.fresh_until is not None and row.fresh_until > clock.now()


def _is_bearable(row: LtiKeyCache) -> bool:
    """Old keys are better than none while the platform cannot be asked."""
    until: datetime | None = row.fresh_until
    return until is not None and until + STALE_FOR > clock.now()


def _usable(document: Any) -> list[dict[str, str]]:
    """The RSA signing keys of a key set, reduced to what verifying needs."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        return []
    return [
        {"kty": "RSA", "kid": key["kid"], "n": key["n"], "e": key["e"]}
        for key in keys[:MAX_KEYS]
        if isinstance(key, dict)
        and all(isinstance(key.get(part), str) for part in ("kid", "n", "e"))
        and key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and key.get("alg", "RS256") == "RS256"
    ]


def kids(document: Any) -> list[str]:
    """Names of the keys of a key set that could verify a launch."""
    return list(_keys(json.dumps(_usable(document))))


def _pick(key_set: str, kid: str) -> RSAPublicKey | None:
    return _keys(key_set).get(kid)


@lru_cache(maxsize=64)
def _keys(key_set: str) -> dict[str, RSAPublicKey]:
    found: dict[str, RSAPublicKey] = {}
    for key in json.loads(key_set or "[]"):
        try:
            public = RSAAlgorithm.from_jwk(key)
        except (InvalidKeyError, ValueError, TypeError):
            continue
        if isinstance(public, RSAPublicKey) and public.key_size >= LEAST_BITS:
            found.setdefault(key["kid"], public)
    return found
