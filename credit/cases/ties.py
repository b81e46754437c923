"""What a policy may ask of each project: payer, supervisor, ties, double counting, outcomes.

Read for any number of projects in the same few queries, and only what the policies ask for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.listings.models import Listing, Payer
from careerlink.partners.models import PartnerContact
from careerlink.people.mailboxes import mailbox
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.agreements.models import LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Conflict, Party
from credit.cases.models import CreditCasePlacement
from credit.earlier import queries as earlier
from credit.earlier.models import EarlierCredit, EarlierKind
from credit.policy import asked
from credit.policy.parameters import Parameters

Links = Sequence[CreditCasePlacement]
Agreements = Mapping[int, Sequence[LearningAgreement]]
ASKED_OF = {Party.STUDENT, Party.SUPERVISOR}


def of_placements(
    session: Session, links: Links, policies: Mapping[int, Parameters], agreements: Agreements
) -> Mapping[int, dict[str, Any]]:
    """Members of ``PlacementInput``, by placement."""
    found: dict[int, dict[str, Any]] = {link.placement_id: {} for link in links}

    def among(asks: Any) -> list[Placement]:
        return [link.placement for link in links if asks(policies[link.credit_case_id])]

    parts = (
        _payers(session, among(lambda p: not p.paid_by_university_ok), agreements),
        _supervisors(session, among(lambda p: not p.instructor_may_supervise)),
        _hosts(session, among(lambda p: not p.related_host_ok)),
        _elsewhere(session, among(asked.elsewhere)),
    )
    for part in parts:
        for placement_id, members in part.items():
            found[placement_id] |= members
    return found


def _payers(
    session: Session, placements: Sequence[Placement], agreements: Agreements
) -> Mapping[int, dict[str, Any]]:
    """As agreed; else as the listing said."""
    if not placements:
        return {}
    rows = session.execute(
        select(Listing.id, Listing.payer).where(
            Listing.id.in_([p.listing_id for p in placements if p.listing_id])
        )
    )
    listed = {row.id: row.payer for row in rows}
    found = {}
    for placement in placements:
        agreed = [row.payer for row in agreements.get(placement.id, ()) if row.payer]
        payer = agreed[-1] if agreed else listed.get(placement.listing_id or 0)
        paid = None if payer is None else payer == Payer.UNIVERSITY
        found[placement.id] = {"is_paid_by_university": paid}
    return found


def _supervisors(
    session: Session, placements: Sequence[Placement]
) -> Mapping[int, dict[str, Any]]:
    """A supervisor has no account here: the mailbox is what both have."""
    if not placements:
        return {}
    mails: dict[int, list[str | None]] = defaultdict(list)
    for placement_id, mail in session.execute(
        select(Supervision.placement_id, PartnerContact.email)
        .join(Supervision.contact)
        .where(Supervision.placement_id.in_([p.id for p in placements]))
    ):
        mails[placement_id].append(mailbox(mail))
    teachers = _teachers(session, {p.course_id for p in placements})
    return {
        p.id: {"supervisor_teaches": _teaches(mails[p.id], teachers.get(p.course_id, []))}
        for p in placements
    }


def _teachers(session: Session, course_ids: Collection[int]) -> dict[int, list[str | None]]:
    found: dict[int, list[str | None]] = defaultdict(list)
    for course_id, mail, own_mail in session.execute(
        select(CourseMember.course_id, Person.email, Person.own_email)
        .join(CourseMember.person)
        .where(
            CourseMember.course_id.in_(course_ids),
            or_(
                CourseMember.launch_role == CourseRole.INSTRUCTOR,
                CourseMember.roster_role == CourseRole.INSTRUCTOR,
            ),
        )
    ):
        found[course_id].append(mailbox(mail) if mail else None)
        found[course_id] += [mailbox(own_mail)] if own_mail else []
    return found


def _teaches(mails: Sequence[str | None], teachers: Sequence[str | None]) -> bool | None:
    """Not known as long as one of them has no address that could be compared."""
    if {mail for mail in mails if mail} & {mail for mail in teachers if mail}:
        return True
    comparable = bool(mails) and bool(teachers) and all(mails) and all(teachers)
    return False if comparable else None


def _hosts(session: Session, placements: Sequence[Placement]) -> Mapping[int, dict[str, Any]]:
    if not placements:
        return {}
    ids = [p.id for p in placements]
    said: dict[int, dict[Party, bool]] = defaultdict(dict)
    for placement_id, party, conflict in session.execute(
        select(
            LearningAgreement.placement_id,
            AgreementSignature.party,
            AgreementSignature.conflict,
        )
        .join(LearningAgreement, AgreementSignature.agreement_id == LearningAgreement.id)
        .where(
            LearningAgreement.placement_id.in_(ids),
            LearningAgreement.in_force_at.is_not(None),
            AgreementSignature.conflict.is_not(None),
        )
    ):
        tied = said[placement_id].get(party, False) or conflict == Conflict.DECLARED
        said[placement_id][party] = tied
    waivers = earlier.waivers_of(session, ids, today=_today(placements))
    return {
        here: {
            "has_tie": _has_tie(said[here]),
            "tie_waiver_id": waivers[here].id if here in waivers else None,
        }
        for here in ids
    }


def _today(placements: Sequence[Placement]) -> Any:
    return clock.today(placements[0].institution.time_zone)


def _has_tie(said: Mapping[Party, bool]) -> bool | None:
    """No once both sides were asked and nobody declared one."""
    if any(said.values()):
        return True
    return False if said.keys() >= ASKED_OF else None


def _elsewhere(
    session: Session, placements: Sequence[Placement]
) -> Mapping[int, dict[str, Any]]:
    if not placements:
        return {}
    rows = session.execute(
        select(EarlierCredit.placement_id, EarlierCredit.id, EarlierCredit.consent_id)
        .where(
            EarlierCredit.placement_id.in_([p.id for p in placements]),
            EarlierCredit.kind == EarlierKind.SAME_WORK,
            EarlierCredit.removed_at.is_(None),
        )
        .order_by(EarlierCredit.id)
    )
    found: dict[int, dict[str, Any]] = {}
    for placement_id, number, consent_id in rows:
        nothing = {"counts_elsewhere": (), "without_consent": 0}
        one = found.setdefault(placement_id or 0, nothing)
        one["counts_elsewhere"] += (number,)
        one["without_consent"] += consent_id is None
    return found
