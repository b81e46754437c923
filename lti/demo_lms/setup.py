"""Building a situation: what administrators and teachers do on a real platform."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from careerlink import clock
from lti.demo_lms import keys
from lti.demo_lms.course import Activity, Course
from lti.demo_lms.gradebook import Grade, LineItem
from lti.demo_lms.lookup import Lookup
from lti.demo_lms.people import CourseRole, Enrollment, Person, opaque_hex, opaque_uuid
from lti.demo_lms.tools import FamilyName, Tool, default_scopes


class Setup(Lookup):
    def add_person(
        self,
        key: str,
        given_name: str,
        family_name: str = "",
        *,
        role: CourseRole | None = None,
        course: int | Course | None = None,
        id: int | None = None,
        **details: Any,
    ) -> Person:
        """Add a person, enrolled in ``course`` (else the first one) when ``role`` is given."""
        number = self.school.next_id("person", id)
        person = Person(number, key, given_name, family_name, **details)
        person.username = person.username or key
        person.uuid = person.uuid or opaque_uuid("person", number)
        person.legacy_id = person.legacy_id or opaque_hex("person", number)
        self.school.people.append(person)
        if role is not None:
            self.enroll(person, role, course)
        return person

    def enroll(
        self, person: str | int | Person, role: CourseRole, course: int | Course | None = None
    ) -> Enrollment:
        enrollment = Enrollment(self.person(person).id, self.course(course).id, role)
        self.school.enrollments.append(enrollment)
        return enrollment

    def unenroll(self, person: str | int | Person, course: int | Course | None = None) -> None:
        gone = self.enrollments_of(self.person(person).id, self.course(course).id)
        self.school.enrollments = [e for e in self.school.enrollments if e not in gone]

    def suspend(
        self,
        person: str | int | Person,
        course: int | Course | None = None,
        *,
        suspended: bool = True,
    ) -> None:
        for enrollment in self.enrollments_of(self.person(person).id, self.course(course).id):
            enrollment.suspended = suspended

    def switch_role(
        self,
        person: str | int | Person,
        role: CourseRole | None,
        course: int | Course | None = None,
    ) -> None:
        for enrollment in self.enrollments_of(self.person(person).id, self.course(course).id):
            enrollment.acts_as = role

    def add_course(
        self, label: str, title: str, *, id: int | None = None, **details: Any
    ) -> Course:
        number = self.school.next_id("course", id)
        course = Course(number, label, title, **details)
        course.context_id = course.context_id or opaque_hex("course", number)
        self.school.courses.append(course)
        return course

    def add_activity(
        self,
        key: str,
        title: str,
        *,
        course: int | Course | None = None,
        maximum: float | None = 100,
        id: int | None = None,
        line_item_id: int | None = None,
        **details: Any,
    ) -> Activity:
        """Add an activity; ``maximum=None`` for one without a column in the gradebook."""
        number = self.school.next_id("activity", id)
        activity = Activity(number, self.course(course).id, key, title, **details)
        activity.uuid = activity.uuid or opaque_uuid("activity", number)
        self.school.activities.append(activity)
        if maximum is None:
            activity.accepts_grades = False
        else:
            self.add_line_item(
                title,
                maximum,
                course=activity.course_id,
                tool=activity.tool,
                own_activity=number,
                link=number,
                id=line_item_id,
            )
        return activity

    def add_line_item(
        self,
        label: str,
        maximum: float,
        *,
        course: int | Course | None = None,
        id: int | None = None,
        **details: Any,
    ) -> LineItem:
        number = self.school.next_id("line_item", id)
        item = LineItem(number, self.course(course).id, label, maximum, **details)
        self.school.line_items.append(item)
        return item

    def remove_line_item(self, item: int | str | LineItem) -> None:
        gone = self.line_item(item)
        self.school.line_items.remove(gone)
        self.school.grades = [g for g in self.school.grades if g.item_id != gone.id]
        self.school.results = [r for r in self.school.results if r.item_id != gone.id]

    def add_tool(
        self,
        client_id: str,
        url: str,
        *,
        key: str = "tool",
        family: FamilyName = "moodle",
        deployment_id: str = "1",
        scopes: list[str] | None = None,
        **details: Any,
    ) -> Tool:
        granted = default_scopes(family) if scopes is None else scopes
        tool = Tool(
            key, family, client_id, deployment_id, url.rstrip("/"), scopes=granted, **details
        )
        self.school.tools.append(tool)
        return tool

    def add_key(self, kid: str | None = None) -> keys.PlatformKey:
        """Add a key and sign with it from now on; the older ones stay published."""
        key = keys.make_key(kid or keys.dated_kid(clock.now(), str(uuid4())))
        self.school.keys.append(key)
        return key

    def retire_keys(self) -> None:
        """Publish the newest key alone."""
        del self.school.keys[:-1]

    def set_grade(
        self,
        item: int | str | LineItem,
        person: str | int | Person,
        points: float | None,
        *,
        at: datetime | None = None,
        feedback: str | None = None,
        raw: float | None = None,
    ) -> Grade:
        """Put a grade in place as if the tool had sent it at that time."""
        grade = self.cell(self.line_item(item).id, self.person(person).id)
        grade.raw = points if raw is None else raw
        grade.final, grade.feedback, grade.modified = points, feedback, at
        return grade

    def override(
        self,
        item: int | str | LineItem,
        person: str | int | Person,
        points: float,
        *,
        at: datetime | None = None,
    ) -> Grade:
        """A teacher types another grade into the gradebook."""
        column = self.line_item(item)
        grade = self.cell(column.id, self.person(person).id)
        grade.final, grade.modified, grade.overridden = points, at or clock.now(), True
        result = self.find_result(grade.item_id, grade.person_id)
        if result is not None:
            # Canvas copies the teacher's grade without touching the result's time.
            result.score, result.maximum = points, column.maximum
        return grade

    def lock_column(self, item: int | str | LineItem, *, locked: bool = True) -> None:
        self.line_item(item).locked = locked

    def copy_course(
        self,
        source: int | Course,
        label: str,
        title: str,
        *,
        id: int | None = None,
        with_people: bool = True,
        **details: Any,
    ) -> Course:
        """Copy activities and columns, not grades, as "Copy course" does."""
        old = self.course(source)
        course = self.add_course(label, title, id=id, history=[old.id, *old.history], **details)
        numbers: dict[int | None, int | None] = {None: None}
        for activity in [a for a in self.school.activities if a.course_id == old.id]:
            number = self.school.next_id("activity")
            numbers[activity.id] = number
            self.school.activities.append(
                replace(
                    activity,
                    id=number,
                    course_id=course.id,
                    custom=dict(activity.custom),
                    uuid=opaque_uuid("activity", number),
                )
            )
        for item in [i for i in self.school.line_items if i.course_id == old.id]:
            self.school.line_items.append(
                replace(
                    item,
                    id=self.school.next_id("line_item"),
                    course_id=course.id,
                    own_activity=numbers.get(item.own_activity),
                    link=numbers.get(item.link),
                )
            )
        if with_people:
            for entry in [e for e in self.school.enrollments if e.course_id == old.id]:
                self.school.enrollments.append(replace(entry, course_id=course.id))
        return course
