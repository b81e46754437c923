"""Who hears when of an evaluation: the supervisor, somebody else, the office, the instructor.

Relative to this project's end; a supervisor's silence never counts against the student.
"""

from careerlink.registry import Registry
from careerlink.reminders.ladders import Anchor, Channel, Ladder, Rung, Whom
from credit import addresses
from credit.evaluations import awaited
from credit.evaluations.models import Evaluation, EvaluationKind

START = "Start the evaluation"
SUBJECT = "Five minutes about your project"
STEPS = "A few short steps, no account, saved as you go."


def register(registry: Registry) -> None:
    for ladder in (FINAL, MIDPOINT, OWN_DATES, SELF):
        registry.ladders[ladder.key] = ladder


def of(evaluation: Evaluation) -> tuple[str, int]:
    """The ladder of a supervisor's evaluation, and what it calls it."""
    if evaluation.kind == EvaluationKind.MIDPOINT:
        return MIDPOINT.key, evaluation.id
    if evaluation.covers_until is not None:
        return OWN_DATES.key, evaluation.id
    return FINAL.key, evaluation.placement_id


_NUDGE = Rung(
    "nudge",
    0,
    Whom.SUPERVISOR,
    title="{first_name} asks for your evaluation of “{project}”",
    text=f"{STEPS} What you saw is one part of the decision on credit.",
    action=START,
    subject=f"A reminder: {SUBJECT[0].lower()}{SUBJECT[1:]}",
)

FINAL = Ladder(
    key="evaluation",
    title="Supervisor’s evaluation",
    anchored_at="the project’s end",
    open_subjects=awaited.final,
    path=addresses.of_everybody("evaluation"),
    chosen=awaited.instructors_wait,
    ask="ask",
    rungs=(
        Rung(
            "heads_up",
            -3,
            Whom.SUPERVISOR,
            title="“{project}” ends in a few days",
            text="We will then ask you for five minutes: what you saw {first_name} do. "
            "Nothing to do yet.",
            action="Open the project",
            subject="Your project ends in a few days",
        ),
        Rung(
            "ask",
            0,
            Whom.SUPERVISOR,
            title="What did you see {first_name} do in “{project}”?",
            text=f"{STEPS} Your view is one part of the decision on credit.",
            action=START,
            subject=SUBJECT,
        ),
        Rung(
            "remind",
            3,
            Whom.SUPERVISOR,
            title="Your evaluation of “{project}” is still welcome",
            text="“Did not see this” is a fair answer, and what you have filled in is kept.",
            action=START,
            subject=f"A reminder: {SUBJECT[0].lower()}{SUBJECT[1:]}",
        ),
        Rung(
            "again",
            7,
            Whom.SUPERVISOR,
            title="The decision on {first_name}’s credit waits for your view",
            text="It takes about five minutes. You are not the right person? Say so behind the "
            "link, and the career office finds who is.",
            action=START,
            subject="The last step of your project",
        ),
        Rung(
            "may_nudge",
            7,
            Whom.STUDENT,
            title="The supervisor of “{project}” has not answered yet",
            text="It does not count against you. You may send a reminder with one button.",
            action="Open the evaluation",
        ),
        Rung(
            "alternate",
            10,
            Whom.ALTERNATE,
            title="Who can evaluate “{project}”?",
            text="{contact} has not answered. Tell us who guided the work, or take it over.",
            action="Open the project",
            subject="Who can tell us about a project with you?",
        ),
        Rung(
            "phone",
            14,
            Whom.STAFF,
            channel=Channel.TASK,
            title="{contact} has not evaluated {student}",
            text="Phone them, write down what they say, or name somebody else.",
            action="Open the evaluation",
        ),
        Rung(
            "choose",
            -7,
            Whom.INSTRUCTOR,
            channel=Channel.TASK,
            anchor=Anchor.GRADES_DUE,
            title="choose how to go on without the evaluation of {student}",
            text="Wait, decide on the other evidence with a reason, or mark it incomplete.",
            action="Open the evaluation",
        ),
    ),
    nudge=_NUDGE,
)

MIDPOINT = Ladder(
    key="midpoint",
    title="Supervisor’s midpoint evaluation",
    anchored_at="the project’s half",
    open_subjects=awaited.midpoint,
    path=addresses.of_everybody("evaluation"),
    ask="ask",
    rungs=(
        Rung(
            "ask",
            0,
            Whom.SUPERVISOR,
            title="Half of “{project}” is done: how is it going?",
            text="Two minutes: what you saw {first_name} do so far, and what to do next.",
            action="Start the midpoint",
            subject="Two minutes at the half of your project",
        ),
        Rung(
            "remind",
            4,
            Whom.SUPERVISOR,
            title="A word on “{project}” helps while there is time to act on it",
            text="Two minutes about what you saw {first_name} do so far.",
            action="Start the midpoint",
            subject="A reminder: two minutes at the half of your project",
        ),
    ),
    nudge=_NUDGE,
)

OWN_DATES = Ladder(
    key="own_dates",
    title="Former supervisor’s evaluation",
    anchored_at="the hand-over",
    open_subjects=awaited.own_dates,
    path=addresses.of_everybody("evaluation"),
    asks_former=True,
    ask="ask",
    rungs=(
        Rung(
            "ask",
            0,
            Whom.SUPERVISOR,
            title="What did you see {first_name} do in “{project}”, in your time?",
            text="Somebody else supervises now. You are asked about your own dates only.",
            action=START,
            subject="Five minutes about your time with a project",
        ),
        Rung(
            "remind",
            7,
            Whom.SUPERVISOR,
            title="Your view of “{project}”, in your time, is still welcome",
            text="You are asked about your own dates only, and only for two more weeks.",
            action=START,
            subject="A reminder: your time with a project",
        ),
    ),
    nudge=_NUDGE,
)

SELF = Ladder(
    key="self_evaluation",
    title="Student’s own evaluation",
    anchored_at="the day that it was asked for",
    open_subjects=awaited.own,
    path=addresses.of_everybody("evaluation"),
    rungs=(
        Rung(
            "ask",
            1,
            Whom.STUDENT,
            title="Evaluate your own work in “{project}”",
            text="The same questions as the supervisor’s; you read theirs once yours is in.",
            action="Write self-evaluation",
            subject="Evaluate your own work",
        ),
        Rung(
            "remind",
            5,
            Whom.STUDENT,
            title="Your own evaluation of “{project}” is still missing",
            text="It stands beside the supervisor’s when credit is decided.",
            action="Write self-evaluation",
            subject="Your own evaluation is still missing",
        ),
    ),
)
