"""Sending many grades with one press: those never sent, and those that the LMS refused."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import NotPossible
from careerlink.people.actors import Actor
from credit import delivery
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.gradebook import queries
from credit.gradebook.operations import require


@dataclass(frozen=True)
class Done:
    sent: int
    why_not: tuple[str, ...] = ()
    """One for each grade that has nowhere to go."""

    @property
    def words(self) -> str:
        if not self.sent and not self.why_not:
            return "Nothing had to be sent any more."
        told = "One grade is" if self.sent == 1 else f"{self.sent} grades are"
        rest = "".join(f" {why}" for why in dict.fromkeys(self.why_not))
        left = f" Not sent: {len(self.why_not)}.{rest}" if self.why_not else ""
        return f"{told} on the way.{left}"


def send(session: Session, course: Course, *, chosen: Collection[str], actor: Actor) -> Done:
    """Of the cases that were shown, those that still have to be sent."""
    require(actor, course)
    listed = session.scalars(
        queries.to_send(session, actor, course)
        .where(CreditCase.public_id.in_(chosen))
        .options(*cases.PAGE_NEEDS)
        .order_by(CreditCase.id)
        .limit(queries.MOST_AT_ONCE)
        # Whoever presses at the same time sends none of them twice.
        .with_for_update(of=CreditCase)
    ).all()
    sent, why_not = 0, []
    for case in listed:
        try:
            delivery.send_again(session, case, actor=actor)
        except NotPossible as fault:
            why_not.append(str(fault))
        else:
            sent += 1
    return Done(sent, tuple(why_not))
