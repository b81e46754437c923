"""Full-text search over listings, the same on both databases.

Words are made plain here (case, accents, ``c++``) for what is stored and for what is asked, so
that FTS5 and ``tsvector`` see letters and digits only: nothing typed can be an operator.
"""

import re
import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from careerlink.listings.models import Listing, ListingSkill, Skill
from careerlink.partners.models import Partner

SIGNS = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
MOST_WORDS = 8
TABLE = sa.table("listing_search", sa.column("rowid"), sa.column("listing_id"))


def matching(session: Session, text: str) -> sa.ColumnElement[bool]:
    """The condition that a listing holds every word of ``text``, or one that begins so."""
    wanted = [_stem(word) for word in words_of(text)[:MOST_WORDS]]
    if not wanted:
        return sa.true() if not text.strip() else sa.false()
    if session.get_bind().dialect.name == "sqlite":
        match = sa.text("listing_search MATCH :words").bindparams(
            words=" AND ".join(f'"{word}"*' for word in wanted)
        )
        return Listing.id.in_(sa.select(TABLE.c.rowid).where(match))
    match = sa.text("document @@ to_tsquery('simple', :words)").bindparams(
        words=" & ".join(f"{word}:*" for word in wanted)
    )
    return Listing.id.in_(sa.select(TABLE.c.listing_id).where(match))


def words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    for sign, word in SIGNS.items():
        plain = plain.replace(sign, f" {word} ")
    return re.findall(r"[^\W_]+", plain)


def keep_current(session: Session, listing: Listing) -> None:
    """Store what a listing says now; called by every operation that changes its words."""
    session.flush()
    document = " ".join(words_of(" ".join(_texts(session, listing))))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            sa.text("DELETE FROM listing_search WHERE rowid = :id"), {"id": listing.id}
        )
        insert = "INSERT INTO listing_search (rowid, document) VALUES (:id, :document)"
    else:
        insert = (
            "INSERT INTO listing_search (listing_id, document)"
            " VALUES (:id, to_tsvector('simple', :document))"
            " ON CONFLICT (listing_id) DO UPDATE SET document = EXCLUDED.document"
        )
    session.execute(sa.text(insert), {"id": listing.id, "document": document})


def rebuild(session: Session) -> None:
    """The whole index anew: it is no table of ours, so a backup does not hold it."""
    for listing in session.scalars(sa.select(Listing)).all():
        keep_current(session, listing)


def keep_partner_current(session: Session, partner: Partner) -> None:
    """A partner's new name is found in its listings, too."""
    for listing in session.scalars(
        sa.select(Listing).where(Listing.partner_id == partner.id)
    ).all():
        keep_current(session, listing)


def _texts(session: Session, listing: Listing) -> Iterable[str]:
    yield from (
        listing.title, listing.deliverable, listing.description, listing.field,
        listing.learns, listing.asks, listing.place, "remote" if listing.is_remote else "",
    )  # fmt: skip
    yield session.get_one(Partner, listing.partner_id).name
    yield from session.scalars(
        sa.select(Skill.name)
        .join(ListingSkill, ListingSkill.skill_id == Skill.id)
        .where(ListingSkill.listing_id == listing.id)
    )


def _stem(word: str) -> str:
    """ "dashboards" also finds "dashboard", since words are matched by their beginning."""
    return word[:-1] if len(word) > 4 and word.endswith("s") else word
