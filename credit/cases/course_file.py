"""The cases of one course as a table, for its instructor to keep when the course closes."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, url_for
from sqlalchemy.orm import Session, joinedload

from careerlink import csv_text
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.registry import Tab
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.templating import state_word
from credit.cases import queries, replay
from credit.cases.models import CreditCase, Decision
from credit.cases.standing import standing_decisions

bp = Blueprint("course_cases", __name__)
HEADING = (
    "Student", "SIS id", "State", "Decision", "Credits", "Basis", "Hours counted",
    "Decided on", "Decided by", "Case",
)  # fmt: skip
"""What an instructor reads in the packets of these students, and nothing more."""


@bp.get("/courses/<course_id>/cases.csv")
@access(sets_up)
def download(course_id: str) -> Response:
    with transaction() as session:
        data = csv_text.write([HEADING, *rows(session, g.course, actor=g.actor)])
    # Header fields are Latin-1; a label may be in any script.
    plain = (one if one.isalnum() and one.isascii() else "-" for one in g.course.label)
    name = "".join(plain) or "course"
    return Response(
        data,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}-cases.csv"'},
    )


def files(actor: Actor, course: Course) -> list[Tab]:
    url = url_for("course_cases.download", course_id=course.public_id)
    return [Tab("Cases and decisions of this course (CSV)", url, page="")]


def rows(session: Session, course: Course, *, actor: Actor) -> list[list[str]]:
    cases = session.scalars(
        queries.teaching_view(actor, course)
        .join(Person, Person.id == CreditCase.person_id)
        .options(joinedload(CreditCase.person))
        .order_by(Person.name, CreditCase.id)
    ).all()
    stands = standing_decisions(session, [case.id for case in cases])
    zone = ZoneInfo(course.institution.time_zone)
    return [_row(case, stands.get(case.id), zone) for case in cases]


def _row(case: CreditCase, decision: Decision | None, zone: ZoneInfo) -> list[str]:
    return [
        case.person.label,
        case.person.sis_id or "",
        state_word(case.state),
        *(_decided(decision, zone) if decision is not None else [""] * 6),
        case.public_id,
    ]


def _decided(decision: Decision, zone: ZoneInfo) -> list[str]:
    credits = decision.credits_thousandths
    return [
        decision.outcome.value.replace("_", " "),
        "" if credits is None else f"{credits / 1000:g}",
        decision.basis.value.replace("_", " "),
        _hours(decision),
        decision.decided_at.astimezone(zone).date().isoformat(),
        decision.by,
    ]


def _hours(decision: Decision) -> str:
    """From the decision's own frozen inputs: later evidence does not change the figure."""
    return f"{replay.explain(decision).sum.total_minutes / 60:g}"
