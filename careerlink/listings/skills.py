"""The catalog of skills: typed by staff, chosen by students, one row a skill."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.errors import NotPermitted
from careerlink.listings.models import ListingSkill, PersonSkill, Skill
from careerlink.people.actors import Actor

LONGEST = 60
MOST = 12
SIGNS = {"++": "-plus-plus", "#": "-sharp"}


def names_in(text: str) -> list[str]:
    """``"SQL, Power BI; sql"`` is ``["SQL", "Power BI"]``."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        name = " ".join(part.split())[:LONGEST]
        if slug := slug_of(name):
            found.setdefault(slug, name)
    return list(found.values())[:MOST]


def slug_of(name: str) -> str:
    """``C++`` and ``C#`` are not ``C``."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    for sign, word in SIGNS.items():
        plain = plain.replace(sign, word)
    return "-".join(re.findall(r"[^\W_]+", plain))[:80]


def find_or_create(session: Session, institution_id: int, names: Iterable[str]) -> list[Skill]:
    wanted = {slug_of(name): name for name in names}
    known = {
        skill.slug: skill
        for skill in session.scalars(
            select(Skill).where(
                Skill.institution_id == institution_id, Skill.slug.in_(list(wanted))
            )
        )
    }
    for slug, name in wanted.items():
        if slug not in known:
            known[slug] = Skill(institution_id=institution_id, slug=slug, name=name)
            session.add(known[slug])
    session.flush()
    return [known[slug] for slug in wanted]


def most_asked(session: Session, institution_id: int, limit: int = 24) -> Sequence[Skill]:
    """What listings ask for most, to choose from."""
    uses = func.count(ListingSkill.id)
    return session.scalars(
        select(Skill)
        .outerjoin(ListingSkill, ListingSkill.skill_id == Skill.id)
        .where(Skill.institution_id == institution_id)
        .group_by(Skill.id)
        .order_by(uses.desc(), Skill.name)
        .limit(limit)
    ).all()


def of_person(session: Session, person_id: int | None) -> dict[int, str]:
    """Names by skill id of what this person says they can do."""
    rows = session.execute(
        select(Skill.id, Skill.name)
        .join(PersonSkill, PersonSkill.skill_id == Skill.id)
        .where(PersonSkill.person_id == person_id)
        .order_by(Skill.name)
    )
    return {row[0]: row[1] for row in rows}


def choose(session: Session, *, actor: Actor, course_id: int, names: Iterable[str]) -> None:
    """Replace the list of the student who acts. Nothing of it is shared with partners."""
    standing = actor.standing(course_id)
    if not actor.is_student(course_id) or standing.read_only:
        raise NotPermitted("You only look at this course, so nothing is kept.")
    wanted = {s.id for s in find_or_create(session, actor.institution_id, names)}
    rows = session.scalars(
        select(PersonSkill).where(PersonSkill.person_id == actor.person_id)
    ).all()
    for row in rows:
        if row.skill_id not in wanted:
            session.delete(row)
    have = {row.skill_id for row in rows}
    session.add_all(
        PersonSkill(person_id=actor.person_id, skill_id=skill_id)
        for skill_id in sorted(wanted - have)
    )
    session.flush()
