"""What the parts of the loader share: the session, the day, and who is who."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.config import Settings
from careerlink.courses.models import Course, Objective
from careerlink.courses.roles import CourseRole, Standing
from careerlink.demo.content import SampleContent
from careerlink.institutions.models import Institution, Term
from careerlink.listings.models import Listing, Skill
from careerlink.partners.models import Partner, PartnerContact
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole, Person
from credit.competencies.models import Competency
from credit.policy.models import CreditPolicyVersion


@dataclass
class Loading:
    session: Session
    settings: Settings
    content: SampleContent
    institution: Institution
    today: date
    term: Term | None = None
    skills: dict[str, Skill] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    """By URI."""
    competencies: dict[str, Competency] = field(default_factory=dict)
    policies: dict[str, CreditPolicyVersion] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    contacts: dict[str, PartnerContact] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        return system(self.institution.id)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def moment(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """That hour of that day on campus, and never in the future."""
        zone = ZoneInfo(self.institution.time_zone)
        then = datetime.combine(self.day(offset), time(hour, minute), zone).astimezone(UTC)
        return min(then, datetime.now(UTC) - timedelta(minutes=1))

    def staff(self) -> Actor:
        person = self.people["staff"]
        return Actor(
            institution_id=self.institution.id,
            person_id=person.id,
            office=frozenset({OfficeRole.STAFF}),
            name=person.label,
        )

    def member(self, key: str, course: str, role: CourseRole) -> Actor:
        """As if they had launched from ``course``."""
        person = self.people[key]
        standing = Standing(role, may_decide=role == CourseRole.INSTRUCTOR)
        return Actor(
            institution_id=self.institution.id,
            person_id=person.id,
            courses={self.courses[course].id: standing},
            name=person.label,
        )


def on_campus_today(institution: Institution) -> date:
    return clock.today(institution.time_zone)
