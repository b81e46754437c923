"""Who may not decide a case although they may decide in the course."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from careerlink.audit import AuditEntry
from careerlink.courses.reach import Student, included
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.mailboxes import mailbox
from careerlink.people.models import Person
from careerlink.placements.models import Placement, Supervision
from credit.approvals.authority import Seat
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.evaluations.models import Evaluation, EvaluationSubmission, SubmissionSource
from credit.hours.models import HoursConfirmation

Part = tuple[int | None, int]
"""A person, and the project or case in which they had it."""

SUPERVISED = "You supervised one of these projects, so somebody else decides."
TRANSCRIBED = "You wrote down what the supervisor said in this case, so somebody else decides."
WAIVED = "You waived a rule in this case, so somebody else decides."
OWN = "This is your own case."
IN_THEIR_PLACE = {
    SUPERVISED: "You act for somebody who supervised one of these projects",
    TRANSCRIBED: "You act for somebody who wrote down what the supervisor said in this case",
    WAIVED: "You act for somebody who waived a rule in this case",
}


@dataclass(frozen=True)
class Grounds:
    """Who had which part in the cases and projects that were asked about, and as whom."""

    accounts: Mapping[int, Set[int]] = field(default_factory=dict)
    """By person; nobody is here of whom no mail address is known."""
    supervised: Set[Part] = frozenset()
    transcribed: Set[Part] = frozenset()
    waived: Set[Part] = frozenset()
    waived_cases: Set[Part] = frozenset()
    """Of a case; the other three are of a project."""
    students: Set[Student] = frozenset()
    """In the sections that an instructor's place was given for."""

    def accounts_of(self, *person_ids: int | None) -> set[int]:
        """These people under every account of theirs."""
        people = {one for one in person_ids if one is not None}
        return people.union(*(self.accounts.get(one, ()) for one in people))

    def against(self, case: CreditCase, placement_ids: Sequence[int], person_id: int) -> str:
        people = self.accounts_of(person_id)
        work = {(who, one) for who in people for one in placement_ids}
        if work & self.supervised:
            return SUPERVISED
        if work & self.transcribed:
            return TRANSCRIBED
        as_whole = {(who, case.id) for who in people}
        return WAIVED if work & self.waived or as_whole & self.waived_cases else ""


def grounds(
    session: Session,
    cases: Sequence[CreditCase],
    placement_ids: Sequence[int],
    *,
    actor: Actor,
) -> Grounds:
    """What speaks against ``actor``, or whoever they act for, in any number of cases.

    Always the same few queries; a list of cases asks for all of its rows at once.
    """
    named = _people(actor, cases)
    accounts = _accounts(session, named)
    people = named.union(*accounts.values())
    students = [(case.course_id, case.person_id) for case in cases]
    waived_cases, waived = _waived(session, cases, placement_ids, people)
    return Grounds(
        accounts=accounts,
        supervised=_supervised(session, placement_ids, people),
        transcribed=_transcribed(session, placement_ids, people),
        waived=waived,
        waived_cases=waived_cases,
        students=included(session, actor, students),
    )


def _people(actor: Actor, cases: Sequence[CreditCase]) -> set[int]:
    """The actor, and in whose place they may turn out to act."""
    if actor.person_id is None:
        return set()
    absent = {actor.standing(case.course_id).acts_for_id for case in cases}
    absent |= {one.acts_for_id for one in actor.approves}
    return {actor.person_id, *(one for one in absent if one is not None)}


def why_not(
    found: Grounds,
    case: CreditCase,
    placement_ids: Sequence[int],
    *,
    actor: Actor,
    seat: Seat | None = None,
) -> str:
    """The conflict of interest in words, or nothing (DOMAIN 3.9).

    ``seat`` says in whose place; without one it is an instructor's.
    """
    if actor.person_id is None:
        return ""
    if case.person_id in found.accounts_of(actor.person_id):
        return OWN
    if own := found.against(case, placement_ids, actor.person_id):
        return own
    # Whoever must not decide does not choose in whose hands their own place is.
    standing = actor.standing(case.course_id)
    absent = seat.acts_for_id if seat is not None else standing.acts_for_id
    if case.person_id in found.accounts_of(absent):
        return OWN
    theirs = found.against(case, placement_ids, absent) if absent is not None else ""
    return f"{IN_THEIR_PLACE[theirs]}, so somebody else decides." if theirs else ""


def in_case_of(session: Session, placement: Placement, *, actor: Actor) -> str:
    """``why_not`` of the case that a project counts in; nothing where it counts in none."""
    link = CreditCasePlacement
    case = session.scalar(
        select(CreditCase)
        .join(link, link.credit_case_id == CreditCase.id)
        .where(link.placement_id == placement.id, link.moved_at.is_(None))
    )
    if case is None:
        return ""
    ids = session.scalars(
        select(link.placement_id).where(
            link.credit_case_id == case.id, link.moved_at.is_(None), link.left_out_at.is_(None)
        )
    ).all()
    return why_not(grounds(session, [case], ids, actor=actor), case, ids, actor=actor)


def _accounts(session: Session, people: Collection[int]) -> dict[int, set[int]]:
    """The LMS and the campus may each have brought one in, and the mail address is what both
    have."""
    own, other = aliased(Person), aliased(Person)
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, account_id in session.execute(
        select(own.id, other.id)
        .select_from(other)
        .join(own, func.lower(own.email) == func.lower(other.email))
        .where(own.id.in_(people), own.institution_id == other.institution_id)
    ):
        found[person_id].add(account_id)
    return found


def _supervised(session: Session, ids: Sequence[int], people: Collection[int]) -> Set[Part]:
    """A supervisor has no account here: the mailbox is what both have."""
    rows = session.execute(
        select(
            Person.id,
            Supervision.placement_id,
            PartnerContact.email,
            Person.email,
            Person.own_email,
        )
        .select_from(Supervision)
        .join(Supervision.contact)
        .join(Person, Person.id.in_(people))
        .where(Supervision.placement_id.in_(ids))
    )
    return {
        (person_id, placement_id)
        for person_id, placement_id, theirs, *own in rows
        if mailbox(theirs) in {mailbox(address) for address in own if address}
    }


def _transcribed(session: Session, ids: Sequence[int], people: Collection[int]) -> Set[Part]:
    evaluations = session.execute(
        select(EvaluationSubmission.person_id, Evaluation.placement_id)
        .join(EvaluationSubmission.evaluation)
        .where(
            Evaluation.placement_id.in_(ids),
            EvaluationSubmission.source == SubmissionSource.TRANSCRIBED,
            EvaluationSubmission.person_id.in_(people),
        )
    )
    hours = session.execute(
        select(HoursConfirmation.person_id, HoursConfirmation.placement_id).where(
            HoursConfirmation.placement_id.in_(ids), HoursConfirmation.person_id.in_(people)
        )
    )
    return {(row[0], row[1]) for row in (*evaluations, *hours)}


def _waived(
    session: Session,
    cases: Sequence[CreditCase],
    ids: Sequence[int],
    people: Collection[int],
) -> tuple[Set[Part], Set[Part]]:
    """Of cases, and of projects."""
    about_case = (AuditEntry.subject_type == CreditCase.__tablename__) & (
        AuditEntry.subject_id.in_([case.id for case in cases])
    )
    about_work = (AuditEntry.subject_type == Placement.__tablename__) & (
        AuditEntry.subject_id.in_(ids)
    )
    rows = session.execute(
        select(AuditEntry.subject_type, AuditEntry.actor_id, AuditEntry.subject_id).where(
            about_case | about_work,
            AuditEntry.action.in_(("credit_case:waive", "placement:waive")),
            AuditEntry.actor_id.in_(people),
        )
    ).all()
    of_cases, of_work = (
        {(row[1], row[2]) for row in rows if row[0] == kind.__tablename__}
        for kind in (CreditCase, Placement)
    )
    return of_cases, of_work
