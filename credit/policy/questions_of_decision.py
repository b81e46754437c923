"""What the editor asks about who decides, and what the gradebook shows."""

from credit.policy.editor_types import Block, Group
from credit.policy.editor_types import Question as Q

GRADE = Group(
    "grade",
    "In the gradebook",
    "What a decision is worth in the LMS.",
    (
        Block(
            "gradebook",
            (
                Q(
                    "score_kind",
                    "choice",
                    "An approved case shows",
                    choices=(
                        ("points", "all points of the column"),
                        ("pass_fail", "pass: 1 of 1"),
                        ("credits", "its credits"),
                    ),
                ),
                Q(
                    "score_maximum_thousandths",
                    "points",
                    "Points of the column",
                    unit="points",
                ),
                Q(
                    "sends_progress",
                    "yes",
                    "The gradebook hears that work goes on before a decision",
                ),
            ),
        ),
    ),
)
PEOPLE = Group(
    "people",
    "Who decides",
    "One after the other; the last one’s word is final.",
    (
        Block("approval", (Q("approver_chain", "chain", "Approves"),)),
        Block(
            "return",
            (
                Q(
                    "most_returns",
                    "number",
                    "How often a case may be returned",
                    unit="times",
                ),
                Q("resubmit_days", "number", "Time to hand it in again", unit="days"),
                Q(
                    "appeal_days",
                    "number",
                    "Time to appeal",
                    "0: there is no appeal",
                    "days",
                ),
            ),
        ),
        Block("incomplete", (Q("incomplete_allowed", "yes", "A case may be left incomplete"),)),
        Block(
            "amendment",
            (Q("amendment_signers", "signers", "Who signs a change to an agreement"),),
        ),
        Block("rubric", (Q("rubric", "rubric", "What is looked for in the academic work"),)),
    ),
)
