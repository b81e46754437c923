"""Clauses on who pays, who supervises, whose the host is, and where else the work counts."""

from credit.policy.checks import Check, judged, unknown
from credit.policy.inputs import CaseInput, PlacementInput
from credit.policy.parameters import Parameters


def checks(policy: Parameters, case: CaseInput) -> list[Check]:
    found = [
        _payer(policy, case),
        _elsewhere(policy, case),
        _supervisor(policy, case),
        _host(policy, case),
        _hold(policy, case),
    ]
    return [check for check in found if check is not None]


def _payer(policy: Parameters, case: CaseInput) -> Check | None:
    if policy.paid_by_university_ok:
        return None
    paid = [p for p in case.placements if p.is_paid_by_university]
    if paid:
        return judged(policy, "payer", False, f"Paid by the university: {_titles(paid)}")
    if any(p.is_paid_by_university is None for p in case.placements):
        return unknown(policy, "payer", "Not paid by the university", "who pays")
    return judged(policy, "payer", True, "Not paid by the university")


def _elsewhere(policy: Parameters, case: CaseInput) -> Check | None:
    """That a project counts nowhere else is not in any record: somebody has to say it."""
    if policy.double_count == "allowed":
        return None
    twice = [p for p in case.placements if p.counts_elsewhere]
    consented = policy.double_count == "with_consent"
    refused = [p for p in twice if p.without_consent or not consented]
    if refused:
        why = "Counts elsewhere without written consent" if consented else "Counts elsewhere"
        return judged(policy, "double_count", False, f"{why}: {_titles(refused)}")
    if case.placements and len(twice) == len(case.placements):
        text = "Counts elsewhere, too, with written consent"
        return judged(policy, "double_count", True, text)
    needs = "somebody’s word that this work counts nowhere else"
    return unknown(policy, "double_count", "Counted once", needs)


def _supervisor(policy: Parameters, case: CaseInput) -> Check | None:
    if policy.instructor_may_supervise:
        return None
    theirs = [p for p in case.placements if p.supervisor_teaches]
    if theirs:
        text = f"The supervisor teaches this course: {_titles(theirs)}"
        return judged(policy, "supervisor", False, text)
    subject = "The supervisor does not teach the course"
    if any(p.supervisor_teaches is None for p in case.placements):
        return unknown(policy, "supervisor", subject, "the supervisor’s mail address")
    return judged(policy, "supervisor", True, subject)


def _host(policy: Parameters, case: CaseInput) -> Check | None:
    if policy.related_host_ok:
        return None
    tied = [p for p in case.placements if p.has_tie]
    if refused := [p for p in tied if p.tie_waiver_id is None]:
        text = f"A tie to the host is declared and not waived: {_titles(refused)}"
        return judged(policy, "host", False, text)
    subject = "No host of the family or the faculty"
    if any(p.has_tie is None for p in case.placements):
        return unknown(policy, "host", subject, "what those who signed say of ties")
    text = f"The tie to the host is waived: {_titles(tied)}" if tied else subject
    return judged(policy, "host", True, text)


def _hold(policy: Parameters, case: CaseInput) -> Check | None:
    if not policy.no_hold_required:
        return None
    if case.has_hold is None:
        return unknown(policy, "hold", "No hold", "the registrar’s word on holds")
    text = "There is a hold" if case.has_hold else "There is no hold"
    return judged(policy, "hold", not case.has_hold, text)


def _titles(placements: list[PlacementInput]) -> str:
    return ", ".join(one.title for one in placements)
