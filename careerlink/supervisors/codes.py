"""Spoken codes: eight signs that open one link once, entered at ``/s``.

The first half says which code is meant, so that wrong second halves are counted for it; wrong
codes are also counted for the place they come from. Both counts are rows that servers share.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.people.actors import Actor, system
from careerlink.supervisors.models import CodeAttempt, LinkCode
from careerlink.tokens import AccessLink

SIGNS = "ACEFHJKMNQRUWXY34679"
"""No two look alike or sound alike over a telephone."""
HALF = 4
LIFETIME = timedelta(hours=48)
WINDOW = timedelta(hours=1)
MOST_FOR_ONE_CODE = 5
MOST_FROM_ONE_PLACE = 20
MOST_WHEN_GUESSED = 3
GUESSED = 500
"""So many wrong codes within the window from everywhere are no typing errors any more: each
place then has only ``MOST_WHEN_GUESSED``."""
SPELLED = {
    "A": "Alfa", "C": "Charlie", "E": "Echo", "F": "Foxtrot", "H": "Hotel", "J": "Juliett",
    "K": "Kilo", "M": "Mike", "N": "November", "Q": "Quebec", "R": "Romeo", "U": "Uniform",
    "W": "Whiskey", "X": "X-ray", "Y": "Yankee", "3": "three", "4": "four", "6": "six",
    "7": "seven", "9": "nine",
}  # fmt: skip


class Failure(StrEnum):
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Redeemed:
    link: AccessLink | None = None
    failure: Failure | None = None


def give(session: Session, link: AccessLink, *, secret: str, actor: Actor) -> str:
    """A new code for this link; one that was given before is over."""
    session.execute(
        update(LinkCode)
        .where(LinkCode.access_link_id == link.id, LinkCode.closed_at.is_(None))
        .values(closed_at=clock.now())
    )
    text = _fresh(session)
    code = LinkCode(
        institution_id=link.institution_id,
        access_link_id=link.id,
        selector=text[:HALF],
        code_hash=_hash(text, secret),
        given_by_id=actor.person_id,
        expires_at=clock.now() + LIFETIME,
    )
    session.add(code)
    session.flush()
    audit.record(session, "access_link:give_code", link, actor=actor, code=code.id)
    return f"{text[:HALF]}-{text[HALF:]}"


def spelled(text: str) -> list[str]:
    return [SPELLED[sign] for sign in text if sign in SPELLED]


def redeem(session: Session, typed: str, *, secret: str, origin: str) -> Redeemed:
    """Spend a code. Commit what this leaves behind whatever it says: wrong ones are counted."""
    place = _place(origin, secret)
    if _is_throttled(session, place):
        return Redeemed(failure=Failure.TOO_MANY)
    text = "".join(sign for sign in typed.upper() if sign.isalnum())
    code = _open_code(session, text[:HALF])
    if code is None or not hmac.compare_digest(code.code_hash, _hash(text, secret)):
        _count(session, place, code)
        return Redeemed(failure=Failure.UNKNOWN)
    code.used_at = code.closed_at = clock.now()
    session.flush()
    audit.record(
        session,
        "access_link:use_code",
        code.access_link,
        actor=system(code.institution_id),
        code=code.id,
    )
    return Redeemed(link=code.access_link)


def _open_code(session: Session, selector: str) -> LinkCode | None:
    """Held until the transaction ends: of two who enter it at once, one finds it used."""
    return session.scalar(
        select(LinkCode)
        .where(
            LinkCode.selector == selector,
            LinkCode.closed_at.is_(None),
            LinkCode.expires_at > clock.now(),
        )
        .options(joinedload(LinkCode.access_link).joinedload(AccessLink.contact))
        .with_for_update(of=LinkCode)
    )


def _count(session: Session, place: str, code: LinkCode | None) -> None:
    session.add(CodeAttempt(origin_hash=place, attempted_at=clock.now()))
    if code is None:
        return
    code.wrong_attempts += 1
    if code.wrong_attempts >= MOST_FOR_ONE_CODE:
        code.closed_at = clock.now()
        audit.record(
            session,
            "access_link:close_code",
            code.access_link,
            actor=system(code.institution_id),
            code=code.id,
        )


def _is_throttled(session: Session, place: str) -> bool:
    """Only those places from which wrong codes came; everybody else goes on as ever."""
    recent = CodeAttempt.attempted_at > clock.now() - WINDOW
    here = session.scalar(select(func.count()).where(recent, CodeAttempt.origin_hash == place))
    if not here or here < MOST_WHEN_GUESSED:
        return False
    if here >= MOST_FROM_ONE_PLACE:
        return True
    everywhere = session.scalar(select(func.count()).select_from(CodeAttempt).where(recent))
    return (everywhere or 0) >= GUESSED


def forget_old(session: Session) -> int:
    """The sweep: attempts past the window, and codes whose time is over."""
    session.execute(delete(CodeAttempt).where(CodeAttempt.attempted_at < clock.now() - WINDOW))
    closed = session.execute(
        update(LinkCode)
        .where(LinkCode.closed_at.is_(None), LinkCode.expires_at <= clock.now())
        .values(closed_at=clock.now())
    )
    return int(closed.rowcount)  # type: ignore[attr-defined]


def _fresh(session: Session) -> str:
    while True:
        text = "".join(secrets.choice(SIGNS) for _ in range(2 * HALF))
        taken = select(LinkCode.id).where(
            LinkCode.selector == text[:HALF], LinkCode.closed_at.is_(None)
        )
        if session.scalar(taken) is None:
            return text


def _hash(text: str, secret: str) -> str:
    """With the server's secret: the database alone does not tell so short a code."""
    return hmac.new(secret.encode(), f"link-code:{text}".encode(), hashlib.sha256).hexdigest()


def _place(origin: str, secret: str) -> str:
    """A household or office: one IPv4 address, or the /64 that IPv6 gives to one."""
    try:
        address = ip_address(origin)
    except ValueError:
        return _hash(f"origin:{origin}", secret)
    bits = 64 if address.version == 6 else 32
    return _hash(f"origin:{ip_network((address, bits), strict=False)}", secret)
