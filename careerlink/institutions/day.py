"""The campus's own calendar day: approvals and deadlines end there, not in UTC."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor


def campus_day(session: Session, actor: Actor) -> date:
    return clock.today(session.get_one(Institution, actor.institution_id).time_zone)
