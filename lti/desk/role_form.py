"""The form of the role map: one row a role name of the platform."""

import json
from collections.abc import Mapping

import wtforms
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from careerlink.courses.roles import RANK, CourseRole
from careerlink.web.forms import Form, strip
from lti import roles

GIVES = {
    CourseRole.STUDENT: "Student",
    CourseRole.INSTRUCTOR: "Instructor: decides about credit",
    CourseRole.ASSISTANT: "Assistant: sees students’ work, decides nothing",
    CourseRole.OBSERVER: "Observer: sees the course, no student’s work",
    CourseRole.NONE: "Nothing",
}
BLANK_ROWS = 2


class RoleRow(wtforms.Form):
    name = StringField(
        "Role name as the LMS sends it",
        [Length(max=255, message="Shorten this to 255 characters.")],
        filters=[strip],
    )
    gives = SelectField(
        "Gives in the course",
        choices=[SelectChoice(role.value, words) for role, words in GIVES.items()],
        default=CourseRole.STUDENT.value,
    )


class RolesForm(Form):
    rows = FieldList(FormField(RoleRow), max_entries=60)
    seen = HiddenField()
    """The map that the writer saw: two who write at once must not undo each other."""
    is_sure = BooleanField("Everybody with these roles may see students’ work or decide there")

    def fill(self, stored: Mapping[str, str]) -> None:
        self.seen.data = json.dumps(stored, sort_keys=True)
        for name, gives in sorted(stored.items()):
            self.rows.append_entry({"name": name, "gives": gives})
        for _ in range(BLANK_ROWS):
            self.rows.append_entry()

    def is_of(self, stored: Mapping[str, str]) -> bool:
        return bool(self.seen.data == json.dumps(stored, sort_keys=True))

    @property
    def wanted(self) -> dict[str, CourseRole]:
        return {
            row.form.name.data: CourseRole(row.form.gives.data)
            for row in self.rows.entries
            if row.form.name.data
        }

    def raises_somebody(self, stored: Mapping[str, str]) -> bool:
        """Does it newly give more than the name gives by itself, with students' work in it?"""
        return any(
            RANK[role] >= RANK[CourseRole.ASSISTANT]
            and RANK[role] > RANK[roles.read([name]).course]
            and stored.get(name) != role.value
            for name, role in self.wanted.items()
        )
