"""Outcome evidence: of a course for those who teach it, of a term or program for the office."""

from flask import Blueprint, Response, g

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, in_course, office
from careerlink.web import transaction
from credit.outcomes import addresses, pages, scope

bp = Blueprint("outcomes", __name__, url_prefix="/courses/<course_id>/outcomes")
office_bp = Blueprint("outcomes_office", __name__, url_prefix="/office/outcomes")
TABLE = "/<any(counts, case, canvas, moodle):name>.csv"


def reads(actor: Actor, course: Course) -> bool:
    """Who may see the persons behind the figures: those who teach, and the office."""
    return actor.may_look(course.id) or actor.reads_office


def only_those_who_see_persons() -> None:
    if not reads(g.actor, g.course):
        raise NotFound


@bp.get("")
@access(in_course)
def show(course_id: str) -> str:
    only_those_who_see_persons()
    with transaction() as session:
        wanted = addresses.of_course()
        offered = scope.choices(session, g.actor, wanted)
        return pages.overview(session, wanted, is_office=False, offered=offered)


@bp.get("/rows")
@access(in_course)
def rows(course_id: str) -> str:
    only_those_who_see_persons()
    with transaction() as session:
        return pages.behind_a_figure(session, addresses.of_course(), is_office=False)


@bp.get(TABLE)
@access(in_course)
def table(course_id: str, name: str) -> Response:
    only_those_who_see_persons()
    with transaction() as session:
        return pages.table(session, addresses.of_course(), name, file_name="outcomes")


@office_bp.get("", endpoint="show")
@access(office)
def show_all() -> str:
    with transaction() as session:
        wanted = addresses.of_office(session)
        offered = scope.choices(session, g.actor, wanted)
        wanted = addresses.with_course(wanted, offered)
        return pages.overview(session, wanted, is_office=True, offered=offered)


@office_bp.get("/rows", endpoint="rows")
@access(office)
def all_rows() -> str:
    with transaction() as session:
        wanted = addresses.of_office(session)
        wanted = addresses.with_course(wanted, scope.choices(session, g.actor, wanted))
        return pages.behind_a_figure(session, wanted, is_office=True)


@office_bp.get(TABLE, endpoint="table")
@access(office)
def whole_table(name: str) -> Response:
    with transaction() as session:
        wanted = addresses.of_office(session)
        wanted = addresses.with_course(wanted, scope.choices(session, g.actor, wanted))
        term = wanted.term.code if wanted.term else "all-terms"
        plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in term)
        return pages.table(session, wanted, name, file_name=f"outcomes-{plain}")


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    url = addresses.to("show", {}, is_office=True)
    return [Tab("Outcomes", url, page="outcomes.", position=65, is_seldom=True)]
