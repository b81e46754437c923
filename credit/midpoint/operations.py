"""An instructor's word to a student while the work runs."""

from sqlalchemy.orm import Session

from careerlink import audit, clock, mail, states
from careerlink.errors import InvalidInput, NotPossible
from careerlink.people.actors import Actor
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.cases.workflow import UNDECIDED, require_decides
from credit.midpoint import queries
from credit.midpoint.models import MidpointComment

MOST_WRITTEN = 4000


def write(session: Session, case: CreditCase, *, actor: Actor, text: str) -> None:
    """The student gets a mail; the same words sent twice are one comment."""
    cases.lock(session, case)
    require_decides(actor, case)
    if case.state not in UNDECIDED:
        raise NotPossible(f"This case is {states.words(case.state)}; nothing can be added.")
    text = text.strip()
    if not text or len(text) > MOST_WRITTEN:
        raise InvalidInput(f"Write a comment of up to {MOST_WRITTEN} characters.", field="text")
    earlier = queries.comments(session, case)
    if earlier and earlier[-1].text.text == text:
        return
    comment = MidpointComment(
        credit_case_id=case.id,
        text_id=audit.erasable(session, text).id,
        written_by_id=actor.person_id,
        acting_for_id=actor.standing(case.course_id).acts_for_id,
        written_at=clock.now(),
    )
    session.add(comment)
    session.flush()
    audit.record(session, "credit_case:comment", case, actor=actor, comment=comment.id)
    _tell(session, case, comment, actor=actor)


def _tell(
    session: Session, case: CreditCase, comment: MidpointComment, *, actor: Actor
) -> None:
    mail.queue_for(
        session,
        case.person,
        template="midpoint_comment",
        values={
            "course": case.course.name,
            "path": f"/courses/{case.course.public_id}/credit",
            "action": "Read the comment",
            "zone": case.person.time_zone,
        },
        target=f"credit_case/{case.id}/comment/{comment.id}",
        actor=actor,
    )
