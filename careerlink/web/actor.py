"""Who is asking: the actor of this request, built from its session once."""

from dataclasses import replace

from flask import current_app, g, request, session
from sqlalchemy.orm import Session, joinedload

from careerlink.courses import standing
from careerlink.people import grants
from careerlink.people.actors import Actor, Approving
from careerlink.people.models import LoginSession, Person
from careerlink.registry import registry
from careerlink.web import request_session
from careerlink.web.session import ServerSession, current_roles


def load_actor() -> None:
    """Set ``g.person``, ``g.actor`` and ``g.zone``; supervisors' links set their own."""
    g.person, g.actor, g.zone = None, None, "UTC"
    row = session.row if isinstance(session, ServerSession) else None
    if row is None or row.person_id is None or _signs_in():
        return
    db = request_session()
    person = db.get(Person, row.person_id, options=[joinedload(Person.institution)])
    if person is None:
        return
    g.person = person
    g.actor = actor_of(db, person, row)
    g.zone = person.time_zone or person.institution.time_zone
    g.has_sample_data = person.institution.has_sample_data


def _signs_in() -> bool:
    """A route that begins a session does not care who had one before."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "signs_in", False))


def actor_of(db: Session, person: Person, login_session: LoginSession) -> Actor:
    roles = db.execute(current_roles(login_session.id))
    courses = standing.of(db, person, {row[0]: row[1] for row in roles})
    # Somebody else acts as this person (Canvas calls it masquerading): look, write nothing.
    looks_only = bool(login_session.data.get("read_only"))
    if looks_only:
        courses = {key: replace(found, read_only=True) for key, found in courses.items()}
    held = grants.NOTHING if looks_only else grants.held(db, person)
    return Actor(
        institution_id=person.institution_id,
        person_id=person.id,
        office=held.office,
        courses=courses,
        name=person.label,
        runs_lms=bool(login_session.data.get("runs_lms")) and not looks_only,
        looks_only=looks_only,
        approves=_appointments(db, person) if held.is_appointed else (),
    )


def _appointments(db: Session, person: Person) -> tuple[Approving, ...]:
    return tuple(found for ask in registry.appointments for found in ask(db, person))
