"""How the editor of a policy asks: questions in blocks with one clause, blocks in groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

TYPED = ("hours", "credits", "points", "number", "share")
BESIDE = 2


@dataclass(frozen=True)
class Question:
    name: str
    """Of the parameter."""
    kind: str
    """hours, credits, points, number, share: typed; yes: a box; choice: one of several;
    table, chain, signers, rubric: parts of their own."""
    label: str
    hint: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False


@dataclass(frozen=True)
class Block:
    rule: str
    questions: tuple[Question, ...]

    @property
    def rows(self) -> Iterator[tuple[Question, ...]]:
        """In their order, for a question may lean on the one before; what is typed stands
        side by side where it follows each other."""
        for is_typed, run in groupby(self.questions, lambda one: one.kind in TYPED):
            found = tuple(run)
            beside = BESIDE if is_typed else 1
            for at in range(0, len(found), beside):
                yield found[at : at + beside]


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
