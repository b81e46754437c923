"""What the editor of a policy asks, grouped as a person thinks; each block has its clause."""

from collections.abc import Iterator

from credit.policy.editor_types import Block, Question
from credit.policy.questions_of_decision import GRADE, PEOPLE
from credit.policy.questions_of_proof import BOUNDS, EVIDENCE, TIES
from credit.policy.questions_of_work import COUNTS, HOURS, TIME

APPROVERS = (
    ("instructor", "The instructor"),
    ("chair", "The chair"),
    ("registrar", "The registrar"),
)
SIGNERS = (("student", "Student"), ("supervisor", "Supervisor"), ("instructor", "Instructor"))
CHANGES = {
    "dates": "New dates",
    "hours": "More or fewer hours",
    "scope": "Another scope",
    "supervisor": "Another supervisor",
    "finish_early": "Finished early",
    "end_early": "Ended early",
    "cancel": "Called off",
}
GROUPS = (HOURS, COUNTS, TIME, EVIDENCE, BOUNDS, TIES, GRADE, PEOPLE)
TEXTS = {"source": "Document that sets these rules", "note": "Why there is this version"}
LONGEST_TEXT = 2000
CHAIN_LENGTH = 3
MOST_LINES = 40


def blocks() -> Iterator[Block]:
    for group in GROUPS:
        yield from group.blocks


def questions() -> Iterator[Question]:
    for block in blocks():
        yield from block.questions


def rule_of(parameter: str) -> str:
    """Under which clause a parameter stands."""
    return next(
        (block.rule for block in blocks() for one in block.questions if one.name == parameter),
        parameter,
    )
