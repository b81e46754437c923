"""A registrar's file as it comes: any order, other names, other encodings, hostile content."""

from datetime import date

import pytest

from careerlink.csv_text import FileRefused
from careerlink.enrollments import reading
from careerlink.enrollments.models import EnrollmentLevel
from careerlink.enrollments.reading import ReadLine

USUAL = (
    "student_sis_id,term,crn,section,course,credits,added,dropped,level,program,dept\n"
    "S2001,2026-fall,41310,001,BUS-310,3,2026-08-20,,UG,Business Analytics,Business\n"
)


def only(text: str | bytes) -> ReadLine:
    data = text.encode() if isinstance(text, str) else text
    (line,) = reading.read(data).lines()
    return line


def test_our_own_names_in_our_own_order() -> None:
    line = only(USUAL)

    assert (line.line, line.sis_id, line.term, line.crn) == (2, "S2001", "2026-fall", "41310")
    assert (line.section, line.course_name, line.problem) == ("001", "BUS-310", "")
    assert line.facts == {
        "credits_thousandths": 3000,
        "added_on": date(2026, 8, 20),
        "dropped_on": None,
        "is_withdrawn": False,
        "level": EnrollmentLevel.UNDERGRADUATE,
        "program": "Business Analytics",
        "department": "Business",
    }


def test_others_names_any_order_a_mark_and_semicolons_say_the_same() -> None:
    exported = (
        "\ufeffUnits;Career;Drop Date;Add Dt;Class Nbr;Emplid;STRM;Subject;Catalog Nbr;Sec;"
        "Plan;Acad Org\r\n"
        '3,00;UGRD;;08/20/2026;41310;="S2001";2026-fall;BUS;310;001;Business Analytics;'
        "Business\r\n"
    )
    line, usual = only(exported), only(USUAL)

    assert line.facts == usual.facts
    assert (line.sis_id, line.crn, line.term, line.section) == (
        "S2001",
        "41310",
        "2026-fall",
        "001",
    )
    assert line.course_name == "BUS 310"


@pytest.mark.parametrize(
    "cell",
    ["2026-09-03", "2026-09-03 00:00:00", "9/3/2026", "09/03/26", "03-SEP-2026", "03-SEP-26",
     "Sep 3, 2026", "46268"],
)  # fmt: skip
def test_a_day_is_read_as_registrars_and_spreadsheets_write_it(cell: str) -> None:
    line = only(f'sis_id,crn,added\nS1,41310,"{cell}"\n')

    assert line.facts["added_on"] == date(2026, 9, 3)


def test_one_date_that_can_mean_only_one_thing_says_how_all_are_read() -> None:
    read = reading.read(b"sis_id,crn,added\nS1,1,03/09/2026\nS2,1,14/09/2026\n")

    assert [line.facts["added_on"] for line in read.lines()] == [
        date(2026, 9, 3),
        date(2026, 9, 14),
    ]
    assert reading.DAY_FIRST in read.notes
    with pytest.raises(FileRefused, match="Some dates have the day first"):
        reading.read(b"sis_id,crn,added\nS1,1,03/14/2026\nS2,1,14/09/2026\n")


def test_what_is_not_utf8_is_read_and_said_aloud() -> None:
    read = reading.read("sis_id,crn,program\nS1,1,Économie\n".encode("cp1252"))

    assert next(read.lines()).facts["program"] == "Économie"
    assert reading.AS_LATIN in read.notes


FAULTY = [
    ("credits", "-3", "one course has 0 to 30"),
    ("credits", "3000", "one course has 0 to 30"),
    ("credits", "1e400", "one course has 0 to 30"),
    ("credits", "NaN", "one course has 0 to 30"),
    ("credits", "three", "is no number of credits"),
    ("credits", "0.3333", "at most three decimals"),
    ("added", "2026-02-30", "is no day"),
    ("added", "99999", "is no day"),
    ("dropped", "2026-08-01", "before the student was added"),
    ("level", "3", "neither undergraduate nor graduate"),
    ("crn", "", "No CRN"),
    ("crn", "4" * 33, "33 characters"),
    ("student_sis_id", " ", "No student's id"),
]


@pytest.mark.parametrize(("column", "cell", "words"), FAULTY)
def test_one_cell_that_means_nothing_makes_a_problem_of_its_line(
    column: str, cell: str, words: str
) -> None:
    heading, good = USUAL.splitlines()
    cells = dict(zip(heading.split(","), good.split(","), strict=True))
    row = ",".join({**cells, column: cell}.values())

    read = reading.read(f"{heading}\n{good}\n{row}\n".encode())
    lines = list(read.lines())

    assert [bool(line.problem) for line in lines] == [False, True]
    assert words in lines[1].problem


REFUSED = [
    (b"\n \n", "empty"),
    (USUAL.splitlines()[0].encode(), "no line under it"),
    (b"<html><body><table><tr><td>student_sis_id</td></tr></table>\n<p>", "No column"),
    (b"name,credits\nMaya,3\n", "No column student_sis_id and no column crn"),
    (b"crn,student_id,emplid\n1,S1,S1\n", "mean the same"),
    (b"sis_id,crn\nS1,4\x001\n", "not a text file"),
    (b"sis_id,crn\nS1," + b"x" * 1_000_000 + b"\n", "too long"),
    (b'sis_id,crn\n"S1,41310\n', "quotation marks"),
    (b"sis_id,crn\n" + b"S1,1\n" * 100_001, "more than 100000 rows"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_file_that_is_no_list_is_refused_whole(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        reading.read(data)


def test_a_withdrawal_needs_its_day() -> None:
    heading = "sis_id,crn,dropped,grade\n"

    assert only(f"{heading}S1,1,2026-11-02,W\n").facts["is_withdrawn"] is True
    assert only(f"{heading}S1,1,,B+\n").facts["is_withdrawn"] is False
    assert "no day" in only(f"{heading}S1,1,,W\n").problem


def test_who_is_enrolled_has_no_withdrawal_either() -> None:
    line = only("sis_id,crn,dropped\nS1,1,\n")

    assert line.facts == {"dropped_on": None, "is_withdrawn": False}


def test_dots_put_the_day_first_where_nothing_says_otherwise() -> None:
    assert only("sis_id,crn,added\nS1,1,03.09.2026\n").facts["added_on"] == date(2026, 9, 3)
    assert only("sis_id,crn,added\nS1,1,03/09/2026\n").facts["added_on"] == date(2026, 3, 9)
    american = reading.read(b"sis_id,crn,added\nS1,1,03.09.2026\nS2,1,09.14.2026\n")
    assert [one.facts["added_on"].month for one in american.lines()] == [3, 9]


BANNER = "sis_id,crn,registration_status,registration_status_date\n"


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        ("RW", {"added_on": date(2026, 9, 3), "dropped_on": None, "is_withdrawn": False}),
        ("**Web Registered**", {"added_on": date(2026, 9, 3), "dropped_on": None}),
        ("DW", {"dropped_on": date(2026, 9, 3), "is_withdrawn": False}),
        ("WD", {"dropped_on": date(2026, 9, 3), "is_withdrawn": True}),
    ],
)
def test_a_registrars_own_codes_say_who_is_in_and_since_when_or_who_left(
    status: str, facts: dict[str, object]
) -> None:
    line = only(f"{BANNER}S1,41310,{status},03-SEP-2026\n")

    assert line.problem == ""
    assert {name: line.facts.get(name) for name in facts} == facts
    assert ("added_on" in line.facts) == ("added_on" in facts)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("WL", "On the wait list, so not enrolled."),
        ("D7", "The status “D7” is unknown"),
        ("DD", "Dropped, but no day in a column “dropped”."),
    ],
)
def test_nobody_is_enrolled_by_a_status_that_does_not_say_so(status: str, words: str) -> None:
    line = only(f"{BANNER}S1,41310,{status},\n")

    assert words in line.problem
