"""The whole sum in one sentence, and where the evidence behind each of its terms stands."""

from collections.abc import Callable

from credit.cases import sum_lines
from credit.cases.inputs import Facts
from credit.policy.checks import Check, Verdict, hours
from credit.policy.credit_sum import CreditSum
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words

SHOWN_WHEN_MET = ("academic", "span", "start_week", "lifetime", "lifetime_cases", "hours")
EVIDENCE = (("hours", "hours log"), ("evaluation", "evaluation"), ("work", "work"))


def sentence(version: CreditPolicyVersion, policy: Parameters, found: CreditSum) -> str:
    """Such as "12 + 18.5 + 16 = 46.5 h confirmed; ECON-390 v3 § 2: 45 h = 1 credit; span 9 of
    8 weeks → 1 credit, 1.5 h unused"."""
    parts = [_added(policy, found), _rate(version, policy, found)]
    parts += [f"{cap.text}, {cap.clause.ref}" for cap in found.caps]
    parts += [_short(check) for check in found.checks if _is_said(check)]
    unused = f", {hours(found.unused_minutes)} h unused" if found.unused_minutes else ""
    return f"{'; '.join(parts)} → {sum_lines.result(found)}{unused}"


def in_packet(facts: Facts) -> dict[int, list[dict[str, str]]]:
    """Further up on the same page, for the instructor and whoever approves after them."""
    return _links(facts, lambda part, public_id: f"#{part}-{public_id}")


def on_own_pages(facts: Facts) -> dict[int, list[dict[str, str]]]:
    """The student's pages of each project."""
    pages = {"hours": "/hours", "evaluation": "/evaluation", "work": "/evidence"}
    base = f"/courses/{facts.case.course.public_id}/placements"
    return _links(facts, lambda part, public_id: f"{base}/{public_id}{pages[part]}")


def _links(facts: Facts, url: Callable[[str, str], str]) -> dict[int, list[dict[str, str]]]:
    return {
        part.placement.id: [
            {"label": label, "url": url(kind, part.placement.public_id)}
            for kind, label in EVIDENCE
            if _exists(kind, part.input.submission_ids, part.input.deliverables)
        ]
        for part in facts.parts
    }


def _exists(kind: str, submissions: tuple[int, ...], deliverables: int) -> bool:
    return {"evaluation": bool(submissions), "work": bool(deliverables)}.get(kind, True)


def _added(policy: Parameters, found: CreditSum) -> str:
    terms = [hours(one.counted) for one in found.placements]
    if found.over_share_minutes:
        terms.append(f"(−{hours(found.over_share_minutes)} over the share of site time)")
    if policy.academic_counts and found.academic_minutes:
        terms.append(f"{hours(found.academic_minutes)} academic")
    as_confirmed = all(one.counted == one.confirmed for one in found.placements)
    word = "confirmed" if as_confirmed and found.placements else "counted"
    total = f"{hours(found.total_minutes)} h {word}"
    return f"{' + '.join(terms)} = {total}" if len(terms) > 1 else total


def _rate(version: CreditPolicyVersion, policy: Parameters, found: CreditSum) -> str:
    ref = policy.clause("hours").ref
    if policy.grade_basis == "non_credit":
        rate = f"{hours(policy.non_credit_minutes or 0)} h = a mark without credit"
    elif policy.hours_table:
        reached = [s for s in policy.hours_table if s.minutes <= found.total_minutes]
        step = reached[-1] if reached else policy.hours_table[0]
        rate = f"{hours(step.minutes)} h = {credits_in_words(step.thousandths)}"
    else:
        rate = f"{hours(policy.minutes_per_credit)} h = 1 credit"
    return f"{version.name} v{version.number} {ref}: {rate}"


def _is_said(check: Check) -> bool:
    return check.verdict != Verdict.MET or check.rule in SHOWN_WHEN_MET


def _short(check: Check) -> str:
    text = check.text[:1].lower() + check.text[1:]
    named = ": " if text.startswith("missing ") else " "
    return text.replace(": ", named, 1).rstrip(".")
