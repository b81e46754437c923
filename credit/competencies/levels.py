"""The four levels that supervisors and students choose from, and "did not see this"."""

from collections.abc import Sequence

LEVELS = {
    1: "With step-by-step help",
    2: "With guidance",
    3: "On their own",
    4: "Lifts others",
}
MASTERY = 3
"""From here on it is "well enough to rely on"."""
NOT_OBSERVED = "Did not see this"

OBJECTIVE_ANCHORS = {
    1: "Got there when each step was shown.",
    2: "Got there after a hint or a question.",
    3: "Did it without being asked, well enough to rely on.",
    4: "Did it so that others worked better too.",
}
"""What the levels mean for an objective, which has no sentences of its own."""


def words(level: int | None) -> str:
    """An absent level is "not observed": it is an answer, and never counts as a low one."""
    return NOT_OBSERVED if level is None else LEVELS[level]


def described(anchors: Sequence[str]) -> list[tuple[str, str]]:
    """The name of each level with its sentence, lowest first."""
    return list(zip(LEVELS.values(), anchors, strict=False))
