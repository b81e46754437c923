"""Which heading of a registrar's file means what: our names and what others call the same."""

import re
from collections.abc import Collection, Mapping, Sequence

from careerlink.csv_text import FileRefused

NAMES: dict[str, tuple[str, ...]] = {
    "sis_id": (
        "student_sis_id", "student_id", "sis_id", "sis_user_id", "user_id", "student_number",
        "banner_id", "emplid", "id_number", "idnumber",
    ),
    "term": ("term", "term_code", "term_id", "semester", "strm"),
    "crn": (
        "crn", "class_number", "class_nbr", "course_reference_number", "section_sis_id",
        "sis_section_id", "section_id",
    ),
    "section": ("section", "section_number", "sec", "class_section"),
    "course": ("course", "course_id", "course_code", "subject_course", "course_sis_id"),
    "subject": ("subject", "subject_code", "subj"),
    "number": ("course_number", "catalog_number", "catalog_nbr", "number"),
    "credits": ("credits", "credit_hours", "credit_hrs", "units", "credit", "unit_taken"),
    "added_on": (
        "added", "added_on", "add_date", "add_dt", "date_added", "enrolled", "enrolled_on",
        "enrollment_date", "registered_on", "registration_date",
    ),
    "first_added_on": (
        "first_added", "first_added_on", "original_enrollment", "original_add_date",
        "first_enrolled_on",
    ),
    "dropped_on": (
        "dropped", "dropped_on", "drop_date", "drop_dt", "date_dropped", "withdrawn_on",
        "withdrawal_date",
    ),
    "level": ("level", "student_level", "academic_level", "career", "academic_career"),
    "department": (
        "department", "dept", "department_code", "dept_code", "academic_organization",
        "acad_org", "academic_org", "course_department",
    ),
    "program": ("program", "degree_program", "academic_program", "major", "plan"),
    "is_withdrawn": ("withdrawn", "w", "grade", "mark"),
    "status": (
        "status", "registration_status", "registration_status_code", "rsts_code", "rsts",
        "enrollment_status", "stdnt_enrl_status",
    ),
    "status_on": ("registration_status_date", "status_date", "rsts_date"),
}  # fmt: skip
NEEDED = {"sis_id": "student_sis_id", "crn": "crn"}
MATTERS = {"sis_id", "term", "crn", "credits", "added_on", "dropped_on", "status"}
"""Of these two columns would leave open which one counts; of others the first does."""
HEADING_SHOWN = 40


def found_in(
    headings: Sequence[str],
    *,
    names: Mapping[str, Sequence[str]] = NAMES,
    needed: Mapping[str, str] = NEEDED,
    matters: Collection[str] = MATTERS,
) -> tuple[dict[str, int], list[str]]:
    """Where each thing stands, and the headings that mean nothing to us.

    :raises FileRefused: a needed column is not there, or two mean the same.
    """
    found: dict[str, int] = {}
    unused: list[str] = []
    faults: list[str] = []
    for at, heading in enumerate(headings):
        name = _meaning(heading, names)
        if name is None or name in found and name not in matters:
            unused.append(_short(heading))
        elif name in found:
            first = _short(headings[found[name]])
            faults.append(f"“{first}” and “{_short(heading)}” mean the same; leave one out.")
        else:
            found[name] = at
    lacking = [words for name, words in needed.items() if name not in found]
    if lacking:
        seen = ", ".join(_short(heading) for heading in headings[:12] if heading.strip())
        faults.append(
            f"No column {' and no column '.join(lacking)}. The first line has: {seen or '–'}."
        )
    if faults:
        raise FileRefused(faults)
    return found, [heading for heading in unused if heading]


def _meaning(heading: str, names: Mapping[str, Sequence[str]]) -> str | None:
    plain = re.sub(r"[^a-z0-9]+", "_", heading.strip().casefold()).strip("_")
    return next((name for name, known in names.items() if plain in known), None)


def _short(heading: str) -> str:
    plain = " ".join(heading.split())
    return plain if len(plain) <= HEADING_SHOWN else f"{plain[:HEADING_SHOWN]}…"
