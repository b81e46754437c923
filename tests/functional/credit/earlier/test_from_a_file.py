"""Earlier credit of many students from a file: looked at first, and counted once."""

import io
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.people.models import Person
from credit.cases.models import CreditCase, DecisionOutcome
from credit.earlier import operations
from credit.earlier.models import EarlierCredit, EarlierKind
from credit.earlier.operations import Said
from tests.factories import case_life, cases
from tests.factories.school import sign_in
from tests.functional.credit.earlier.conftest import AskingDesk
from tests.pages import Page, Visitor

HEADING = "student_sis_id,course,credits,earned"
SEE = "See what it would put on record"
CREDIT = "S2001,BUS-310,1.5,2025-05-12"
BUS_310 = Said(EarlierKind.CREDIT, "Seen", "BUS-310", 1500, earned_on=date(2025, 5, 12))


@dataclass
class Office:
    desk: AskingDesk
    staff: Person
    visitor: Visitor

    def look(self, *lines: str, status: int = 200, source: str = "Transcripts") -> Page:
        data = "\n".join([HEADING, *lines]).encode()
        values = {
            "File": (io.BytesIO(data), "earlier.csv"),
            "Source of lines that name none": source,
        }
        page = self.visitor.get("/office/earlier-credit")
        return page.submit(SEE, values, status=status)

    def put(self, *lines: str) -> Page:
        number = len(lines)
        return self.look(*lines).submit(
            f"Put {number} {'line' if number == 1 else 'lines'} on record"
        )

    def record(self, said: Said) -> None:
        with self.desk.database.write() as session:
            case = session.get_one(CreditCase, self.desk.case_id)
            operations.record(session, case, said, actor=case_life.as_staff(self.staff))

    def records(self) -> list[tuple[str, int]]:
        with self.desk.database.read() as session:
            rows = session.scalars(
                select(EarlierCredit)
                .where(EarlierCredit.removed_at.is_(None))
                .order_by(EarlierCredit.id)
            )
            return [(row.course_label, row.credits_thousandths) for row in rows]


@pytest.fixture
def office(desk: AskingDesk, client: Visitor) -> Office:
    with desk.database.write() as session:
        session.get_one(Person, desk.case.person_id).sis_id = "S2001"
        staff = cases.staff(session, desk.of)
    return Office(desk, staff, sign_in(client, desk.database, staff))


def test_it_is_looked_at_by_name_counts_in_the_sum_and_the_same_file_twice_is_once(
    office: Office,
) -> None:
    seen = office.look(CREDIT, "S9999,BUS-310,1,2025-05-12")
    assert "Maya Okafor" in seen.text
    assert "Nobody in CareerLink has this id yet" in seen.text
    assert office.records() == []

    done = seen.submit("Put 1 line on record")
    assert "1 line put on record." in done.text
    assert "1 with a problem left out" in done.text
    # Pressed twice: the second finds it there.
    again = seen.submit("Put 1 line on record")
    assert "All of it is on record already." in again.text
    assert office.records() == [("BUS-310", 1500)]
    assert [one.thousandths for one in office.desk.facts().inputs.earlier] == [1500]

    # However the course is spaced.
    assert "says what is on record already" in office.look("S2001,bus 310,1.5,5/12/2025").text
    with office.desk.database.read() as session:
        verbs = session.scalars(select(AuditEntry.action)).all()
    assert verbs.count("earlier_credit:record") == 1


def test_another_figure_takes_the_old_one_back_and_nothing_gives_way_to_credit(
    office: Office,
) -> None:
    office.put("S2001,,0,")
    assert office.desk.facts().inputs.nothing_earlier_id is not None

    page = office.look(CREDIT)
    assert "Nothing earlier" in page.text
    page.submit("Put 1 line on record")
    assert office.records() == [("BUS-310", 1500)]

    office.put(CREDIT.replace("1.5", "2"))
    assert office.records() == [("BUS-310", 2000)]
    assert [one.thousandths for one in office.desk.facts().inputs.earlier] == [2000]
    assert "Earlier credit of this student is on record." in office.look("S2001,,0,").text


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("S2001,BUS-310,1.5,",), "Name the same day, or leave it out"),
        ((CREDIT, "S2001,BUS 310,2,2025-05-12"), "Line 2 gives other credits"),
        (("S2001,ECON-1,1,", "S2001,ECON 1,2,"), "Line 3 gives other credits"),
        ((CREDIT, CREDIT.replace("-", " ", 1)), "The same as line 2; that one counts."),
        ((CREDIT, "S2001,,0,"), "Another line says that this student has earlier credit"),
        (("S-STAFF,BUS-310,1,2025-05-12",), "Somebody else puts your own credit on record"),
        (("S-TEST,BUS-310,1,2025-05-12",), "Nobody in CareerLink has this id yet"),
        (("S-ELSEWHERE,BUS-310,1,2025-05-12",), "Nobody in CareerLink has this id yet"),
        (("S-TWO,BUS-310,1,2025-05-12",), "2 people in CareerLink have this id"),
    ],
    ids=[
        "no_day",
        "other",
        "other_first",
        "twice",
        "both",
        "own",
        "test",
        "institution",
        "two_people",
    ],
)
def test_what_might_be_wrong_is_a_problem_and_never_taken(
    office: Office, lines: tuple[str, ...], says: str
) -> None:
    of = office.desk.of
    office.record(BUS_310)
    with office.desk.database.write() as session:
        session.get_one(Person, office.staff.id).sis_id = "S-STAFF"
        other = cases.school_class(session, "elsewhere")
        people = [cases.student(session, of, name) for name in ("Ada B", "Bo C", "Cy D")]
        for person, number in zip(people, ("S-TWO", "S-TWO", "S-TEST"), strict=True):
            person.sis_id = number
        people[-1].is_test = True
        cases.student(session, other).sis_id = "S-ELSEWHERE"
    before = office.records()

    page = office.look(*lines)

    assert says in page.text
    assert not any(button.startswith("Put") for button in page.buttons)
    assert office.records() == before


def test_what_careerlink_decided_itself_does_not_count_twice(office: Office) -> None:
    label = office.desk.of.course.label
    office.desk.decide(
        DecisionOutcome.APPROVED, confirmed_rules=("lifetime", "host", "double_count")
    )

    today = office.look(f"S2001,{label},1,2026-10-14")
    assert "CareerLink itself decided 1 credit" in today.text
    assert "CareerLink itself decided" in office.look(f"S2001,{label},1,").text
    assert "Put 1 line on record" in office.look(f"S2001,{label},1,2025-05-12").buttons


def test_what_changed_since_it_was_looked_at_is_shown_first(office: Office) -> None:
    page = office.look(CREDIT, "S2001,ECON-1,1,2024-05-12")
    office.record(BUS_310)

    shown = page.submit("Put 2 lines on record", status=409)
    assert "changed meanwhile" in shown.text
    shown.submit("Put 1 line on record")
    assert office.records() == [("BUS-310", 1500), ("ECON-1", 1000)]


def test_no_file_and_no_table_are_said_beside_the_field(office: Office) -> None:
    page = office.visitor.get("/office/earlier-credit")
    assert "Choose a file." in page.submit(SEE, status=422).text
    nothing = {"File": (io.BytesIO(b"name,credits\nMaya,1"), "x.csv")}
    assert "No column student_sis_id" in page.submit(SEE, nothing, status=422).text
