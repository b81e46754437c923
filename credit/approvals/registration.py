"""What later steps bring: who approves, their desk, and what waits there."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry, Tab, Waiting
from credit.approvals import appointments, authority, files, office_views, queries, steps, views
from credit.cases.models import CaseState, CreditCase
from credit.cases.queries import PAGE_NEEDS, visible_to

MOST = 50


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, office_views.bp]
    registry.appointments.append(authority.held_by)
    registry.appointed.append(authority.is_appointed)
    registry.tabs.append(tabs)
    registry.next_steps.append(next_steps)
    registry.attention.append(nobody_named)
    registry.file_readers.append(files.reads_file)
    registry.histories["approver_appointment"] = appointments.history


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    found = []
    if actor.approves:
        url = url_for("approvals.listed")
        found.append(Tab("Approvals", url, page="approvals.", position=85))
    if course is None and actor.reads_office:
        url = url_for("office_approvers.listed")
        found.append(
            Tab("Approvers", url, page="office_approvers.", position=63, is_seldom=True)
        )
    return found


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Wherever they land: a chair is a member of few of the courses whose cases wait."""
    if not actor.approves:
        return []
    oldest = session.scalar(queries.waiting(actor).options(*PAGE_NEEDS).limit(1))
    if oldest is None:
        return []
    return [
        NextStep(
            title=f"approve the credit of {oldest.person.label}",
            url=url_for("approvals.show", case_id=oldest.public_id),
            action="Open the packet",
            why="It has waited longest for your approval.",
            urgency=32,
        )
    ]


def nobody_named(session: Session, actor: Actor) -> list[Waiting]:
    """Steps and appeals for which nobody is appointed who may take them."""
    if not actor.reads_office:
        return []
    institution = session.get_one(Institution, actor.institution_id)
    somebody = authority.appointed(CreditCase, clock.today(institution.time_zone))
    stuck = session.scalars(
        visible_to(actor)
        .where(CreditCase.awaits.is_not(None), ~somebody.correlate(CreditCase).exists())
        .options(*PAGE_NEEDS)
        .order_by(CreditCase.state_since, CreditCase.id)
        .limit(MOST)
    ).all()
    return [_waiting(case) for case in stuck]


def _waiting(case: CreditCase) -> Waiting:
    appealed = case.state == CaseState.APPEALED
    who = "a second reader" if appealed else steps.NAMES[case.awaits]
    return Waiting(
        group="Yours",
        title=f"Credit case of {case.person.label} waits for {who}",
        text=f"{case.course.name}: nobody is named who could decide.",
        since=case.state_since,
        url=url_for("office_approvers.listed"),
        action="Name an approver",
        why="The policy asks for this step, and whoever decided before cannot take it.",
        is_late=True,
    )
