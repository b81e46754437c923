"""How the editor of a policy asks: questions in blocks with one clause, blocks in groups."""

from dataclasses import dataclass


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


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
