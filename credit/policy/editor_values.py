"""Between a policy and the texts of its form: what was typed is kept, whatever it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from credit.policy import consistency
from credit.policy.amounts import smallest_award
from credit.policy.checks import credit_figure, hours
from credit.policy.editor_questions import (
    CHAIN_LENGTH,
    CHANGES,
    LONGEST_TEXT,
    SIGNERS,
    blocks,
    questions,
)
from credit.policy.editor_rows import read_rubric, read_table, written_rubric, written_table
from credit.policy.parameters import ChangeName, Parameters

Answers = Mapping[str, Sequence[str]]
"""By name of the control: all texts that came under it, in their order."""
NUMBER = re.compile(r"[0-9]{1,15}([.,][0-9]{1,4})?")
EITHER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
"""A comma that stands before three digits: thousands to one reader, a fraction to another."""
WHOLE = re.compile(r"[0-9]{1,15}")
CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
SHARE = re.compile(r"([0-9]{1,4})\s*(?:/|of)\s*([0-9]{1,4})")
YES = "y"
LONGEST_SOURCE = 300


class Unreadable(ValueError):
    """The message says what to type."""


def answers_of(policy: Parameters) -> dict[str, list[str]]:
    """The form as it would be filled in for this policy."""
    answers: dict[str, list[str]] = {}
    for one in questions():
        value = getattr(policy, one.name)
        if one.kind in WRITTEN:
            answers[one.name] = [WRITTEN[one.kind](value)] if value is not None else [""]
        elif one.kind == "yes":
            answers[one.name] = [YES] if value else []
        elif one.kind == "choice":
            answers[one.name] = [value]
    answers["approver_chain"] = list(policy.approver_chain)
    answers |= written_table(policy.hours_table, hours) | written_rubric(policy.rubric)
    for change in CHANGES:
        answers[f"signers_{change}"] = list(policy.signers_of(_change(change)))
    for block in blocks():
        clause = policy.clauses.get(block.rule)
        answers[f"clause_{block.rule}_ref"] = [clause.ref if clause else ""]
        answers[f"clause_{block.rule}_text"] = [clause.text if clause else ""]
    return answers


def read(answers: Answers) -> tuple[Parameters | None, dict[str, str]]:
    """The policy that the texts say, or what to mend, by control."""
    values, problems = _values(answers)
    if problems:
        return None, consistency.absurd(values) | problems
    try:
        return Parameters.model_validate(values), {}
    except ValidationError as exc:
        return None, consistency.problems(exc)


def check(answers: Answers) -> tuple[Parameters | None, dict[str, str]]:
    """As ``read``; and a policy names the document that it says."""
    policy, problems = read(answers)
    if not first(answers, "source"):
        problems["source"] = "Name the document, such as Catalog 2026, p. 41."
    elif len(first(answers, "source")) > LONGEST_SOURCE:
        problems["source"] = "Use up to 300 characters."
    if policy is not None and policy.grade_basis != "non_credit" and not smallest_award(policy):
        problems["maximum_thousandths"] = (
            "Between the least and the most there is no credit in these steps."
        )
    return (policy if not problems else None), problems


def _values(answers: Answers) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for one in questions():
        reader = READ.get(one.kind, _texts)
        try:
            if one.kind in WRITTEN:
                text = first(answers, one.name)
                if not text and not one.is_optional:
                    raise Unreadable("Fill this in.")
                values[one.name] = reader(text) if text else None
            elif one.kind == "yes":
                values[one.name] = bool(answers.get(one.name))
            elif one.kind == "choice":
                values[one.name] = _choice(first(answers, one.name), dict(one.choices))
        except Unreadable as exc:
            problems[one.name] = str(exc)
    for name, read_part in PARTS.items():
        try:
            values[name] = read_part(answers)
        except (Unreadable, ValueError) as exc:
            problems[name] = str(exc)
    return values, problems


def first(answers: Answers, name: str) -> str:
    found = answers.get(name) or [""]
    return found[0].strip()


def read_hours(text: str) -> int:
    if clock := CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    minutes = _decimal(text, "Enter hours, such as 45 or 22.5.") * 60
    if minutes != int(minutes):
        raise Unreadable("Enter whole minutes, such as 0.25 or 1:40.")
    return int(minutes)


def read_credits(text: str) -> int:
    thousandths = _decimal(text, "Enter a number, such as 3 or 0.25.") * 1000
    if thousandths != int(thousandths):
        raise Unreadable("Enter at most three digits after the point.")
    return int(thousandths)


def read_number(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise Unreadable("Enter a whole number, such as 8.")
    return int(text)


def read_share(text: str) -> tuple[int, int]:
    found = SHARE.fullmatch(text)
    if found is None:
        raise Unreadable("Enter a share as 2 of 3.")
    return int(found[1]), int(found[2])


def _decimal(text: str, message: str) -> Decimal:
    if EITHER.fullmatch(text):
        plain, point = text.replace(",", ""), text.replace(",", ".", 1)
        raise Unreadable(f"Enter {plain}, or {point} with a point: {text} can mean both.")
    if not NUMBER.fullmatch(text):
        raise Unreadable(message)
    return Decimal(text.replace(",", "."))


def _choice(text: str, choices: Mapping[str, str]) -> str:
    if text not in choices:
        raise Unreadable("Choose one of the answers offered.")
    return text


def _texts(text: str) -> str:
    return text


def _chain(answers: Answers) -> list[str]:
    return [one for one in answers.get("approver_chain", [])[:CHAIN_LENGTH] if one]


def _signers(answers: Answers) -> dict[str, list[str]]:
    """Only what differs from the usual signers is kept."""
    known = dict(SIGNERS)
    usual = Parameters()
    found: dict[str, list[str]] = {}
    for change, words in CHANGES.items():
        ticked = answers.get(f"signers_{change}", [])
        chosen = [name for name in known if name in ticked]
        if not chosen:
            raise Unreadable(f"{words}: somebody has to sign.")
        if tuple(chosen) != usual.signers_of(_change(change)):
            found[change] = chosen
    return found


def _clauses(answers: Answers) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for block in blocks():
        ref = first(answers, f"clause_{block.rule}_ref")
        text = first(answers, f"clause_{block.rule}_text")
        if len(ref) > 100 or len(text) > LONGEST_TEXT:
            raise Unreadable("A reference has up to 100 characters, a clause up to 2,000.")
        if text and not ref:
            raise Unreadable(f"“{text[:40]}” needs a reference, such as § 2.")
        if ref:
            found[block.rule] = {"ref": ref, "text": text}
    return found


def _change(name: str) -> ChangeName:
    return name  # type: ignore[return-value]


def _share_text(value: tuple[int, int]) -> str:
    return f"{value[0]} of {value[1]}"


WRITTEN: dict[str, Callable[[Any], str]] = {
    "hours": hours,
    "credits": credit_figure,
    "points": credit_figure,
    "number": str,
    "share": _share_text,
}
READ: dict[str, Callable[[str], Any]] = {
    "hours": read_hours,
    "credits": read_credits,
    "points": read_credits,
    "number": read_number,
    "share": read_share,
}
PARTS: dict[str, Callable[[Answers], Any]] = {
    "hours_table": lambda answers: read_table(answers, read_hours, read_credits),
    "approver_chain": _chain,
    "amendment_signers": _signers,
    "rubric": read_rubric,
    "clauses": _clauses,
}
