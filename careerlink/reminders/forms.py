"""The office's form of days and hours, with a line for every rung of every ladder."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from careerlink.reminders.hours import DAY_NAMES, Hours
from careerlink.reminders.ladders import Ladder
from careerlink.reminders.settings import EARLIEST, LATEST, Chosen, field_names
from careerlink.web.forms import Form

FROM_TO = f"Enter a whole number from {EARLIEST} to {LATEST}"


class PauseForm(Form):
    reason = TextAreaField(
        "Why they pause",
        [
            DataRequired("Say why, such as “they answer by telephone on Monday”."),
            Length(max=500, message="Keep it to 500 characters."),
        ],
    )


class SettingsForm(Form):
    seen = HiddenField()
    """The version that was on the screen."""
    opens = IntegerField(
        "From", [InputRequired("Enter an hour"), NumberRange(0, 23, "Enter an hour, 0 to 23")]
    )
    closes = IntegerField(
        "Until", [InputRequired("Enter an hour"), NumberRange(1, 24, "Enter an hour, 1 to 24")]
    )
    weekdays = SelectMultipleField(
        "On these days",
        coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(DAY_NAMES)],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    example_on = DateField("A project that ends on", [Optional()])

    def hours(self) -> Hours:
        return Hours(self.opens.data, self.closes.data, tuple(sorted(self.weekdays.data or ())))


def settings_form(ladders: Mapping[str, Ladder], chosen: Chosen, example_on: date) -> Any:
    """Filled with what is chosen now, unless something was sent."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {
        "seen": str(chosen.number),
        "opens": chosen.hours.opens,
        "closes": chosen.hours.closes,
        "weekdays": list(chosen.hours.weekdays),
        "example_on": example_on,
    }
    for ladder in ladders.values():
        for rung in ladder.rungs:
            days, is_on = field_names(ladder.key, rung.key)
            fields[days] = IntegerField(
                "Days",
                [
                    InputRequired("Enter a number of days"),
                    NumberRange(EARLIEST, LATEST, FROM_TO),
                ],
            )
            fields[is_on] = BooleanField("On")
            values[days] = chosen.days(ladder, rung)
            values[is_on] = chosen.is_on(ladder, rung)
    return type("LadderForm", (SettingsForm,), fields)(data=values)


def chosen_days(
    form: Any, ladders: Mapping[str, Ladder]
) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        ladder.key: {
            rung.key: {
                "days": form[field_names(ladder.key, rung.key)[0]].data,
                "is_on": form[field_names(ladder.key, rung.key)[1]].data,
            }
            for rung in ladder.rungs
        }
        for ladder in ladders.values()
    }
