"""Results as tables for other systems, written row by row; see docs/outcome-evidence.md.

CASE has no results: it names items and levels, so that ours point at them. Canvas and Moodle
import frameworks and no results: for them the columns are the ones of Canvas's own report of
outcome results, and the arguments of Moodle's ``core_competency_grade_competency``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import csv_text
from careerlink.courses.models import Course, Objective
from careerlink.enrollments.terms_of_students import enrolled_term_id
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements.models import Placement
from careerlink.reports.small_cells import words
from credit.competencies import levels
from credit.competencies.models import Competency, CompetencyWording, FileFormat
from credit.outcomes import answers, identifiers, scope
from credit.outcomes.counting import Counted
from credit.outcomes.identifiers import Identifiers
from credit.outcomes.lines import SIDE_WORDS, Side
from credit.outcomes.scope import Scope

WHAT = ("competency_id", "wording_id", "objective_id", "agreed_id")
COUNTS = ("Framework", "Outcome", "Code", "Address", "Wording", "Said by", "Assessed")
HEADS = {
    FileFormat.CASE: (
        "sourcedId", "student", "course", "term", "CFItem identifier", "CFItem uri", "said by",
        "CFRubricCriterionLevel identifier", "level", "quality", "said at",
        "addendum", "wording",
    ),
    FileFormat.CANVAS: (
        "student name", "student sis id", "assessment title", "submission date",
        "learning outcome name", "learning outcome id", "outcome score", "course name",
        "learning outcome points possible", "learning outcome mastery score",
        "learning outcome mastered", "learning outcome rating",
        "learning outcome rating points",
    ),
    FileFormat.MOODLE: ("useridnumber", "competencyidnumber", "grade", "note"),
}  # fmt: skip


def counts(counted: Counted) -> Iterator[bytes]:
    """The figures of the page, with small cells hidden: such a table is passed on."""
    cells = {
        key: name
        for line in counted.lines
        for side in Side
        for key, name in line.spread(side).cells.items()
    }
    yield csv_text.write([[*COUNTS, *cells.values()]])
    for line in counted.lines:
        for side in line.spreads:
            spread = line.spread(side)
            shown = {key: words(n) for key, _, n in spread.shown(hides=True)}
            yield csv_text.write(
                [[line.group, line.label, line.code, line.uri, line.note, SIDE_WORDS[side],
                  words(spread.assessed_shown(hides=True)),
                  *(shown.get(key, "") for key in cells)]]
            )  # fmt: skip


def results(
    session: Session, actor: Actor, wanted: Scope, file_format: FileFormat
) -> Iterator[bytes]:
    """One row for each student, outcome and side; "not observed" is an empty level."""
    keys = identifiers.of_frameworks(session, actor, file_format)
    yield csv_text.write([HEADS[file_format]])
    write = ROWS[file_format]
    for row in session.execute(_query(actor, wanted)).mappings():
        if cells := write(dict(row), keys):
            yield csv_text.write([["" if cell is None else str(cell) for cell in cells]])


def _query(actor: Actor, wanted: Scope) -> Any:
    ids = scope.placements_in(actor, wanted)
    stands = answers.standing_ratings(ids, wanted.framework_id)
    enrolled = enrolled_term_id(stands.c.course_id, stands.c.person_id)
    return (
        select(
            stands, Person.name, Person.sis_id, Person.public_id, Course.label.label("course"),
            Course.title, Term.code.label("term"), Placement.title.label("project"),
            Competency.uri, Competency.label, CompetencyWording.label.label("wording"),
            Objective.uri.label("objective_uri"), Objective.title.label("objective"),
        )
        .join(Person, Person.id == stands.c.person_id)
        .join(Course, Course.id == stands.c.course_id)
        .join(Placement, Placement.id == stands.c.placement_id)
        .outerjoin(Term, Term.id == func.coalesce(Course.term_id, enrolled))
        .outerjoin(Competency, Competency.id == stands.c.competency_id)
        .outerjoin(CompetencyWording, CompetencyWording.id == stands.c.wording_id)
        .outerjoin(Objective, Objective.id == stands.c.objective_id)
        .order_by(
            Term.code, Course.label, Course.id, stands.c.person_id,
            *(func.coalesce(stands.c[name], 0) for name in WHAT), stands.c.side,
        )
        .execution_options(yield_per=500)
    )  # fmt: skip


Row = Mapping[str, Any]
Cells = Sequence[Any]


def _case_row(row: Row, keys: Identifiers) -> Cells:
    """Also the course's objectives, by their address; a student's own ones have none."""
    uri = row["uri"] or row["objective_uri"] or ""
    level = row["level"]
    return (
        row["sis_id"] or row["public_id"], _name(row), row["course"] or row["title"],
        row["term"], keys.items.get(uri, ""), uri, row["side"],
        keys.levels.get((uri, level), ""), level,
        levels.words(level), row["said_at"].isoformat(), "yes" if row["is_addendum"] else "",
        row["wording"] or row["objective"],
    )  # fmt: skip


def _canvas_row(row: Row, keys: Identifiers) -> Cells:
    """What supervisors said: a report of Canvas has one result a student and outcome."""
    if row["side"] != Side.SUPERVISOR.value or row["uri"] is None or row["level"] is None:
        return ()
    level, scale = row["level"], keys.scales[row["uri"]]
    points, most = scale.points[level - 1], scale.points[-1]
    mastery = scale.mastery or most
    return (
        _name(row), row["sis_id"], row["project"], row["said_at"].isoformat(),
        row["wording"] or row["label"], keys.items.get(row["uri"], ""), points,
        row["course"] or row["title"], most, mastery,
        "1" if float(points) >= float(mastery) else "0", levels.words(level), points,
    )  # fmt: skip


def _moodle_row(row: Row, keys: Identifiers) -> Cells:
    """The scale that goes with our framework's file counts from 1, as our levels do."""
    if row["side"] != Side.SUPERVISOR.value or row["uri"] is None or row["level"] is None:
        return ()
    note = f"{levels.words(row['level'])}, said by the supervisor of “{row['project']}”"
    grade = "" if row["uri"] in keys.foreign_scales else row["level"]
    return (row["sis_id"], keys.items.get(row["uri"], ""), grade, note)


ROWS: Mapping[FileFormat, Callable[[Row, Identifiers], Cells]] = {
    FileFormat.CASE: _case_row,
    FileFormat.CANVAS: _canvas_row,
    FileFormat.MOODLE: _moodle_row,
}


def _name(row: Row) -> str:
    return str(row["name"] or f"Learner {row['public_id'][:4]}")
