"""What a course offers for agreements: its own set, which its copy takes over."""

from collections.abc import Callable

from careerlink.courses import copies
from careerlink.courses.models import Course
from careerlink.db import Database
from credit.competencies import choosing, queries
from tests.factories.agreements import Scene
from tests.pages import Visitor


def page(cast: Scene) -> str:
    return f"/courses/{cast.course.public_id}/competencies"


def choose(instructor: Visitor, cast: Scene, ids: list[int]) -> None:
    form = instructor.get(page(cast)).form("Offer these")
    field = next(name for name in form.data if name.startswith("framework_"))
    instructor.post(page(cast), {**form.data, field: [str(number) for number in ids]})


def test_agreements_offer_what_the_course_has_chosen(
    instructor: Visitor, cast: Scene, offered: Callable[[], list[str]]
) -> None:
    assert "The institution’s usual ones" in instructor.get(page(cast)).text
    choose(instructor, cast, cast.competency_ids[:2])

    assert offered() == ["Communication", "Critical thinking"]
    shown = instructor.get(page(cast))
    assert "Your own choice" in shown.text
    shown.submit("Go back to the usual ones")
    assert "Teamwork" in offered()


def test_a_plan_keeps_the_competency_that_it_names(
    cast: Scene, instructor: Visitor, database: Database
) -> None:
    choose(instructor, cast, cast.competency_ids[2:])

    with database.read() as session:
        course = session.get_one(Course, cast.course.id)
        still = queries.offered_in(session, course, besides=[cast.competency_ids[0], 10_000])
    assert [one.id for one in still] == [*cast.competency_ids[2:], cast.competency_ids[0]]


def test_a_copy_takes_the_choice_along(cast: Scene, database: Database) -> None:
    with database.write() as session:
        course = session.get_one(Course, cast.course.id)
        choosing.choose(session, course, cast.competency_ids[:2], actor=cast.staff)
        copy = Course(
            institution_id=course.institution_id,
            label="BUS-310",
            title="Applied Analytics",
            copied_from_id=course.id,
        )
        session.add(copy)
        session.flush()
        offered = {one.part.key: one.offered for one in copies.choices(session, copy, course)}
        assert offered["competencies"].names == ("Communication", "Critical thinking")

        copies.answer(session, copy, actor=cast.staff, keys=["competencies"])

        assert [one.id for one in queries.offered_in(session, copy)] == cast.competency_ids[:2]
        assert choosing.preview(session, course, copy) is None


def test_what_is_not_of_this_institution_is_never_chosen(
    cast: Scene, database: Database
) -> None:
    with database.write() as session:
        course = session.get_one(Course, cast.course.id)
        choosing.choose(session, course, [10_000, cast.competency_ids[0]], actor=cast.staff)

        assert choosing.ids_of(session, course) == {cast.competency_ids[0]}
