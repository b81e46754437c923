"""Which course a line of the registrar's file names."""

from careerlink.courses.models import Course
from careerlink.enrollments.models import CourseCrn
from tests.functional.credit.registrar.conftest import Office, table


def test_of_courses_taught_as_one_each_line_names_the_course_of_its_number(
    office: Office,
) -> None:
    office.approved("Maya Okafor")
    office.approved("Noor Haddad", crn="20771")
    with office.database.write() as session:
        place = {"institution_id": office.term.institution_id, "term_id": office.term.id}
        linked = Course(label="ENV-220", title="Rivers", joined_id=office.of.course.id, **place)
        session.add(linked)
        session.flush()
        for crn, course_id in (("11042", office.of.course.id), ("20771", linked.id)):
            session.add(CourseCrn(term_id=office.term.id, crn=crn, course_id=course_id))

    told = table(office.make())

    assert [(line["crn"], line["subject"], line["course"]) for line in told] == [
        ("11042", "BUS", "BUS-310"),
        ("20771", "ENV", "ENV-220"),
    ]
