"""Who gets which case: by rules that are data, visibly, and with nothing lost from sight."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput
from careerlink.placements.models import Placement
from credit.cases import keeping
from credit.cases.models import CreditCasePlacement
from credit.routing import assigning, queries
from credit.routing.models import CaseAssignment, Criterion, RoutingRule
from tests.factories import cases
from tests.factories.evaluated import evaluate
from tests.functional.credit.routing.conftest import Faculty
from tests.pages import Visitor


def test_a_rule_written_on_the_page_sends_cases_to_one_of_them(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    page = faculty.queue(visitors(), faculty.of.instructor, "/routing")
    page = page.submit("Add rule", {"Every case": True, "Go to": "Idris Bello"})
    assert ["Every case", "Idris Bello"] in [row[:2] for row in page.rows()]
    faculty.case()

    idris = faculty.queue(visitors(), faculty.idris)
    assert "Maya Okafor" in idris.text and "Yours" in idris.text
    assert "New since you looked: evaluation" in idris.text
    home = idris.visitor.get(faculty.of.address() + "/")
    assert "decide on the credit of Maya Okafor" in home.text

    hana = faculty.queue(visitors(), faculty.of.instructor)
    assert "Maya Okafor" not in hana.text
    assert "decide on" not in hana.visitor.get(faculty.of.address() + "/").text
    assert "With Idris Bello" in hana.follow("Everyone’s").text


@pytest.mark.parametrize(
    ("criterion", "value", "fits"),
    [
        (Criterion.SECTION, "bus-310-02", True),
        (Criterion.SECTION, "BUS-310-01", False),
        (Criterion.PROGRAM, "Marketing", True),
        (Criterion.PROGRAM, "Finance", False),
    ],
)
def test_by_section_and_by_program(
    faculty: Faculty, criterion: Criterion, value: str, fits: bool
) -> None:
    faculty.rule(faculty.idris, criterion=criterion.value, value=value)

    case_id = faculty.case(section="BUS-310-02", program="Marketing")

    assert faculty.assigned(case_id) == (faculty.idris.id if fits else None)


def test_a_colleague_who_opens_an_agreement_sees_whose_it_is(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    faculty.rule(faculty.idris, criterion="section", value="BUS-310-02")
    case_id = faculty.case(section="BUS-310-02")
    with faculty.database.write() as session:
        placement = session.scalars(
            select(Placement)
            .join(CreditCasePlacement, CreditCasePlacement.placement_id == Placement.id)
            .where(CreditCasePlacement.credit_case_id == case_id)
        ).one()
        # The rule names the same before there is a case.
        owner = assigning.named(session, placement)
        assert owner is not None and owner.id == faculty.idris.id
        page = f"/placements/{placement.public_id}/agreement"

    line = "This one is with Idris Bello."
    assert line in faculty.queue(visitors(), faculty.of.instructor, page).text
    assert line not in faculty.queue(visitors(), faculty.idris, page).text


def test_by_workload_also_of_two_that_open_at_once(faculty: Faculty) -> None:
    faculty.rule()
    with faculty.database.write() as session:
        made = [
            cases.project(session, faculty.of, cases.student(session, faculty.of, name)).id
            for name in ("Maya Okafor", "Jonah Weiss", "Lena Frost", "Omar Aziz")
        ]
    start = threading.Barrier(len(made))

    def open_it(placement_id: int) -> None:
        start.wait(30)
        with faculty.database.write() as session:
            placement = session.get_one(Placement, placement_id)
            cases.open_case(session, placement)

    threads = [threading.Thread(target=open_it, args=(one,)) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    with faculty.database.read() as session:
        ids = [faculty.of.instructor.id, faculty.idris.id]
        assert queries.loads(session, ids) == dict.fromkeys(ids, 2)


def test_handing_over_keeps_both_names_and_the_reason(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    faculty.rule(faculty.of.instructor)
    faculty.case()
    packet = faculty.queue(visitors(), faculty.of.instructor).follow("Maya Okafor")
    form = packet.follow("Hand it over")

    form.submit("Hand over", {"Hand over to": "Idris Bello", "Why": " "}, status=422)
    page = form.submit("Hand over", {"Hand over to": "Idris Bello", "Why": "I know her well."})

    assert "Handed over from Hana Novak to Idris Bello: I know her well." in page.text
    assert "Maya Okafor" in faculty.queue(visitors(), faculty.idris).text
    assert "Maya Okafor" not in packet.visitor.get(faculty.of.address() + "/queue").text


def test_of_two_hand_overs_at_once_the_second_sees_the_first(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    case_id = faculty.case()
    first = faculty.queue(visitors(), faculty.of.instructor).follow("Maya Okafor")
    second = faculty.queue(visitors(), faculty.idris).follow("Maya Okafor")
    forms = [page.follow("Hand it over") for page in (first, second)]
    forms[0].submit("Hand over", {"Hand over to": "Idris Bello", "Why": "Hers."})
    forms[0].submit("Hand over", {"Hand over to": "Idris Bello", "Why": "Hers."})

    forms[1].submit("Hand over", {"Hand over to": "Hana Novak", "Why": "Mine."}, status=409)

    assert faculty.assigned(case_id) == faculty.idris.id
    with faculty.database.read() as session:
        assert len(session.scalars(select(CaseAssignment)).all()) == 1


def test_what_somebody_who_left_had_is_everybodys_and_stands_out(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    faculty.rule(faculty.idris)
    faculty.case()
    with faculty.database.write() as session:
        officer = cases.staff(session, faculty.of)
        member = session.query(CourseMember).filter_by(person_id=faculty.idris.id).one()
        member.dropped_at = datetime(2026, 10, 13, tzinfo=UTC)

    assert "With Idris Bello, who left" in faculty.queue(visitors(), faculty.of.instructor).text
    office = faculty.of.signed_in(visitors(), faculty.database, officer, CourseRole.NONE)
    page = office.get("/office/").follow("Hand it over")
    page.submit("Hand over", {"Hand over to": "Hana Novak", "Why": "He is on leave."})
    assert "somebody who left" not in office.get("/office/").text


def test_an_evaluation_stands_in_the_queue_at_once_and_is_marked_until_it_is_read(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    with faculty.database.write() as session:
        who = cases.student(session, faculty.of)
        placement = cases.project(session, faculty.of, who)
        case = cases.open_case(session, placement)
    faculty.rule(faculty.idris)
    hana, idris = visitors(), visitors()
    faculty.queue(idris, faculty.idris, "/queue?show=all").follow("Maya Okafor")
    with faculty.database.write() as session:
        evaluation = evaluate(session, session.merge(placement))
        keeping.when_evaluation_comes(session, evaluation.evaluation, faculty.of.as_instructor)
    assert faculty.assigned(case.id) == faculty.idris.id

    assert "New since you looked" in idris.get(faculty.of.address() + "/queue?show=all").text
    home = idris.get(faculty.of.address() + "/")
    assert "read the evaluation of Maya Okafor" in home.text
    assert "read the evaluation" not in faculty.queue(hana, faculty.of.instructor, "/").text

    home.follow("Open the packet")
    assert (
        "New since you looked" not in idris.get(faculty.of.address() + "/queue?show=all").text
    )


def test_cases_of_nobody_are_routed_by_a_button(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    case_id = faculty.case()
    faculty.rule(faculty.idris)
    assert faculty.assigned(case_id) is None

    page = faculty.queue(visitors(), faculty.of.instructor, "/routing")
    page = page.submit("Route what is nobody’s")

    assert "1 case went to an instructor" in page.text
    assert faculty.assigned(case_id) == faculty.idris.id
    page.submit("End rule")
    assert faculty.assigned(case_id) == faculty.idris.id


def test_the_office_sets_rules_where_courses_have_none(
    faculty: Faculty, visitors: Callable[[], Visitor]
) -> None:
    with faculty.database.write() as session:
        officer = cases.staff(session, faculty.of)
    office = faculty.of.signed_in(visitors(), faculty.database, officer, CourseRole.NONE)
    page = office.get("/office/routing")
    page.submit("Add rule", {"Students of one section": True}, status=422)
    page.submit("Add rule", {"Every case": True})

    assert faculty.assigned(faculty.case()) == faculty.of.instructor.id
    assert faculty.assigned(faculty.case("Jonah Weiss")) == faculty.idris.id

    page = office.get("/office/routing")
    page.submit("End rule")
    assert faculty.assigned(faculty.case("Lena Frost")) is None


def test_a_rule_names_only_somebody_who_decides_there(faculty: Faculty) -> None:
    with faculty.database.write() as session:
        helper = faculty.of.member(session, "Priya Raman", CourseRole.ASSISTANT)
    with pytest.raises(InvalidInput, match="decides in this course"):
        faculty.rule(helper)
    with faculty.database.read() as session:
        assert session.scalars(select(RoutingRule)).all() == []
        assert helper.id not in {
            one.id for one in queries.instructors(session, faculty.of.course.id)
        }
        assert not assigning.may_set(
            faculty.of.actor(helper, CourseRole.ASSISTANT), faculty.of.course
        )
