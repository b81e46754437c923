"""The gradebook as a page and as JSON."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from lti.demo_lms.gradebook import Grade, LineItem, Traffic
from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import the_lms

bp = Blueprint("gradebook", __name__)


@bp.get("/gradebook")
def show() -> str:
    lms = the_lms()
    with lms.mutex:
        return _page(lms)


def _page(lms: Lms) -> str:
    courses = [
        {
            "course": course,
            "columns": [i for i in lms.school.line_items if i.course_id == course.id],
            "students": [
                lms.person(e.person_id)
                for e in lms.school.enrollments
                if e.course_id == course.id and e.role == "student"
            ],
        }
        for course in lms.school.courses
    ]
    grades = {(grade.item_id, grade.person_id): grade for grade in lms.school.grades}
    return render_template("gradebook.html", courses=courses, grades=grades)


@bp.get("/gradebook.json")
def as_json() -> Response:
    lms = the_lms()
    with lms.mutex:
        return jsonify(snapshot(lms))


def snapshot(lms: Lms) -> dict[str, Any]:
    """``columns``, and one entry in ``grades`` for each person the tool or a teacher graded."""
    return {
        "family": lms.school.family,
        "columns": [_column(lms, item) for item in lms.school.line_items],
        "grades": [
            _cell(lms, item, traffic, grade)
            for item in lms.school.line_items
            for traffic, grade in _cells(lms, item)
        ],
    }


def _cells(lms: Lms, item: LineItem) -> list[tuple[Traffic, Grade]]:
    cells = []
    for person in lms.school.people:
        ids = (str(person.id), person.uuid)
        traffic = [t for t in lms.school.traffic if t.item_id == item.id and t.person_id in ids]
        grade = lms.find_grade(item.id, person.id)
        if traffic or grade:
            counted = Traffic(
                item.id,
                str(person.id),
                calls=sum(t.calls for t in traffic),
                applied=sum(t.applied for t in traffic),
            )
            cells.append((counted, grade or Grade(item.id, person.id)))
    return cells


def _column(lms: Lms, item: LineItem) -> dict[str, Any]:
    activity = lms.find_activity(item.link) if item.link is not None else None
    return {
        "id": item.id,
        "course": lms.course(item.course_id).label,
        "link": activity.key if activity else None,
        "label": item.label,
        "maximum": item.maximum,
        "own": item.own_activity is not None,
        "tag": item.tag,
        "resource_id": item.resource_id,
        "locked": item.locked,
    }


def _cell(lms: Lms, item: LineItem, traffic: Traffic, grade: Grade) -> dict[str, Any]:
    person = lms.person(grade.person_id)
    column = _column(lms, item)
    return {
        "person": person.key,
        "name": person.name,
        "user_id": str(person.id),
        "sub": person.uuid if lms.school.family == "canvas" else str(person.id),
        "column": item.id,
        "course": column["course"],
        "link": column["link"],
        "label": item.label,
        "score": grade.final,
        "maximum": item.maximum,
        "raw": grade.raw,
        "comment": grade.feedback,
        "modified": grade.modified.isoformat() if grade.modified else None,
        "overridden": grade.overridden,
        "attempts": traffic.calls,
        "applied": traffic.applied,
        "submission": {
            "attempt": grade.submission.attempt,
            "type": grade.submission.type,
            "data": grade.submission.data,
            "needs_review": grade.submission.needs_review,
            "comments": grade.submission.comments,
        },
    }
