"""Finding things in the platform's state."""

from lti.demo_lms.course import Activity, Course
from lti.demo_lms.gradebook import Grade, LineItem, Result, Traffic
from lti.demo_lms.keys import PlatformKey
from lti.demo_lms.people import Enrollment, Person
from lti.demo_lms.school import School
from lti.demo_lms.tools import FamilyName, Tool


class Missing(LookupError):
    """The platform has no such thing."""


class Lookup:
    def __init__(self, school: School) -> None:
        self.school = school

    def find_person(self, key: str) -> Person | None:
        """By key, Moodle id, Canvas id or Canvas UUID."""
        return next((p for p in self.school.people if key in (p.key, str(p.id), p.uuid)), None)

    def person(self, key: str | int | Person) -> Person:
        if isinstance(key, Person):
            return key
        person = self.find_person(str(key))
        if person is None:
            raise Missing(f"no person {key}")
        return person

    def find_course(self, course_id: int) -> Course | None:
        return next((c for c in self.school.courses if c.id == course_id), None)

    def course(self, course_id: int | Course | None = None) -> Course:
        """That course, or the first one."""
        if isinstance(course_id, Course):
            return course_id
        for course in self.school.courses:
            if course_id is None or course.id == course_id:
                return course
        raise Missing(f"no course {course_id}")

    def find_activity(self, activity_id: int) -> Activity | None:
        return next((a for a in self.school.activities if a.id == activity_id), None)

    def activity(
        self, key: str | int | Activity, course: int | Course | None = None
    ) -> Activity:
        """By key (in the first course unless ``course`` says another) or by number."""
        if isinstance(key, Activity):
            return key
        if isinstance(key, int):
            found = self.find_activity(key)
        else:
            course_id = self.course(course).id
            found = next(
                (
                    a
                    for a in self.school.activities
                    if a.key == key and a.course_id == course_id and not a.deleted
                ),
                None,
            )
        if found is None:
            raise Missing(f"no activity {key}")
        return found

    def find_line_item(self, item_id: int) -> LineItem | None:
        return next((i for i in self.school.line_items if i.id == item_id), None)

    def line_item(self, item: int | str | LineItem) -> LineItem:
        """By number, or the own column of the activity with that key."""
        if isinstance(item, LineItem):
            return item
        if isinstance(item, str):
            activity = self.activity(item)
            found = next(
                (i for i in self.school.line_items if i.own_activity == activity.id), None
            )
        else:
            found = self.find_line_item(item)
        if found is None:
            raise Missing(f"no line item {item}")
        return found

    def find_tool(self, client_id: str) -> Tool | None:
        return next((t for t in self.school.tools if t.client_id == client_id), None)

    def tool(self, key: str = "tool", family: FamilyName | None = None) -> Tool:
        family = family or self.school.family
        for tool in self.school.tools:
            if tool.key == key and tool.family == family:
                return tool
        raise Missing(f"no tool {key} of {family}")

    def enrollments_of(self, person_id: int, course_id: int) -> list[Enrollment]:
        return [
            e
            for e in self.school.enrollments
            if e.person_id == person_id and e.course_id == course_id
        ]

    def may_open(self, person: Person, course: Course) -> bool:
        """Members, and whom the whole site knows: administrators and university staff."""
        here = self.enrollments_of(person.id, course.id)
        is_member = any(not one.suspended for one in here)
        return is_member or person.admin or person.manager or bool(person.roles)

    def courses_open_to(self, person: Person) -> list[Course]:
        return [course for course in self.school.courses if self.may_open(person, course)]

    def find_grade(self, item_id: int, person_id: int) -> Grade | None:
        return next(
            (g for g in self.school.grades if (g.item_id, g.person_id) == (item_id, person_id)),
            None,
        )

    def cell(self, item_id: int, person_id: int) -> Grade:
        """The person's cell in that column, made if there is none."""
        grade = self.find_grade(item_id, person_id)
        if grade is None:
            grade = Grade(item_id, person_id)
            self.school.grades.append(grade)
        return grade

    def find_result(self, item_id: int, person_id: int) -> Result | None:
        return next(
            (
                r
                for r in self.school.results
                if (r.item_id, r.person_id) == (item_id, person_id)
            ),
            None,
        )

    def traffic(self, item_id: int, person_id: str) -> Traffic:
        for traffic in self.school.traffic:
            if (traffic.item_id, traffic.person_id) == (item_id, person_id):
                return traffic
        traffic = Traffic(item_id, person_id)
        self.school.traffic.append(traffic)
        return traffic

    @property
    def signing_key(self) -> PlatformKey:
        return self.school.keys[-1]
