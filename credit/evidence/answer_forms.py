"""What supervisors, the career office and instructors answer."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from careerlink.errors import InvalidInput
from careerlink.shortening import cut_between_words
from careerlink.web.forms import Form, as_number
from credit.agreements.models import LearningObjective
from credit.evidence.criteria import ANSWERS, Criterion
from credit.evidence.judging import VERDICT_WORDS, Finding
from credit.evidence.questions import LONGEST, MOST_ROUNDS, Questions
from credit.evidence.review_models import Attested, ReviewOutcome, Verdict
from credit.evidence.reviewing import Answer


class LookForm(Form):
    """A supervisor's or the office's answer; the buttons say which."""

    number = HiddenField()
    words = TextAreaField("What you want to say")

    def criteria(self) -> list[RadioField]:
        return [field for field in self if field.name.startswith("criterion-")]

    def refuse(self, refusal: InvalidInput) -> None:
        """Where one line lacks its answer, every such line is named."""
        super().refuse(refusal)
        unanswered = [field for field in self.criteria() if not field.data]
        if refusal.field in {field.name for field in unanswered}:
            for field in unanswered:
                line = cut_between_words(field.label.text, 60).rstrip(".")
                field.errors = [f"{line}: choose one answer."]

    def answer(self, outcome: ReviewOutcome) -> Answer:
        return Answer(
            outcome=outcome,
            number=as_number(self.number.data, 0),
            words=self.words.data or "",
            attested={
                field.name.removeprefix("criterion-"): Attested(field.data)
                for field in self.criteria()
                if field.data in set(Attested)
            },
        )


def look_form(criteria: Sequence[Criterion]) -> type[LookForm]:
    choices = [SelectChoice(value.value, text) for value, text in ANSWERS.items()]
    fields = {
        f"criterion-{one.key}": RadioField(one.text, choices=choices, validate_choice=False)
        for one in criteria
    }
    return type("LookForm", (LookForm,), fields)


class JudgeForm(Form):
    """One answer and a comment for each objective; what is left open is not judged yet."""

    def findings(self, objectives: Sequence[LearningObjective]) -> dict[str, Finding]:
        found = {}
        for one in objectives:
            verdict = self[f"verdict-{one.lineage}"].data
            comment = self[f"comment-{one.lineage}"].data or ""
            if verdict in set(Verdict):
                found[one.lineage] = Finding(Verdict(verdict), comment)
        return found


def judge_form(objectives: Sequence[LearningObjective]) -> type[JudgeForm]:
    choices = [SelectChoice(value.value, text) for value, text in VERDICT_WORDS.items()]
    fields: dict[str, object] = {}
    for one in objectives:
        fields[f"verdict-{one.lineage}"] = RadioField(
            one.text, choices=choices, validate_choice=False
        )
        fields[f"comment-{one.lineage}"] = TextAreaField(
            "Comment", [Length(max=2000, message="Keep it to 2,000 characters.")]
        )
    return type("JudgeForm", (JudgeForm,), fields)


def known(findings: Mapping[str, Finding]) -> dict[str, str]:
    """What the form shows before anybody types: the findings that stand."""
    return {
        **{f"verdict-{name}": one.verdict.value for name, one in findings.items()},
        **{f"comment-{name}": one.comment for name, one in findings.items()},
    }


ASKED = [
    DataRequired("Write the question."),
    Length(max=LONGEST, message=f"Keep it to {LONGEST} characters."),
]


class QuestionsForm(Form):
    objective = TextAreaField("Asked for each objective", ASKED)
    synthesis = TextAreaField("Asked about all of it together", ASKED)
    short = TextAreaField("Asked alone, about a project of up to 10 hours", ASKED)
    rework_rounds = IntegerField(
        "Rounds of rework",
        [
            InputRequired("Enter a whole number."),
            NumberRange(0, MOST_ROUNDS, f"Choose 0 to {MOST_ROUNDS} rounds."),
        ],
    )

    def questions(self) -> Questions:
        return Questions(
            self.objective.data or "",
            self.synthesis.data or "",
            self.short.data or "",
            rework_rounds=self.rework_rounds.data,
        )
