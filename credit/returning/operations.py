"""What instructors and students do about a returned case. Nothing here commits."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.conclusion import require_open
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.reminders.operations import look_again
from credit.cases import inputs, recording
from credit.cases import queries as cases
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.cases.workflow import CASE, is_own, require_decides
from credit.returning import limits, queries
from credit.returning.models import PinAnswer, ReturnPin
from credit.returning.places import Place

MOST_WRITTEN = 2000
MOST_PINS = 60
ONLY_RETURNED = (
    "Comments on single parts go to the student with a return. Return the case, or empty them."
)


def check(outcome: DecisionOutcome, written: Mapping[str, str]) -> None:
    """:raises InvalidInput: comments that would be lost, or too much of them."""
    if written and outcome != DecisionOutcome.RETURNED:
        raise InvalidInput(ONLY_RETURNED)
    if len(written) > MOST_PINS or any(len(text) > MOST_WRITTEN for text in written.values()):
        raise InvalidInput(f"Keep each comment on a part to {MOST_WRITTEN} characters.")


def pin(
    session: Session,
    decision: Decision,
    written: Mapping[str, str],
    places: Mapping[str, Place],
    *,
    actor: Actor,
) -> None:
    """Keep what was written to single parts with the decision; a second press adds nothing."""
    if not written or queries.pins(session, decision):
        return
    if not written.keys() <= places.keys():
        raise InvalidInput("A part that you wrote to is not there any more. Look again.")
    for name, text in written.items():
        place = places[name]
        session.add(
            ReturnPin(
                decision_id=decision.id,
                part=place.part,
                placement_id=place.placement_id,
                key=place.key,
                text_id=audit.erasable(session, text).id,
            )
        )
    session.flush()
    case = session.get_one(CreditCase, decision.credit_case_id)
    audit.record(
        session,
        "credit_case:pin",
        case,
        actor=actor,
        decision=decision.number,
        comments=len(written),
    )


def answer(session: Session, pin: ReturnPin, text: str, *, is_done: bool, actor: Actor) -> None:
    """What the student says to one comment now; the same said again is no row."""
    case = pin.decision.credit_case
    require_open(actor, case)
    if not is_own(actor, case):
        raise NotPermitted("The student answers comments.")
    if case.state != CaseState.RETURNED:
        raise NotPossible("The case is with the instructor again.")
    text = text.strip()
    if len(text) > MOST_WRITTEN:
        raise InvalidInput(f"Keep each answer to {MOST_WRITTEN} characters.")
    last = pin.answers[-1] if pin.answers else None
    said = (last.text.text or "") if last is not None and last.text is not None else ""
    if (text, is_done) == (said, last is not None and last.is_done) or not (text or is_done):
        return
    pin.answers.append(
        PinAnswer(
            number=len(pin.answers) + 1,
            is_done=is_done,
            text_id=audit.erasable(session, text).id if text else None,
            person_id=actor.person_id,
            answered_at=clock.now(),
        )
    )
    session.flush()
    audit.record(session, "credit_case:answer_pin", case, actor=actor, pin=pin.id)


def all_answered(session: Session, case: CreditCase) -> list[str]:
    """Guard of ``resubmit``."""
    open_ones = [pin for pin in queries.pins_of_case(session, case) if not pin.answers]
    if not open_ones:
        return []
    return ["Answer each comment on a single part, or mark it done."]


def extend(
    session: Session, case: CreditCase, *, actor: Actor, until: date, reason: str
) -> None:
    """More time for the student, also once the day has passed."""
    _only_of_returned(session, case, actor)
    today = limits.today_at(case)
    due = limits.grades_due_on(session, case)
    if until <= max(today, case.resubmit_by or today):
        raise InvalidInput("Choose a day later than the one that holds.", field="until")
    if until > today + recording.LONGEST_WAIT:
        raise InvalidInput("Choose a day within a year.", field="until")
    if due is not None and today <= due < until:
        raise InvalidInput(
            f"Grades of this course are due on {due:%d %b %Y}; choose a day up to then.",
            field="until",
        )
    if not reason.strip():
        raise InvalidInput("Say why the student gets more time.", field="reason")
    before = case.resubmit_by
    case.resubmit_by = until
    session.flush()
    for part in inputs.load_one(session, case).parts:
        look_again(session, part.placement.id)
    audit.record(
        session,
        "credit_case:extend_resubmission",
        case,
        actor=actor,
        reason=reason.strip(),
        until=until.isoformat(),
        until_before=before.isoformat() if before else None,
    )


def take_up(session: Session, case: CreditCase, *, actor: Actor, reason: str) -> None:
    """The student sent nothing in time: the instructor decides on what is there."""
    _only_of_returned(session, case, actor)
    if not limits.is_over(case):
        raise NotPossible("The student still has time to send it back.")
    if not reason.strip():
        raise InvalidInput("Say why you go on without it.", field="reason")
    states.move(
        session,
        case,
        CaseState.OPEN,
        CASE,
        actor=actor,
        reason=reason.strip(),
        returned_reason="",
        step=1,
    )
    recording.settle(session, case)


def _only_of_returned(session: Session, case: CreditCase, actor: Actor) -> None:
    cases.lock(session, case)
    require_decides(actor, case)
    if case.state != CaseState.RETURNED:
        raise NotPossible("The case is not with the student.")
