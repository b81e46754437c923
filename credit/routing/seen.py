"""Keeps when an instructor opened a packet, so that the queue marks what came since."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.web import services
from credit.cases.models import CreditCase
from credit.routing.models import CaseLook


def note(case: CreditCase, *, actor: Actor) -> None:
    """In a short unit of its own: the page itself only reads."""
    if actor.person_id is None or not actor.may_look(case.course_id):
        return
    with services().database.write() as unit:
        seen = unit.execute(
            update(CaseLook)
            .where(CaseLook.credit_case_id == case.id, CaseLook.person_id == actor.person_id)
            .values(looked_at=clock.now())
        )
        if seen.rowcount:  # type: ignore[attr-defined]
            return
        try:
            with unit.begin_nested():
                unit.add(CaseLook(credit_case_id=case.id, person_id=actor.person_id))
                unit.flush()
        except IntegrityError:
            # Opened in two tabs at once: the other one has noted it.
            return
