"""What a decision rests on, for somebody who works its sum out by hand: days, figures, ids."""

from collections.abc import Iterator
from datetime import date

from credit.policy.checks import credit_figure, hours
from credit.policy.eligibility import Refused, refused
from credit.policy.inputs import CaseInput, EntryInput, PlacementInput
from credit.policy.parameters import Parameters

Lines = Iterator[str]
AMONG = "      "


def lines(policy: Parameters, inputs: CaseInput) -> list[str]:
    left_out = refused(policy, inputs)
    rows = [f"  {label}: {text}" for label, text in _facts(inputs)]
    for project in inputs.placements:
        rows += _project(project, left_out)
    return rows


def _facts(inputs: CaseInput) -> Iterator[tuple[str, str]]:
    term = inputs.term
    yield "Original enrollment", _day(inputs.enrolled_on)
    if term is not None:
        yield "Term", f"{term.starts_on} to {term.ends_on}"
    if term is not None and term.carried_from is not None:
        yield "Earlier work counts from", str(term.carried_from)
    if inputs.academic_minutes:
        yield "Academic work", f"{hours(inputs.academic_minutes)} h"
    for one in inputs.earlier:
        where = f"decision {one.decision_id}" if one.decision_id else f"record {one.record_id}"
        yield "Earlier credit", f"{credit_figure(one.thousandths)}, {where}"
    if inputs.is_earlier_known and not inputs.earlier:
        yield "Earlier credit", "none, by somebody’s word"
    for major in inputs.majors:
        yield "Major", f"{credit_figure(major.thousandths)} credits, record {major.id}"
    if inputs.has_syllabus is not None:
        yield "Syllabus", "on file" if inputs.has_syllabus else "none"
    if inputs.has_hold is not None:
        yield "Hold on the registration", "yes" if inputs.has_hold else "no"


def _project(one: PlacementInput, left_out: Refused) -> Lines:
    yield f"  {one.title} (placement {one.id}), {hours(one.planned_minutes)} h planned"
    agreement = f"agreement {one.agreement_id}, " if one.agreement_id else "no agreement, "
    digest = f", SHA-256 {one.agreement_hash}" if one.agreement_hash else ""
    yield f"    {agreement}in force from {_day(one.agreed_on)}{digest}"
    yield f"    {_hours(one)}"
    for entry in one.entries:
        yield f"{AMONG}{entry.worked_on}  {hours(entry.minutes):>5} h{_why(entry, left_out)}"
    if proofs := _proofs(one):
        yield f"    {'; '.join(proofs)}"


def _hours(one: PlacementInput) -> str:
    total = hours(sum(entry.minutes for entry in one.entries))
    texts = [f"{len(one.entries)} entries, {total} h logged"]
    if one.confirmed_minutes is not None:
        known = (*one.earlier_confirmation_ids, one.confirmation_id)
        ids = [number for number in known if number]
        by = f" ({_ids('confirmation', ids)})" if ids else ""
        texts.append(f"{hours(one.confirmed_minutes)} h confirmed{by}")
    else:
        texts.append("not confirmed")
    if one.ruled_minutes is not None:
        texts.append(f"{hours(one.ruled_minutes)} h by ruling {one.ruling_id}")
    return "; ".join(texts)


def _why(entry: EntryInput, left_out: Refused) -> str:
    if entry.id in left_out.too_early:
        return "  too early"
    return "  outside the term" if entry.id in left_out.outside_term else ""


def _proofs(one: PlacementInput) -> list[str]:
    texts = [
        _ids("supervisor’s evaluation", one.submission_ids),
        _ids("midpoint evaluation", one.midpoint_ids),
        _ids("own evaluation", one.self_submission_ids),
        f"deliverables: {one.deliverables}" if one.deliverables else "",
        f"reflections: {one.reflections}" if one.reflections else "",
        "decided on other evidence, by name" if one.attested else "",
        f"tie waived ({one.tie_waiver_id})" if one.tie_waiver_id else "",
    ]
    return [text for text in texts if text]


def _ids(what: str, numbers: tuple[int, ...] | list[int]) -> str:
    return f"{what} {', '.join(map(str, numbers))}" if numbers else ""


def _day(day: date | None) -> str:
    return str(day) if day is not None else "not known"
