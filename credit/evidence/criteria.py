"""What a supervisor attests of work that stays confidential: the criteria, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careerlink.errors import InvalidInput
from credit.agreements.models import LearningObjective
from credit.evidence.models import DeliverableVersion
from credit.evidence.review_models import Attested

STANDARD = {
    "whole": "I have seen the whole of it.",
    "own": "As far as I can tell, it is this student’s own work.",
    "usable": "It does what was agreed upon.",
}
ANSWERS = {Attested.YES: "Yes", Attested.PARTLY: "Partly", Attested.NO: "No"}


@dataclass(frozen=True)
class Criterion:
    key: str
    text: str
    hint: str = ""


def of(version: DeliverableVersion, objectives: Sequence[LearningObjective]) -> list[Criterion]:
    """The standard ones, and one for each objective that the work is meant to show."""
    shown = {one.objective_lineage for one in version.objectives}
    return [Criterion(key, text) for key, text in STANDARD.items()] + [
        Criterion(
            f"o_{one.lineage}",
            f"It shows this objective: {one.text}",
            f"Planned evidence: {one.evidence}" if one.evidence else "",
        )
        for one in objectives
        if one.lineage in shown
    ]


def words_of(key: str, texts: Mapping[str, str]) -> str:
    """``texts``: objectives by lineage."""
    if key in STANDARD:
        return STANDARD[key]
    return f"It shows this objective: {texts.get(key.removeprefix('o_'), '')}"


def checked(asked: Sequence[Criterion], given: Mapping[str, Attested]) -> dict[str, Attested]:
    """:raises InvalidInput: a criterion without an answer."""
    for criterion in asked:
        if criterion.key not in given:
            raise InvalidInput(
                "Answer every line: it takes the place of the upload.",
                field=f"criterion-{criterion.key}",
            )
    return {criterion.key: given[criterion.key] for criterion in asked}
