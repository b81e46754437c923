"""The sample class: courses, people, and the accounts under which the demo LMS knows them."""

from sqlalchemy import select

from careerlink import clock
from careerlink.courses.models import (
    Course,
    CourseMember,
    CourseObjective,
    CourseSection,
)
from careerlink.courses.roles import CourseRole
from careerlink.demo import cast
from careerlink.demo.content import SampleContent
from careerlink.demo.loading import Loading
from careerlink.enrollments.models import Enrollment
from careerlink.listings.models import PersonSkill, SavedListing
from careerlink.people import grants
from careerlink.people.models import OfficeRole, Person
from credit.policy.models import CoursePolicy
from lti.demo_lms.demo_course import CastMember, DemoCourse, context_ids, person_ids
from lti.models import Family, LtiContext, LtiDeployment, LtiMembership, LtiUser

ROLES = {"instructor": CourseRole.INSTRUCTOR, "assistant": CourseRole.ASSISTANT}
OFFICE = {"staff": OfficeRole.STAFF, "admin": OfficeRole.ADMIN}
FRESH = ("student1", "student2", "student3")
"""Whom a visitor plays: they have only looked around so far."""
NOTES = {
    "instructor": "Decides on credit in BUS-310",
    "instructor2": "Teaches ENV-220",
    "assistant": "Helps in the course; may look, not decide",
    "staff": "Works at the career office",
    "staff2": "Directs the career office",
    "admin": "Runs the learning management system",
}


def lms_courses(content: SampleContent) -> list[DemoCourse]:
    return [
        DemoCourse(course.code, course.title, sis_id=f"{course.code}-F26")
        for course in content.courses
    ]


def lms_people(content: SampleContent) -> list[CastMember]:
    """Everybody, the people to be first; the order decides their numbers in the LMS."""
    people = [
        CastMember(
            person.key,
            person.given,
            person.family,
            person.role,
            email=person.email,
            sis_id=f"E{1001 + number}",
            note=NOTES.get(person.key, person.title),
            courses=person.courses,
        )
        for number, person in enumerate(content.cast.people)
    ]
    students = [
        CastMember(
            student.key,
            student.given,
            student.family,
            "student",
            email=student.email,
            sis_id=f"S{2001 + number}",
            note=student.stage,
            courses=(student.course,),
            is_test_student=student.test,
        )
        for number, student in enumerate(content.cast.students)
        if student.dropped_in is None
    ]
    first = [member for member in students if member.key in FRESH]
    rest = [member for member in students if member not in first]
    shown = [member for member in people if member.key not in ("instructor2", "staff2")]
    others = [member for member in people if member not in shown]
    return [*first, *shown, *others, *rest]


def load(loading: Loading) -> None:
    _courses(loading)
    for person in loading.content.cast.people:
        _person(loading, person)
    for student in loading.content.cast.students:
        _student(loading, student)
    loading.session.flush()
    _accounts(loading)


def _courses(loading: Loading) -> None:
    for course in loading.content.courses:
        row = Course(
            institution_id=loading.institution.id,
            term_id=loading.term.id if loading.term is not None else None,
            label=course.code,
            title=course.title,
            created_at=loading.moment(-84),
        )
        loading.session.add(row)
        loading.session.flush()
        loading.courses[course.code] = row
        loading.session.add_all(
            CourseObjective(
                course_id=row.id,
                objective_id=loading.objectives[objective.key].id,
                position=objective.number,
            )
            for objective in course.objectives
        )
        loading.session.add_all(
            CourseSection(course_id=row.id, sis_id=section.crn, name=section.number)
            for section in course.sections
        )
        loading.session.add(
            CoursePolicy(
                course_id=row.id,
                policy_version_id=loading.policies[course.code].id,
                chosen_at=row.created_at,
            )
        )


def _person(loading: Loading, person: cast.Person) -> None:
    row = Person(
        institution_id=loading.institution.id,
        name=person.name,
        email=person.email,
        # As the LMS sends it with a launch.
        sis_id=f"E{1001 + len(loading.people)}",
    )
    loading.session.add(row)
    loading.session.flush()
    loading.people[person.key] = row
    for code in person.courses:
        _member(loading, row, code, ROLES[person.role])
    if person.role in OFFICE:
        with clock.at(loading.moment(-120)):
            grants.grant(
                loading.session,
                loading.institution,
                email=person.email,
                role=OFFICE[person.role],
                actor=loading.system,
            )


def _student(loading: Loading, student: cast.Student) -> None:
    number = len(loading.people)
    row = Person(
        institution_id=loading.institution.id,
        name=student.name,
        email=student.email or None,
        sis_id=f"S{2001 + number - len(loading.content.cast.people)}",
        is_test=student.test,
    )
    loading.session.add(row)
    loading.session.flush()
    loading.people[student.key] = row
    member = _member(loading, row, student.course, CourseRole.STUDENT)
    member.is_test = student.test
    course = loading.courses[student.course]
    section = loading.session.scalars(
        select(CourseSection).filter_by(course_id=course.id, name=student.section)
    ).one()
    loading.session.add(
        Enrollment(
            course_id=course.id,
            person_id=row.id,
            term_id=course.term_id,
            section_id=section.id,
            crn=section.sis_id,
            credits_thousandths=student.credits,
            program=student.program,
            added_on=loading.day(student.enrolled_in),
        )
    )
    loading.session.add_all(
        PersonSkill(person_id=row.id, skill_id=loading.skills[key].id) for key in student.skills
    )
    loading.session.add_all(
        SavedListing(person_id=row.id, listing_id=loading.listings[key].id)
        for key in student.saved
    )


def _member(loading: Loading, person: Person, code: str, role: CourseRole) -> CourseMember:
    row = CourseMember(
        course_id=loading.courses[code].id,
        person_id=person.id,
        launch_role=role,
        first_seen_at=loading.moment(-80),
    )
    loading.session.add(row)
    return row


def _accounts(loading: Loading) -> None:
    """What launches of either family will find: the same people in the same courses."""
    people, courses = lms_people(loading.content), lms_courses(loading.content)
    subs, contexts = person_ids(people), context_ids(courses)
    deployments = loading.session.query(LtiDeployment).filter(
        LtiDeployment.institution_id == loading.institution.id
    )
    for deployment in deployments.all():
        family = deployment.registration.family
        name = "canvas" if family == Family.CANVAS else "moodle"
        rows = {
            label: LtiContext(
                deployment_id=deployment.id,
                context_id=getattr(identity, name),
                course_id=loading.courses[label].id,
                label=label,
                title=loading.courses[label].title,
            )
            for label, identity in contexts.items()
        }
        loading.session.add_all(rows.values())
        loading.session.flush()
        for member in people:
            account = LtiUser(
                registration_id=deployment.registration_id,
                institution_id=loading.institution.id,
                sub=getattr(subs[member.key], name),
                person_id=loading.people[member.key].id,
                is_test=member.is_test_student,
            )
            loading.session.add(account)
            loading.session.flush()
            loading.session.add_all(
                LtiMembership(context_id=rows[label].id, lti_user_id=account.id)
                for label in member.courses
            )
