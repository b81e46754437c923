"""One placement of a sample story while it is played: its records and who acts on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from careerlink.courses.roles import CourseRole
from careerlink.demo import cast
from careerlink.demo.loading import Loading
from careerlink.people.actors import Actor
from careerlink.placements import planning
from careerlink.placements.application_queries import placement_from
from careerlink.placements.models import Application, Placement
from credit.agreements import queries as agreement_queries
from credit.agreements.models import LearningAgreement

Deed = tuple[datetime, Callable[[], object]]
"""What somebody does in the story, and when."""


@dataclass
class Work:
    loading: Loading
    student: cast.Student
    told: cast.Placement
    actor: Actor
    applications: dict[str, Application]

    @property
    def placement(self) -> Placement:
        found = placement_from(self.loading.session, self.applications[self.told.listing])
        if found is None:
            raise LookupError(f"{self.student.key} has no placement on {self.told.listing}")
        return found

    @property
    def agreement(self) -> LearningAgreement:
        found = agreement_queries.latest(self.loading.session, self.placement, to_change=True)
        if found is None:
            raise LookupError(f"{self.student.key} has no agreement on {self.told.listing}")
        return found

    def instructor(self) -> Actor:
        code = self.student.course
        course = next(c for c in self.loading.content.courses if c.code == code)
        return self.loading.member(course.instructor, code, CourseRole.INSTRUCTOR)

    def supervisor(self) -> Actor:
        current = planning.current_supervisions(self.loading.session, self.placement)[0]
        return Actor(
            institution_id=self.loading.institution.id,
            contact_id=current.contact_id,
            link_placement_id=self.placement.id,
            name=current.contact.name,
        )
