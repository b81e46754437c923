"""Clauses that every plan carries, in the campus's own words or else in these.

They describe the campus's policy and give no legal advice; the institution edits them.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from credit.agreements.campus_models import CampusWording

LONGEST = 4000
TITLES = {
    "conduct": "Conduct",
    "reporting": "If something is wrong",
    "ending_early": "Ending early",
    "accommodations": "Accommodations",
    "insurance": "Insurance",
    "consent": "Your records",
}
DEFAULTS = {
    "conduct": "Student and partner treat each other with respect and keep what they agreed "
    "upon here. The university’s code of conduct applies to the student also at this work.",
    "reporting": "Harassment, discrimination, unsafe work or missing pay can be reported to "
    "the career office at any time, by either side. Nobody may be treated worse for it.",
    "ending_early": "Either side may end this project early. They first tell each other and "
    "the career office why. Hours worked until then stay on record, and work that was done is "
    "paid as agreed.",
    "accommodations": "A student who needs an accommodation asks the university’s "
    "accessibility office, or the career office. The partner is told only what the student "
    "agrees to.",
    "insurance": "The student is not an employee of the university. Work on site follows the "
    "partner’s safety rules, and the partner says before the first day what they are.",
    "consent": "The partner sees of the student’s records only what the student’s consent "
    "names, and may not pass it on (34 CFR 99.33). The student may withdraw the consent at any "
    "time.",
}


def of(session: Session, institution: Institution) -> dict[str, str]:
    """By clause; what the institution has not written stands as in ``DEFAULTS``."""
    own = session.execute(
        select(CampusWording.clause, CampusWording.text).where(
            CampusWording.institution_id == institution.id
        )
    ).all()
    return {**DEFAULTS, **{clause: text for clause, text in own if clause in DEFAULTS}}


def write(
    session: Session, institution: Institution, texts: Mapping[str, str], *, actor: Actor
) -> None:
    """Plans that are signed keep the words they were signed with."""
    if not actor.is_staff or actor.institution_id != institution.id:
        raise NotPermitted("Career staff write these clauses.")
    current = of(session, institution)
    for clause in DEFAULTS:
        text = texts.get(clause, current[clause]).strip()
        if not text:
            raise InvalidInput("Every plan needs this clause.", field=clause)
        if text != current[clause]:
            _put(session, institution, clause, text, actor)


def _put(
    session: Session, institution: Institution, clause: str, text: str, actor: Actor
) -> None:
    row = session.scalar(
        select(CampusWording).where(
            CampusWording.institution_id == institution.id, CampusWording.clause == clause
        )
    )
    if row is None:
        row = CampusWording(institution_id=institution.id, clause=clause)
        session.add(row)
    row.text, row.written_by_id, row.written_at = text, actor.person_id, clock.now()
    session.flush()
    audit.record(session, "campus_wording:write", row, actor=actor, clause=clause)
