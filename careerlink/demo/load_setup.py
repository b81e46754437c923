"""What courses and the office have set up: rules for cases, a framework from a file."""

from importlib.resources import files

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.demo.loading import Loading
from credit.competencies import importing
from credit.competencies.models import FileFormat
from credit.routing import operations as routing
from credit.routing.models import Criterion

RULES = (
    ("instructor", "BUS-310", Criterion.PROGRAM, "Statistics"),
    ("instructor2", "ENV-220", Criterion.ANY, ""),
)
"""Who teaches where, and whose cases come to them."""
FRAMEWORK = "library_skills.csv"


def load(loading: Loading) -> None:
    with clock.at(loading.moment(-83)):
        _rules(loading)
        _framework(loading)


def _rules(loading: Loading) -> None:
    for key, code, criterion, value in RULES:
        routing.add_rule(
            loading.session,
            loading.courses[code],
            actor=loading.member(key, code, CourseRole.INSTRUCTOR),
            criterion=criterion,
            value=value,
            person=loading.people[key],
        )


def _framework(loading: Loading) -> None:
    """As somebody at the office took it over from Moodle; courses offer it by choice."""
    actor, session = loading.staff(), loading.session
    row = importing.keep(
        session,
        (files("careerlink.demo") / "data" / FRAMEWORK).read_bytes(),
        actor=actor,
        file_format=FileFormat.MOODLE,
        file_name=FRAMEWORK,
        framework=None,
    )
    _content, delta = importing.preview(session, row)
    importing.take(
        session, row, actor=actor, name="", seen=delta.fingerprint, retire_gone=False
    )
