"""The whole sum in one sentence, and where the evidence behind each of its terms stands."""

from collections.abc import Callable

from credit.cases import sum_lines
from credit.cases.inputs import Facts
from credit.policy.amounts import is_over_maximum
from credit.policy.checks import Check, Verdict, alike, hours
from credit.policy.credit_sum import CreditSum
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words

SHOWN_WHEN_MET = ("academic", "span", "start_week", "lifetime", "lifetime_cases", "hours")
CUTS = (
    ("too_early", "too early", "start"),
    ("outside_term", "outside the term", "term"),
    ("unconfirmed", "not confirmed", ""),
    ("over_plan", "over the plan", "over_plan"),
    ("over_week", "over the week", "week"),
)
"""What a project loses on its way from the log to the sum, in that order."""
EVIDENCE = (("hours", "hours log"), ("evaluation", "evaluation"), ("work", "work"))


def sentence(version: CreditPolicyVersion, policy: Parameters, found: CreditSum) -> str:
    """Such as "12 + 18.5 + 16 = 46.5 h confirmed; ECON-390 v3 § 2: 45 h = 1 credit; span 9 of
    8 weeks → 1 credit, 1.5 h unused"."""
    parts = [_added(policy, found), _rate(version, policy, found)]
    if is_over_maximum(policy, found.total_minutes):
        most = credits_in_words(policy.maximum_thousandths)
        parts.append(f"at most {most}, {policy.clause('maximum').ref}")
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
    academic = found.academic_minutes if policy.academic_counts else 0
    amounts = [one.counted for one in found.placements]
    *terms, over, beside, total = alike(
        [*amounts, found.over_share_minutes, academic, found.total_minutes]
    )
    sum_up = " + ".join([*terms, *([f"{beside} academic"] if academic else [])])
    if found.over_share_minutes:
        sum_up += f" − {over} over the share of site time, {policy.clause('site_share').ref}"
    as_confirmed = all(one.counted == one.confirmed for one in found.placements)
    word = "confirmed" if as_confirmed and found.placements else "counted"
    is_sum = len(terms) + bool(academic) + bool(found.over_share_minutes) > 1
    said = f"{sum_up} = {total} h {word}" if is_sum else f"{total} h {word}"
    return f"{said}{_left_out(policy, found)}"


def _left_out(policy: Parameters, found: CreditSum) -> str:
    """What was logged and does not count, by the clause that cut it: it adds up."""
    cuts = [
        (sum(getattr(one, name) for one in found.placements), words, rule)
        for name, words, rule in CUTS
    ]
    texts = [
        f"{hours(minutes)} {words}{f', {policy.clause(rule).ref}' if rule else ''}"
        for minutes, words, rule in cuts
        if minutes
    ]
    if ruled := sum(one.ruled is not None for one in found.placements):
        return f" ({'; '.join([*texts, f'{ruled} as the instructor ruled'])})"
    logged = hours(sum(one.reported for one in found.placements))
    return f" ({logged} logged: {'; '.join(texts)})" if texts else ""


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
