"""What was said of outcomes, counted: by course, program and term, with its rows and files."""

import json
from datetime import UTC, datetime

from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.people.models import Person
from credit.competencies import wordings
from credit.competencies.models import Competency
from credit.evidence.review_models import ObjectiveJudgement, Verdict
from tests.factories import cases
from tests.functional.credit.outcomes.conftest import (
    School,
    figures,
    first,
    say,
    statements,
    table,
)
from tests.markup import words

COLUMNS_OF_CANVAS = {
    "student name", "student id", "student sis id", "assessment title", "assessment id",
    "assessment type", "submission date", "submission score", "learning outcome name",
    "learning outcome id", "attempt", "outcome score", "assessment question",
    "assessment question id", "course name", "course id", "course sis id", "section name",
    "section id", "section sis id", "assignment url", "learning outcome friendly name",
    "learning outcome points possible", "learning outcome mastery score",
    "learning outcome mastered", "learning outcome rating", "learning outcome rating points",
    "learning outcome group title", "learning outcome group id", "account id", "account name",
    "enrollment state",
}  # fmt: skip
"""Of its account report "Outcome Results": AccountReports::ImprovedOutcomeReports."""
POINTS = (
    "outcome score", "learning outcome points possible", "learning outcome mastery score",
    "learning outcome mastered",
)  # fmt: skip
LATER = datetime(2027, 1, 5, tzinfo=UTC)


def test_every_figure_opens_its_students_and_not_seen_stands_apart(school: School) -> None:
    page = school.teacher()

    assert figures(page, "Communication") == ["6", "0", "0", "0", "6", "0"]
    # Two objectives each: one at level 3, and one that nobody saw, which is no low level.
    assert figures(page, "Students’ own objectives") == ["6", "0", "0", "6", "0", "6"]
    assert "6 of 6 students work on their own or better" in page.text
    rows = page.follow("6 Lifts others in “Communication”")
    assert len([row for row in rows.rows() if row[0].startswith("Learner")]) == 6
    programs = rows.soup.select("table:-soup-contains('History') tbody th")
    assert sorted(words(one).casefold() for one in programs) == ["history", "marketing"]
    assert rows.follow("Learner A").page_id == "placements.show"
    for wrong in ("target=c1", "target=c1-0&side=nobody", "target=c1-0&side=student&cell=9"):
        school.teacher(f"/outcomes/rows?{wrong}", status=404)


def test_the_latest_version_counts_and_what_came_late_is_marked(school: School) -> None:
    with school.database.write() as session:
        say(session, first(session), 2, LATER, number=2, is_addendum=True)

    page = school.teacher()

    assert figures(page, "Communication") == ["6", "0", "1", "0", "5", "0"]
    assert "1 after the decision" in page.text
    assert "After the decision" in page.follow("1 With guidance in “Comm").text


def test_a_student_counts_once_and_not_seen_takes_no_word_back(school: School) -> None:
    with school.database.write() as session:
        of = cases.Class(
            session.merge(school.of.course),
            session.merge(school.of.instructor),
            session.merge(school.of.contact),
        )
        who = session.get_one(Person, school.of.students[0].id)
        say(session, cases.project(session, of, who, minutes=480), 1, LATER)
        say(session, cases.project(session, of, who, minutes=480), None, LATER.replace(day=9))
        cases.drop(session, of, session.get_one(Person, school.of.students[5].id))

    page = school.teacher()

    # The first is at the level of the later project, and the last one left the course.
    assert figures(page, "Communication") == ["5", "1", "0", "0", "4", "0"]
    assert "Students with a project 5" in page.text


def test_other_words_are_another_line(school: School) -> None:
    with school.database.write() as session:
        row = session.scalars(select(Competency)).one()
        row.label = "Speaking and writing"
        said = wordings.keep(session, [row])[row.id]
        say(session, first(session), 3, LATER, number=2, wording_id=said.id)
        row.label = "Communication"

    page = school.teacher()

    assert figures(page, "Communication")[0] == "5"
    assert figures(page, "Speaking and writing") == ["1", "0", "0", "1", "0", "0"]
    assert "in its earliest words" in page.text


def test_by_program_and_term_with_what_the_instructor_found(school: School) -> None:
    with school.database.write() as session:
        for number, verdict in enumerate((Verdict.MET, Verdict.NOT_ENOUGH_EVIDENCE), 1):
            session.add(
                ObjectiveJudgement(
                    placement_id=first(session).id,
                    objective_lineage="frame" if number == 1 else "present",
                    verdict=verdict,
                    judged_by_id=school.of.instructor.id,
                )
            )

    page = school.office("/office/outcomes?term=2026-fall&program=HISTORY")
    assert figures(page, "Communication")[0] == "1"
    assert figures(page, "Students’ own objectives", "Instructor") == ["1", "1", "0", "0", "1"]
    behind = page.follow("1 Met in “Students’ own objectives”")
    assert behind.follow("Learner A").page_id.startswith("placements.")
    everybody = school.office("/office/outcomes?term=all")
    offered = [words(one).casefold() for one in everybody.soup.select("#program option")]
    assert offered == ["all programs", "history", "marketing"]
    assert figures(everybody, "Communication")[0] == "6"
    assert "No evidence in this choice" in school.office("/office/outcomes?program=Law").text


def test_a_course_without_a_term_counts_in_that_of_its_students_enrollments(
    school: School,
) -> None:
    with school.database.write() as session:
        course = session.get_one(Course, school.of.course.id)
        rows = session.scalars(select(Enrollment).order_by(Enrollment.id)).all()
        for row in rows[:4]:
            row.term_id = course.term_id
        course.term_id = None

    page = school.office("/office/outcomes?term=2026-fall")
    assert figures(page, "Communication")[0] == "4"
    everybody = school.office("/office/outcomes?term=all")
    behind = everybody.follow("6 Lifts others in “Communication”")
    assert "Fall 2026" in behind.text and "Without a term" in behind.text


def test_who_may_not_see_persons_gets_no_small_cells(school: School) -> None:
    with school.database.write() as session:
        say(session, first(session), 2, LATER, number=2)

    page = school.teacher()
    hidden = page.follow("See the page as others may")
    counts = {row[1]: row for row in table(page, "Figures (CSV)")}

    # One of six: with it goes the five, or their sum would tell it.
    assert figures(hidden, "Communication") == ["6", "0", "under", "0", "under", "0"]
    assert "students work on their own" not in hidden.text
    assert counts["Communication"][6:12] == [
        "6", "0", "fewer than 5", "0", "fewer than 5", "0",
    ]  # fmt: skip
    school.of.signed_in(
        school.browser(), school.database, school.of.students[0], CourseRole.STUDENT
    ).get(f"{school.of.address()}/outcomes", status=404)


def test_results_name_what_the_framework_s_files_name(school: School) -> None:
    with school.database.write() as session:
        row = session.scalars(select(Competency)).one()
        row.anchors = ["a", "b", "c", "d"]
        who = session.get_one(Person, school.of.students[0].id)
        who.name, who.sis_id = "=cmd|' /C calc'!A0", "900100"
        framework = row.framework_id

    page = school.office("/office/outcomes?term=all")
    package = json.loads(
        page.visitor.raw.get(f"/office/competencies/{framework}/export/case").data
    )
    case = table(page, "Results (CSV) for 1EdTech CASE")
    rows = [dict(zip(case[0], cells, strict=True)) for cells in case[1:]]
    one = next(row for row in rows if row["CFItem uri"] == package["CFItems"][0]["uri"])
    level = package["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][3]
    assert one["CFItem identifier"] == package["CFItems"][0]["identifier"]
    assert one["CFRubricCriterionLevel identifier"] == level["identifier"]
    assert one["student"].startswith("'=cmd") and one["sourcedId"] == "900100"

    canvas = table(page, "Results (CSV) for Canvas")
    outcomes = page.visitor.raw.get(f"/office/competencies/{framework}/export/canvas")
    assert set(canvas[0]) <= COLUMNS_OF_CANVAS
    said = dict(zip(canvas[0], canvas[1], strict=True))
    assert said["learning outcome id"] in outcomes.text
    assert [said[name] for name in POINTS] == ["4", "4", "3", "1"]
    moodle = table(page, "Results (CSV) for Moodle")
    assert len(canvas) == len(moodle) == 7 and moodle[1][0] == "900100"
    assert table(page, "Results (CSV) for Moodle") == moodle


def test_an_outcome_from_canvas_is_told_in_its_own_points(school: School) -> None:
    with school.database.write() as session:
        row = session.scalars(select(Competency)).one()
        tiers = [["10", "Best"], ["7.5", "Good"], ["5", "Fair"], ["0", "None"]]
        row.told = {
            "canvas": {"vendor_guid": "VG-1", "ratings": tiers, "mastery_points": "7.5"}
        }
        say(session, first(session), 2, LATER, number=2)

    heading, *rows = table(
        school.office("/office/outcomes?term=all"), "Results (CSV) for Canvas"
    )

    points = [[row[heading.index(name)] for name in POINTS] for row in rows]
    assert sorted(points) == [["10", "10", "7.5", "1"]] * 5 + [["5", "10", "7.5", "0"]]
    assert {row[heading.index("learning outcome id")] for row in rows} == {"VG-1"}


def test_a_level_is_no_grade_on_another_scale_of_moodle(school: School) -> None:
    def told() -> set[tuple[str, str]]:
        page = school.office("/office/outcomes?term=all")
        rows = table(page, "Results (CSV) for Moodle")[1:]
        return {(grade, note.partition(",")[0]) for _, _, grade, note in rows}

    assert told() == {("4", "Lifts others")}
    with school.database.write() as session:
        row = session.scalars(select(Competency)).one()
        row.framework.told = {"moodle": {"scale": "Not yet competent,Competent"}}

    assert told() == {("", "Lifts others")}


def test_the_page_asks_the_database_the_same_whatever_was_said(school: School) -> None:
    page = school.teacher()
    with statements(school.database) as few:
        page.visitor.get(page.path)
    with school.database.write() as session:
        of = cases.Class(
            session.merge(school.of.course),
            session.merge(school.of.instructor),
            session.merge(school.of.contact),
        )
        for number in range(4):
            placement = cases.project(session, of, cases.student(session, of, f"More {number}"))
            say(session, placement, 1 + number, LATER)
    with statements(school.database) as many:
        assert figures(page.visitor.get(page.path), "Communication")[0] == "10"

    assert len(many) == len(few)
