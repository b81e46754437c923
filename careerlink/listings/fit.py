"""Why a listing fits a student in a course, and what it lacks: plain rules, no score.

Pure functions: every sentence can be checked against the listing by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from careerlink.courses.models import Objective
from careerlink.institutions.models import Term
from careerlink.listings.models import AiRule, Listing, Skill

MOST_REASONS = 3
HEAVY_MINUTES_A_WEEK = 10 * 60


@dataclass(frozen=True)
class Fit:
    fits: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    """What cannot be helped by the student, such as an end after the term."""


@dataclass(frozen=True)
class Looked:
    """What a listing is compared with: the course's objectives, the term, the student."""

    objectives: Sequence[Objective]
    term: Term | None
    has: Mapping[int, str]
    """Skills of the student by id; empty while none are given."""


def of(
    listing: Listing, skills: Sequence[Skill], serves: Sequence[Objective], looked: Looked
) -> Fit:
    fit = Fit()
    _objectives(fit, serves, looked)
    _skills(fit, skills, looked)
    _dates(fit, listing, looked.term)
    _terms(fit, listing)
    return Fit(fit.fits[:MOST_REASONS], fit.lacks[:MOST_REASONS], fit.blocks)


def minutes_a_week(listing: Listing) -> int:
    days = (listing.ends_on - listing.starts_on).days + 1
    return listing.planned_minutes * 7 // max(days, 7)


def last_day(term: Term) -> date:
    return term.grades_due_on or term.ends_on


def against_term(listing: Listing, term: Term | None) -> str:
    """Such as ``3 weeks before term ends``; "" where the course has no term."""
    if term is None:
        return ""
    days = (term.ends_on - listing.ends_on).days
    if days < 0:
        return "after term ends"
    if days < 3:
        return "ends with the term"
    if days < 14:
        return f"{days} days before term ends"
    return f"{days // 7} weeks before term ends"


def _objectives(fit: Fit, serves: Sequence[Objective], looked: Looked) -> None:
    taught = {objective.id for objective in looked.objectives}
    hits = [f"{objective.code} {_low(objective.title)}" for objective in serves
            if objective.id in taught]  # fmt: skip
    if len(hits) == 1:
        fit.fits.append(f"Practices 1 objective of this course: {hits[0]}")
    elif hits:
        named = [*hits[:3], *([f"{len(hits) - 3} more"] if len(hits) > 3 else [])]
        fit.fits.append(f"Practices {len(hits)} objectives of this course: {_list(named)}")
    elif taught:
        fit.lacks.append("Practices none of this course’s objectives as they are written")


def _skills(fit: Fit, skills: Sequence[Skill], looked: Looked) -> None:
    if not looked.has or not skills:
        return
    have = [skill.name for skill in skills if skill.id in looked.has]
    lack = [skill.name for skill in skills if skill.id not in looked.has]
    if have and not lack:
        fit.fits.append(f"You have every skill they ask for: {_list(have)}")
    elif have:
        fit.fits.append(f"You have {len(have)} of {len(skills)} skills: {_list(have)}")
    if lack:
        fit.lacks.append(f"Asks for {_list(lack)}, not on your list")


def _dates(fit: Fit, listing: Listing, term: Term | None) -> None:
    if term is not None:
        room = (last_day(term) - listing.ends_on).days
        if room < 0:
            fit.blocks.append("Cannot finish in this term: it ends after grades are due")
        elif room >= 7:
            fit.fits.append(f"Ends {_distance(room)} before grades are due")
        else:
            fit.lacks.append(f"Ends only {_distance(room)} before grades are due")
    a_week = minutes_a_week(listing)
    if a_week > HEAVY_MINUTES_A_WEEK:
        fit.lacks.append(f"About {round(a_week / 60)} hours a week")
    elif a_week <= HEAVY_MINUTES_A_WEEK // 2:
        fit.fits.append(f"About {max(1, round(a_week / 60))} hours a week")


def _terms(fit: Fit, listing: Listing) -> None:
    if not listing.slots_left:
        fit.lacks.append("All places are taken or offered; you would be wait-listed")
    if listing.has_nda:
        fit.lacks.append("You sign an NDA")
    if not listing.fee_minor:
        fit.lacks.append("Unpaid")
    if listing.ai_rule == AiRule.NONE:
        fit.lacks.append("No AI tools")


def _distance(days: int) -> str:
    if days >= 14:
        return f"{days // 7} weeks"
    return "1 day" if days == 1 else f"{days} days"


def _list(words: Sequence[str]) -> str:
    return ", ".join(words)


def _low(title: str) -> str:
    """``Frame a question`` inside a sentence; ``SQL basics`` stays."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
