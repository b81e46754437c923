"""The editor as a form: its controls come from the questions, its values from a draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from careerlink.web.forms import Form
from credit.policy import editor_rows, editor_values
from credit.policy.editor_questions import (
    APPROVERS,
    CHAIN_LENGTH,
    CHANGES,
    GROUPS,
    SIGNERS,
    TEXTS,
    blocks,
    questions,
)
from credit.policy.editor_types import Block
from credit.policy.parameters import Parameters

LONGEST = 5000
MOST_TEXTS = 60
AT = {
    "hours_table": "hours_table",
    "approver_chain": "approver_chain",
    "amendment_signers": "amendment_signers",
    "rubric": "rubric",
    "clauses": "clause_hours_ref",
}
"""Parts of several controls, and where a line of the error summary leads."""


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {
        "seen": HiddenField(),
        "source": StringField(TEXTS["source"]),
    }
    for one in questions():
        if one.kind in editor_values.WRITTEN:
            found[one.name] = StringField(one.label)
        elif one.kind == "yes":
            found[one.name] = BooleanField(one.label)
        elif one.kind == "choice":
            choices = [SelectChoice(value, words) for value, words in one.choices]
            found[one.name] = RadioField(one.label, choices=choices)
    for change, words in CHANGES.items():
        choices = [SelectChoice(value, label) for value, label in SIGNERS]
        found[f"signers_{change}"] = SelectMultipleField(words, choices=choices)
    for block in blocks():
        found[f"clause_{block.rule}_ref"] = StringField("Reference")
        found[f"clause_{block.rule}_text"] = TextAreaField("Words of the clause")
    return found


class _InParts(Form):
    """Parts of several controls have their errors beside the fields' own."""

    names_fields = True
    part_errors: Mapping[str, str] = {}
    linked_errors: Sequence[tuple[str, str]] = ()

    @property
    def errors(self) -> dict[str, Any]:
        return {**super().errors, **{name: [text] for name, text in self.part_errors.items()}}


PolicyForm: Any = type("PolicyForm", (_InParts,), _fields())
ROWS = ("table_hours", "table_credits", "rubric_key", "rubric_title", "rubric_levels")
NAMES = (*(name for name in _fields() if name != "seen"), "approver_chain", *ROWS)


def typed(data: "MultiDict[str, str]") -> dict[str, list[str]]:
    """All that came under the form's own names; nothing that a database cannot keep."""
    return {
        name: [text.replace("\0", "")[:LONGEST] for text in data.getlist(name)[:MOST_TEXTS]]
        for name in NAMES
    }


def filled(answers: Mapping[str, Sequence[str]], seen: int) -> Any:
    """The form with these answers, and what is wrong with them said at its fields."""
    data = MultiDict([(name, text) for name, texts in answers.items() for text in texts])
    data["seen"] = str(seen)
    form = PolicyForm(formdata=data)
    _, problems = editor_values.check(answers)
    return marked(form, problems)


def marked(form: Any, problems: Mapping[str, str]) -> Any:
    form.linked_errors = [
        (AT[name], message) for name, message in problems.items() if name in AT
    ]
    for name, message in problems.items():
        if name not in AT and name in form:
            form[name].errors = [message]
    form.part_errors = {name: message for name, message in problems.items() if name in AT}
    return form


def unusual_groups(
    answers: Mapping[str, Sequence[str]], errors: Mapping[str, object]
) -> set[str]:
    """Groups in which something is said that a policy does not say by itself, or is wrong."""
    usual = editor_values.answers_of(Parameters())
    differs = {
        name
        for name, texts in usual.items()
        if [text for text in answers.get(name, []) if text] != [text for text in texts if text]
    } | set(errors)
    return {
        group.key
        for group in GROUPS
        if any(_stands_in(name, block) for block in group.blocks for name in differs)
    }


def _stands_in(name: str, block: Block) -> bool:
    parts = {one.name for one in block.questions}
    whole = name.rsplit("_", 1)[0].removeprefix("clause_")
    if name.startswith("signers_"):
        return "amendment_signers" in parts
    if name.startswith("rubric_"):
        return "rubric" in parts
    return name in parts or (name.startswith("clause_") and whole == block.rule)


def rows(answers: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the template needs for the parts that have rows."""
    chain = [*answers.get("approver_chain", []), *[""] * CHAIN_LENGTH][:CHAIN_LENGTH]
    return {
        "table": editor_rows.shown_rows(answers, editor_rows.HOURS, editor_rows.CREDITS),
        "rubric": editor_rows.shown_rows(
            answers, editor_rows.KEYS, editor_rows.TITLES, editor_rows.LEVELS
        ),
        "chain": chain,
        "approvers": APPROVERS,
    }


def changes_between(
    theirs: Mapping[str, Sequence[str]], mine: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, str]]:
    """Label, what the other one saved, what was typed here."""
    labels = {one.name: one.label for one in questions()} | TEXTS
    found = []
    for name in NAMES:
        was = [text for text in theirs.get(name, []) if text]
        now = [text for text in mine.get(name, []) if text]
        if was != now:
            found.append((labels.get(name, _label(name)), ", ".join(was), ", ".join(now)))
    return found


def _label(name: str) -> str:
    for change, words in CHANGES.items():
        if name == f"signers_{change}":
            return f"Signs: {words.lower()}"
    if name.startswith("clause_"):
        return f"Clause, {name.removeprefix('clause_').replace('_', ' ')}"
    return name.replace("_", " ").capitalize()
