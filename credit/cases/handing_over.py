"""A case that is complete, or sent back, is handed over to the gradebook's teacher."""

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from credit import delivery
from credit.cases.models import CreditCase


def when_complete(session: Session, case: CreditCase, actor: Actor) -> None:
    delivery.tell_of_work(session, case, is_again=False, actor=actor)


def when_sent_back(session: Session, case: CreditCase, actor: Actor) -> None:
    delivery.tell_of_work(session, case, is_again=True, actor=actor)
