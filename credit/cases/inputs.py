"""Everything a case is computed from, read for any number of cases in the same few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.placements.models import UNFINISHED, Placement
from credit.agreements.models import AgreementState, LearningAgreement
from credit.cases import background, dropping, input_rows, ties, verified
from credit.cases.background import Enrolled
from credit.cases.dropping import Departure
from credit.cases.input_rows import Pieces, Rows
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.concerns.models import ConcernKind
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationState,
    SubmissionSource,
)
from credit.hours.models import EntryState
from credit.policy.credit_sum import CreditSum, compute
from credit.policy.inputs import EDITION, CaseInput, EntryInput, PlacementInput
from credit.policy.parameters import Parameters


@dataclass(frozen=True)
class Part:
    """One placement of a case, with what the queue and the packet say about it."""

    link: CreditCasePlacement
    placement: Placement
    input: PlacementInput
    disputed_minutes: int
    evaluation: Evaluation | None
    """The supervisor's final one that counts, or the one that is still awaited."""
    evaluated_at: datetime | None
    is_evaluated: bool = False
    """By whoever supervised to the end; a former supervisor's does not stand for theirs."""
    has_addendum: bool = False
    is_corrected: bool = False
    saw_nothing: bool = False
    """All that was answered is "did not see this": no low level, and no evidence."""
    heard_at: datetime | None = None
    """When the supervisor sent something last, corrections included."""
    disputes: int = 0
    """Questions of either side on which the instructor has not ruled yet."""
    concerns: tuple[ConcernKind, ...] = ()
    """What the office looks into now."""
    notes: int = 0
    """Of the student on an evaluation, which nobody has answered."""
    last_worked: date | None = None
    pieces: tuple[Pieces, ...] = ()

    @property
    def beside_the_sum(self) -> object:
        """What no figure tells and whoever decides has to have seen."""
        newest = [one.newest_id for one in self.pieces]
        return newest, self.disputes, self.concerns, self.notes

    @property
    def is_unfinished(self) -> bool:
        return self.placement.state in UNFINISHED

    @property
    def is_overdue(self) -> bool:
        """The supervisor was asked, the day has passed, and nothing came."""
        evaluation = self.evaluation
        if evaluation is None or self.is_evaluated or self.input.attested:
            return False
        late = evaluation.due_at is not None and evaluation.due_at < clock.now()
        return evaluation.state == EvaluationState.LAPSED or late

    @property
    def days_late(self) -> int:
        """How many days after its day the evaluation came; 0 when it was in time."""
        due = self.evaluation.due_at if self.evaluation is not None else None
        if due is None or self.evaluated_at is None:
            return 0
        return max(0, (self.evaluated_at - due).days)


@dataclass(frozen=True)
class Facts:
    case: CreditCase
    policy: Parameters
    inputs: CaseInput
    parts: tuple[Part, ...]
    enrolled_thousandths: int | None = None
    """The credits of the enrollment, where the registrar has told them."""
    departure: Departure | None = None
    """The student has left the course."""

    def sum_with(self, confirmed_rules: Iterable[str] = ()) -> CreditSum:
        return compute(self.policy, self.confirmed(confirmed_rules))

    def confirmed(
        self,
        rules: Iterable[str],
        *,
        by: int | None = None,
        before: Mapping[str, int] = MappingProxyType({}),
    ) -> CaseInput:
        """The inputs with these clauses confirmed: by somebody now, or at a step before."""
        names = tuple(sorted(set(rules)))
        who = {name: before.get(name, by) for name in names}
        return self.inputs.model_copy(
            update={
                "confirmed_rules": names,
                "confirmed_by": {n: person for n, person in who.items() if person is not None},
            }
        )


def load(session: Session, cases: Sequence[CreditCase]) -> dict[int, Facts]:
    """By case id. Placements that were cancelled before their start are left out."""
    links = input_rows.links(session, [case.id for case in cases])
    placement_ids = [link.placement_id for link in links]
    rows = Rows.of(session, placement_ids)
    policies = background.policies_of(cases)
    began_in = background.original_courses(session, placement_ids)
    enrolled = background.enrollments(session, cases, tuple(began_in.values()))
    known = background.of_cases(session, cases, policies)
    more = [
        reading.of_placements(session, links, policies, rows.agreements)
        for reading in (ties, verified)
    ]
    left = dropping.departures(session, cases)
    found: dict[int, Facts] = {}
    for case in cases:
        zone = ZoneInfo(case.course.institution.time_zone)
        parts = []
        for link in (one for one in links if one.credit_case_id == case.id):
            here = link.placement_id
            members = {name: value for part in more for name, value in part[here].items()}
            if here in began_in:
                there = enrolled.get((began_in[here], case.person_id), Enrolled())
                members["enrolled_on"] = there.first_on
            parts.append(_part(link, rows, zone=zone, members=members))
        own = enrolled.get((case.course_id, case.person_id), Enrolled())
        found[case.id] = Facts(
            case=case,
            policy=policies[case.id],
            inputs=CaseInput(
                placements=tuple(part.input for part in parts),
                academic_minutes=case.academic_minutes,
                enrolled_on=own.first_on,
                edition=EDITION,
                **known[case.id],
            ),
            parts=tuple(parts),
            enrolled_thousandths=own.credits_thousandths,
            departure=left.get(case.id),
        )
    return found


def load_one(session: Session, case: CreditCase) -> Facts:
    return load(session, [case])[case.id]


def _part(
    link: CreditCasePlacement, rows: Rows, *, zone: ZoneInfo, members: dict[str, Any]
) -> Part:
    placement, here = link.placement, link.placement_id
    entries = rows.entries.get(here, [])
    work, reflections = rows.pieces[here, False], rows.pieces[here, True]
    theirs = [e for e in rows.evaluations.get(here, []) if e.author == Author.SUPERVISOR]
    own = [e for e in rows.evaluations.get(here, []) if e.author == Author.STUDENT]
    sent = [rows.submissions[e.id] for e in theirs if e.id in rows.submissions]
    whole = [e for e in theirs if e.covers_until is None]
    done = [e for e in whole if e.id in rows.submissions]
    shown = done or [e for e in whole if e.id not in rows.submissions]
    return Part(
        link=link,
        placement=placement,
        input=PlacementInput(
            id=here,
            title=placement.title,
            entries=tuple(
                EntryInput(id=e.id, worked_on=e.worked_on, minutes=e.minutes) for e in entries
            ),
            deliverables=work.number,
            reflections=reflections.number,
            submission_ids=tuple(sorted(s.id for s in sent)),
            self_submission_ids=tuple(
                sorted(rows.submissions[e.id].id for e in own if e.id in rows.submissions)
            ),
            attested=link.decided_without_at is not None,
            **_plan(placement, rows.agreements.get(here, []), zone),
            **_figures(here, rows),
            **members,
        ),
        disputed_minutes=sum(e.minutes for e in entries if e.state == EntryState.DISPUTED),
        evaluation=shown[-1] if shown else None,
        evaluated_at=max((rows.first_sent[e.id] for e in done), default=None),
        is_evaluated=bool(done),
        has_addendum=any(s.is_addendum for s in sent),
        is_corrected=any(s.source == SubmissionSource.CORRECTION for s in sent),
        heard_at=max((s.submitted_at for s in sent), default=None),
        disputes=len(rows.disputes.get(here, ())),
        concerns=tuple(rows.concerns.get(here, ())),
        notes=rows.notes.get(here, 0),
        last_worked=max((e.worked_on for e in entries), default=None),
        pieces=(work, reflections),
        saw_nothing=bool(sent) and not any(s.id in rows.observed for s in sent),
    )


def _plan(
    placement: Placement, agreements: Sequence[LearningAgreement], zone: ZoneInfo
) -> dict[str, object]:
    """An amendment changes the plan, not the day from which work counted."""
    current = next((a for a in agreements if a.state == AgreementState.IN_FORCE), None)
    first = agreements[0].in_force_at if agreements else None
    return {
        "planned_minutes": current.planned_minutes if current else placement.planned_minutes,
        "agreement_id": current.id if current else None,
        "agreement_hash": current.document_hash if current else None,
        "agreed_on": first.astimezone(zone).date() if first else None,
    }


def _figures(placement_id: int, rows: Rows) -> dict[str, object]:
    confirmations = rows.confirmations.get(placement_id, [])
    ruling = rows.rulings.get(placement_id)
    return {
        "confirmation_id": confirmations[-1].id if confirmations else None,
        "earlier_confirmation_ids": tuple(one.id for one in confirmations[:-1]),
        "confirmed_minutes": sum(one.confirmed_minutes for one in confirmations)
        if confirmations
        else None,
        "ruling_id": ruling.id if ruling else None,
        "ruled_minutes": ruling.minutes if ruling else None,
    }
