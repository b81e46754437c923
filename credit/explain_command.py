"""``careerlink credit explain CASE``: the sum of a past decision, from what it froze."""

import json
import sys
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.commands.context import Context, failing, pass_context
from careerlink.people.models import Person
from credit import explain_evidence
from credit.cases import history, replay, sum_lines, sum_sentence
from credit.cases.models import Decision
from credit.cases.replay import Explained
from credit.policy.checks import Verdict, credit_figure


@click.group()
def credit() -> None:
    """Credit: what decisions came of."""


@credit.command()
@click.argument("case_id", metavar="CASE")
@click.option("--decision", "number", type=click.IntRange(1), help="Its number; else the last.")
@click.option("--json", "as_json", is_flag=True)
@pass_context
def explain(context: Context, case_id: str, number: int | None, as_json: bool) -> None:
    """Work a past decision out again from the figures that it froze.

    CASE is what stands in the address of the case. Exit code 1 when the figures were altered,
    or the sum comes out differently from what the decision says.
    """
    with context.database.read() as session:
        decision = replay.decision_of(session, case_id, number)
        if decision is None:
            failing(f"credit explain: there is no such decision in a case {case_id}")
        told = _decided(decision) | _replayed(session, decision)
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else _text(told))
    if not (told["is_untouched"] and told["agrees"]):
        sys.exit(1)


def _replayed(session: Session, decision: Decision) -> dict[str, Any]:
    try:
        return _told(session, decision, replay.explain(decision))
    except ValidationError:
        return {"is_untouched": False, "agrees": False}


def _told(session: Session, decision: Decision, found: Explained) -> dict[str, Any]:
    policy, inputs = found.policy, found.inputs
    return {
        "sentence": sum_sentence.sentence(decision.policy_version, policy, found.sum),
        "lines": [
            {name: line.get(name, "") for name in ("label", "value", "clause")}
            for line in sum_lines.lines(policy, found.sum)
        ],
        "checks": [
            {"clause": c.clause.ref, "verdict": c.verdict.value, "text": c.text}
            for c in found.sum.checks
        ],
        "evidence": explain_evidence.lines(policy, inputs),
        "inputs": inputs.stored(),
        "parameters": policy.stored(),
        "confirmed_by": _names(session, inputs.confirmed_by),
        "unconfirmed": [c.rule for c in found.sum.checks if c.verdict == Verdict.NOT_CHECKABLE],
        "computed_now": credit_figure(found.sum.credits_thousandths),
        "hash_now": found.hash,
        "is_untouched": found.is_untouched,
        "agrees": found.agrees,
    }


def _decided(decision: Decision) -> dict[str, Any]:
    version, awarded = decision.policy_version, decision.credits_thousandths
    computed = decision.computed_thousandths
    return {
        "decision": decision.number,
        "outcome": history.outcome_words(decision),
        "by": decision.by,
        "at": decision.decided_at.isoformat(timespec="seconds"),
        "policy": f"{version.name}, version {version.number}",
        "source": version.source,
        "awarded": None if awarded is None else credit_figure(awarded),
        "computed_then": None if computed is None else credit_figure(computed),
        "reason": decision.reason.text if decision.reason is not None else None,
        "hash_then": decision.inputs_hash,
    }


def _names(session: Session, confirmed_by: dict[str, int]) -> dict[str, str]:
    people = {
        person.id: person.label
        for person in session.scalars(
            select(Person).where(Person.id.in_(set(confirmed_by.values())))
        )
    }
    return {rule: people.get(number, str(number)) for rule, number in confirmed_by.items()}


def _text(told: dict[str, Any]) -> str:
    rows = [
        f"Decision {told['decision']}: {told['outcome']}, by {told['by']}, {told['at']}",
        f"Policy: {told['policy']} ({told['source']})",
    ]
    if "sentence" in told:
        rows += ["", told["sentence"], ""]
        rows += [_line(line) for line in told["lines"]]
        rows += [f"  {c['verdict']:14} {c['text']}  {c['clause']}" for c in told["checks"]]
        rows += [f"  {rule}: confirmed by {who}" for rule, who in told["confirmed_by"].items()]
        rows += ["", "What it rests on, as it was frozen:", *told["evidence"]]
    if told["awarded"] is not None and told["awarded"] != told["computed_then"]:
        rows += ["", f"Awarded {told['awarded']} instead, with a reason."]
    if told["reason"]:
        rows += ["", f"Reason: {told['reason']}"]
    rows += ["", f"SHA-256 of policy and figures: {told['hash_then']}"]
    return "\n".join([*rows, "", _verdict(told)])


def _line(line: dict[str, str]) -> str:
    clause = f"  {line['clause']}" if line["clause"] else ""
    return f"  {line['value']:>10}  {line['label']}{clause}"


def _verdict(told: dict[str, Any]) -> str:
    if not told["is_untouched"]:
        return "ALTERED: the stored figures are not those that were written down."
    if not told["agrees"]:
        now, then = told["computed_now"], told["computed_then"]
        return f"DIFFERENT: the sum gives {now} now, and the decision says {then}."
    return "Agrees: the same figures give the same credit today."
