"""What is different between two versions, as one would tell it: "45 h → 50 h". Pure.

Whoever reads it decides about credit, and does not know how a policy is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from credit.policy.checks import credit_figure
from credit.policy.editor_questions import APPROVERS, CHANGES, SIGNERS, blocks
from credit.policy.editor_types import Question
from credit.policy.parameters import Clause, HoursStep, Parameters, RubricLine
from credit.policy.preview import duration, edges, worth
from credit.policy.wording import RULES, credits_in_words

TITLES = RULES | {"amendment": "Changes to an agreement", "rubric": "Academic rubric"}
MOST_EXAMPLES = 6


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str
    rule: str = ""
    """The one it belongs to, by the name under which a policy keeps its clause."""
    ref: str = ""
    """Of the clause, where there is one."""

    @property
    def title(self) -> str:
        return TITLES.get(self.rule, "")

    @property
    def text(self) -> str:
        return f"{self.label}: {self.before} → {self.after}"


def between(old: Parameters, new: Parameters, *, with_clauses: bool = True) -> list[Change]:
    """One question of the editor after the other, in its order; then the clause's own words,
    unless the two are different documents anyhow."""
    found = []
    for block in blocks():
        was, now = old.clauses.get(block.rule), new.clauses.get(block.rule)
        clause = now or was
        ref = clause.ref if clause else ""
        for one in block.questions:
            before, after = _said(one, old, new)
            if before != after:
                label = LABELS.get(one.name, one.label)
                found.append(Change(label, before, after, block.rule, ref))
        if with_clauses and was != now:
            title = TITLES[block.rule]
            label = f"Clause on {title[:1].lower()}{title[1:]}"
            found.append(Change(label, _words(was), _words(now), block.rule, ref))
    return found


def worth_of_hours(old: Parameters, new: Parameters) -> list[Change]:
    """Hours that are worth more or less than before, at the edges of both versions."""
    probes = sorted({*edges(old), *edges(new)})
    found = [Change(duration(one), worth(old, one), worth(new, one)) for one in probes]
    found = [one for one in found if one.before != one.after]
    if len(found) <= MOST_EXAMPLES:
        return found
    return [found[at * (len(found) - 1) // (MOST_EXAMPLES - 1)] for at in range(MOST_EXAMPLES)]


def _said(one: Question, old: Parameters, new: Parameters) -> tuple[str, str]:
    if one.kind == "signers":
        return _signers(old, new), _signers(new, old)
    before, after = getattr(old, one.name), getattr(new, one.name)
    return _value(one, before), _value(one, after)


def _value(one: Question, value: Any) -> str:
    if value is None:
        return "not set"
    if one.kind == "choice":
        return dict(one.choices)[value]
    if one.kind == "number":
        return f"{value} {one.unit}".strip()
    return SAY[one.kind](value)


def _signers(policy: Parameters, other: Parameters) -> str:
    """Of the kinds of change in which the two differ."""
    names = dict(SIGNERS)
    return "; ".join(
        f"{words}: {', '.join(names[one].lower() for one in policy.signers_of(change))}"  # type: ignore[arg-type]
        for change, words in CHANGES.items()
        if policy.signers_of(change) != other.signers_of(change)  # type: ignore[arg-type]
    )


def _words(clause: Clause | None) -> str:
    if clause is None:
        return "not set"
    return f"{clause.ref}: “{clause.text}”" if clause.text else clause.ref


def _table(steps: tuple[HoursStep, ...]) -> str:
    rows = (f"{duration(s.minutes)}: {credits_in_words(s.thousandths)}" for s in steps)
    return ", ".join(rows) or "in proportion"


def _chain(roles: tuple[str, ...]) -> str:
    names = dict(APPROVERS)
    return ", then ".join(names[role].lower() for role in roles)


def _rubric(lines: tuple[RubricLine, ...]) -> str:
    return "; ".join(f"{one.title} ({', '.join(one.levels)})" for one in lines) or "not set"


LABELS = {
    "hours_table": "Hours and credit, step by step",
    "lifetime_two_majors_thousandths": "Most credit in all, with two majors",
    "carry_terms": "So many terms after its own in which work counts",
}
"""Where the editor's own label leans on the question before it."""
SAY: dict[str, Callable[[Any], str]] = {
    "hours": duration,
    "credits": credits_in_words,
    "points": lambda value: f"{credit_figure(value)} points",
    "share": lambda value: f"{value[0]} of {value[1]}",
    "yes": lambda value: "yes" if value else "no",
    "table": _table,
    "chain": _chain,
    "rubric": _rubric,
}
