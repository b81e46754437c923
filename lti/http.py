"""The only module that calls a platform: limits on time, size, redirects and addresses."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import MaxRetryError, NewConnectionError

from careerlink.config import Settings
from lti import addresses
from lti.answers import (
    Answer,
    BadStatus,
    ForbiddenAddress,
    NotConnected,
    NotJson,
    PlatformFault,
    TimedOut,
    TooLarge,
    Unfinished,
    Unreachable,
    successful,
)

__all__ = [
    "Answer",
    "BadStatus",
    "ForbiddenAddress",
    "NotConnected",
    "NotJson",
    "Platform",
    "PlatformFault",
    "TimedOut",
    "TooLarge",
    "Unfinished",
    "Unreachable",
    "fetch",
    "fetch_json",
    "successful",
]

CONNECT_SECONDS = 3.05
READ_SECONDS = 10
TOTAL_SECONDS = 15
MAX_BYTES = 1_000_000
MAX_REDIRECTS = 3
CHUNK = 16_384


@dataclass
class Platform:
    """Connections to one platform for a few calls; use it in a ``with`` block."""

    settings: Settings
    max_bytes: int = MAX_BYTES
    total_seconds: float = TOTAL_SECONDS
    max_redirects: int = MAX_REDIRECTS
    _session: requests.Session = field(init=False, repr=False)
    _door: addresses.Door = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lti = self.settings.lti
        self._door = addresses.Door(
            allow_private=lti.allow_private_hosts, private_hosts=lti.private_hosts
        )
        self._session = requests.Session()
        # A proxy would connect to addresses that nobody checked.
        self._session.trust_env = False
        adapter = _CheckedAdapter(self._door)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()
        self._door.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
    ) -> Answer:
        """One exchange, whatever its status; redirects of a GET within the host are followed.

        :raises PlatformFault: no answer, too large, or not an address we go to.
        """
        with self._time_limit() as ends:
            for _ in range(self.max_redirects + 1):
                answer = self._exchange(method, url, headers, body, ends)
                target = answer.headers.get("Location")
                if method != "GET" or answer.status not in (301, 302, 303, 307, 308):
                    return answer
                if not target:
                    return answer
                url = _within_host(url, target)
        raise ForbiddenAddress("redirected too often")

    def get_json(self, url: str, *, headers: Mapping[str, str] | None = None) -> Any:
        return successful(self.request("GET", url, headers=headers)).json()

    def _exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        body: str | bytes | None,
        ends: float,
    ) -> Answer:
        self._check(url)
        left = max(ends - monotonic(), 0.01)
        began = False
        try:
            with self._session.request(
                method,
                url,
                headers=dict(headers or {}),
                data=body,
                timeout=(min(CONNECT_SECONDS, left), min(READ_SECONDS, left)),
                allow_redirects=False,
                stream=True,
            ) as response:
                began = True
                return Answer(
                    response.status_code,
                    CaseInsensitiveDict(response.headers),
                    self._read(response, ends),
                    url,
                )
        except addresses.ForbiddenAddress as exc:
            raise ForbiddenAddress(str(exc)) from exc
        except requests.ConnectTimeout as exc:
            raise NotConnected("did not answer in time") from exc
        except requests.Timeout as exc:
            raise (Unfinished if began else TimedOut)("did not answer in time") from exc
        except requests.exceptions.SSLError as exc:
            raise Unreachable("has no valid certificate") from exc
        except (requests.RequestException, OSError, ValueError) as exc:
            if monotonic() >= ends:
                raise (Unfinished if began else TimedOut)("did not answer in time") from exc
            if _never_connected(exc):
                raise NotConnected("cannot be reached") from exc
            raise Unreachable("cannot be reached") from exc

    def _read(self, response: requests.Response, ends: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(CHUNK):
            body += chunk
            if len(body) > self.max_bytes:
                raise TooLarge(f"answered more than {self.max_bytes} bytes")
        if monotonic() >= ends:
            raise Unfinished("did not end its answer in time")
        return bytes(body)

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError as exc:
            raise ForbiddenAddress("is not a web address") from exc
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ForbiddenAddress("is not a web address")
        if parts.username is not None or parts.password is not None:
            raise ForbiddenAddress("carries a name or a password")
        if parts.scheme == "http" and not self.settings.lti.allow_private_hosts:
            raise ForbiddenAddress("is not https")

    @contextmanager
    def _time_limit(self) -> Iterator[float]:
        """End the exchange when the time is up, even where bytes still trickle in."""
        timer = threading.Timer(self.total_seconds, self._door.slam)
        timer.daemon = True
        ends = monotonic() + self.total_seconds
        timer.start()
        try:
            yield ends
        finally:
            timer.cancel()
            timer.join()


class _CheckedAdapter(HTTPAdapter):
    def __init__(self, door: addresses.Door) -> None:
        self._door = door
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, ssl_context=addresses.trusted(), **options)
        self.poolmanager.pool_classes_by_scheme = self._door.pool_classes()


def _never_connected(fault: Exception) -> bool:
    failed = fault.args[0] if fault.args else None
    return isinstance(failed, MaxRetryError) and isinstance(failed.reason, NewConnectionError)


def _within_host(url: str, target: str) -> str:
    there = urljoin(url, target)
    if urlsplit(there)[:2] != urlsplit(url)[:2]:
        raise ForbiddenAddress("redirected to another host")
    return there


def fetch(
    url: str,
    settings: Settings,
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
) -> Answer:
    """GET with all limits; the status is the caller's business.

    :raises PlatformFault:
    """
    with Platform(settings, max_bytes) as platform:
        return platform.request("GET", url, headers=headers)


def fetch_json(
    url: str,
    settings: Settings,
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
) -> Any:
    """:raises PlatformFault: also for a status but 2xx, and for a body that is not JSON."""
    return successful(fetch(url, settings, headers=headers, max_bytes=max_bytes)).json()
