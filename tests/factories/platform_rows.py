"""What launches from the demo LMS leave behind, written down without them."""

from dataclasses import dataclass
from typing import Any, Self, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.app import compose
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, Database
from careerlink.institutions.models import Institution
from careerlink.people.models import Person
from lti import keys, scopes
from lti.demo_lms import Lms
from lti.demo_lms.demo_course import CANVAS_DEPLOYMENT, MOODLE_DEPLOYMENT
from lti.demo_lms.families.canvas import addresses as canvas
from lti.demo_lms.families.moodle import addresses as moodle
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiLineItem,
    LtiMembership,
    LtiRegistration,
    LtiResourceLink,
    LtiUser,
    RegistrationState,
)

Row = TypeVar("Row", bound=Base)
AGS = [scopes.LINE_ITEM, scopes.RESULT_READ, scopes.SCORE]


@dataclass
class Known:
    """A platform, and our rows about it."""

    lms: Lms
    family: Family
    database: Database
    settings: Settings
    course_id: int = 0
    context_id: int = 0
    people: dict[str, int] | None = None

    @property
    def tool(self) -> Any:
        return next(t for t in self.lms.school.tools if t.family == self.family.value)

    def sub(self, key: str) -> str:
        person = self.lms.person(key)
        return person.uuid if self.family == Family.CANVAS else str(person.id)

    def lineitems_url(self, course: int | None = None) -> str:
        number = self.lms.course(course).id
        if self.family == Family.CANVAS:
            return canvas.line_items_url(self.lms, number)
        return moodle.line_items_url(self.lms, number, self.tool)

    def line_item_url(self, item: Any) -> str:
        if self.family == Family.CANVAS:
            return canvas.line_item_url(self.lms, item)
        return moodle.line_item_url(self.lms, item, self.tool)

    def memberships_url(self, course: int | None = None) -> str:
        number = self.lms.course(course).id
        if self.family == Family.CANVAS:
            return canvas.memberships_url(self.lms, number)
        return moodle.memberships_url(self.lms, number, self.tool)

    def set_up(self) -> Self:
        compose()
        with self.database.write() as session:
            institution = session.scalar(select(Institution)) or _add(
                session, Institution(slug="main", name="Eastmoor University")
            )
            deployment = self.register(session, institution)
            course = _add(
                session,
                Course(institution_id=institution.id, label="BUS-310", title="Analytics"),
            )
            self.course_id = course.id
            context = self.add_context(session, deployment, course)
            self.context_id = context.id
            self.people = {
                key: self.add_student(session, context, key)
                for key in ("student1", "student2", "student3")
            }
        return self

    def register(self, session: Session, institution: Institution) -> LtiDeployment:
        keys.ensure(session, secret=self.settings.server.secret)
        self.lms.fetch_keys = self._key_set
        is_canvas = self.family == Family.CANVAS
        registration = _add(
            session,
            LtiRegistration(
                institution_id=institution.id,
                name="Demo",
                issuer=self.lms.issuer,
                client_id=self.tool.client_id,
                auth_url=f"{self.lms.url}/auth",
                token_url=self.lms.token_url
                if is_canvas
                else f"{self.lms.url}/mod/lti/token.php",
                jwks_url=f"{self.lms.url}/api/lti/security/jwks"
                if is_canvas
                else f"{self.lms.url}/mod/lti/certs.php",
                family=self.family,
                state=RegistrationState.ACTIVE,
            ),
        )
        return _add(
            session,
            LtiDeployment(
                registration_id=registration.id,
                institution_id=institution.id,
                deployment_id=CANVAS_DEPLOYMENT if is_canvas else MOODLE_DEPLOYMENT,
                state=DeploymentState.ACTIVE,
            ),
        )

    def _key_set(self, url: str) -> dict[str, Any]:
        with self.database.read() as session:
            return keys.key_set(session)

    def add_context(
        self,
        session: Session,
        deployment: LtiDeployment,
        course: Course,
        *,
        lms_course: int | None = None,
        names_column: bool = True,
    ) -> LtiContext:
        number = self.lms.course(lms_course)
        context = _add(
            session,
            LtiContext(
                deployment_id=deployment.id,
                context_id=number.context_id,
                course_id=course.id,
                lineitems_url=self.lineitems_url(number.id),
                memberships_url=self.memberships_url(number.id),
                scopes=AGS,
            ),
        )
        activity = self.lms.activity("credit", number)
        link = _add(
            session,
            LtiResourceLink(
                context_id=context.id, resource_link_id=str(activity.id), content="credit"
            ),
        )
        if names_column:
            item = next(i for i in self.lms.school.line_items if i.own_activity == activity.id)
            session.add(
                LtiLineItem(
                    context_id=context.id,
                    resource_link_id=link.id,
                    url=self.line_item_url(item),
                )
            )
        session.flush()
        return context

    def add_student(
        self,
        session: Session,
        context: LtiContext,
        key: str,
        role: CourseRole = CourseRole.STUDENT,
    ) -> int:
        """An account that a launch has shown; the person's id."""
        deployment = context.deployment
        person = _add(session, Person(institution_id=deployment.institution_id, name=key))
        account = _add(
            session,
            LtiUser(
                registration_id=deployment.registration_id,
                institution_id=deployment.institution_id,
                sub=self.sub(key),
                person_id=person.id,
            ),
        )
        session.add(
            LtiMembership(context_id=context.id, lti_user_id=account.id, launch_role=role)
        )
        session.add(
            CourseMember(course_id=context.course_id, person_id=person.id, launch_role=role)
        )
        session.flush()
        return person.id


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
