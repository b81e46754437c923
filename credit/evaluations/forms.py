"""Forms of the evaluation, one a step. The rubric decides which levels are asked."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import DecimalField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation

from careerlink.web.forms import Form
from credit.competencies import levels
from credit.evaluations.answers import AGAIN, EXAMPLE, NOT_OBSERVED, not_rated
from credit.evaluations.plan import Questions
from credit.evaluations.rubric import Target

LONG = 2000
SHORT_TEXT = 500
MOST_HOURS = 2000
QUARTER = Decimal("0.25")
LEVELS = [
    *(SelectChoice(str(number), name) for number, name in levels.LEVELS.items()),
    SelectChoice(NOT_OBSERVED, levels.NOT_OBSERVED),
]


def may_be_empty(_form: Any, field: Any) -> None:
    """As ``Optional``, without its mark: the other button needs this figure."""
    if not field.raw_data or not str(field.raw_data[0]).strip():
        field.errors = []
        raise StopValidation


class StepForm(Form):
    seen_version = HiddenField()
    """Which state of the draft the page showed; another one means another tab."""


class HoursForm(StepForm):
    """Two buttons: "that is right", or a figure of one's own."""

    hours = DecimalField("Your figure", places=None, validators=[may_be_empty])
    note = TextAreaField("Note", validators=[Length(max=LONG)])

    def check_own_figure(self) -> bool:
        is_valid = bool(self.validate())
        figure: Decimal | None = self.hours.data
        if figure is None and not self.hours.errors:
            self.hours.errors = ["Enter your figure, such as 22.5"]
        elif figure is None or not figure.is_finite() or not is_possible(figure):
            self.hours.errors = ["Enter hours in quarter steps, such as 22.5"]
        return is_valid and not self.hours.errors

    def given(self, *, right: bool, reported: int) -> dict[str, Any]:
        own = 0 if right else int((self.hours.data or Decimal(0)) * 60)
        return {
            "right": "yes" if right else "no",
            "reported": reported,
            "minutes": own,
            "note": "" if right else self.note.data or "",
        }


class ShortWordsForm(StepForm):
    """A short evaluation asks for one strength; a next step is welcome."""

    strength = TextAreaField(
        "One strength, with an example",
        validators=[InputRequired("Name one strength"), Length(max=LONG)],
    )
    growth = TextAreaField("One next step, if you like", validators=[Length(max=LONG)])


class WordsForm(ShortWordsForm):
    growth = TextAreaField(
        "One next step",
        validators=[InputRequired("Name one next step"), Length(max=LONG)],
    )


def words_form(asked: Questions) -> type[Form]:
    """What the step of words asks, as a class that other forms build on."""
    base = WordsForm if asked.growth_required else ShortWordsForm
    return type("WordsForm", (base,), {"work_again": _again()}) if asked.asks_again else base


def levels_form(
    targets: Sequence[Target],
    base: type[Form] = StepForm,
    *,
    asks_examples: bool = False,
    **kwargs: Any,
) -> Any:
    """A form with a scale for each target, besides what ``base`` asks."""
    fields: dict[str, Any] = {target.key: _scale(target) for target in targets}
    if asks_examples:
        fields |= {EXAMPLE + target.key: _example() for target in targets}
    return type("LevelsForm", (base,), fields)(**kwargs)


def levels_given(form: Any, targets: Sequence[Target]) -> dict[str, str]:
    known = {str(choice.value) for choice in LEVELS}
    levels = {one.key: form[one.key].data for one in targets if form[one.key].data in known}
    examples = {
        name: form[name].data[:SHORT_TEXT]
        for name in (EXAMPLE + one.key for one in targets)
        if name in form and form[name].data
    }
    return levels | examples


def words_given(form: Any) -> dict[str, str]:
    names = ("strength", "growth", "work_again")
    return {name: (form[name].data or "")[:LONG] for name in names if name in form}


def hours_values(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the step shows of a figure that was given before."""
    if answer.get("right") != "no":
        return {}
    return {"hours": Decimal(answer["minutes"]) / 60, "note": answer["note"]}


def _again() -> RadioField:
    return RadioField(
        "Would you work together again?",
        choices=[SelectChoice(value, label) for value, label in AGAIN.items()],
        validators=[InputRequired("Choose one answer")],
    )


def _example() -> TextAreaField:
    return TextAreaField("One example, if you like", validators=[Length(max=SHORT_TEXT)])


def is_possible(figure: Decimal) -> bool:
    return 0 <= figure <= MOST_HOURS and not figure % QUARTER


def _scale(target: Target) -> RadioField:
    return RadioField(
        target.title,
        choices=LEVELS,
        validators=[InputRequired(not_rated(target.title))],
    )
