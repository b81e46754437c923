"""A course of the demo LMS, served on this machine, as CareerLink knows it after launches."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from careerlink import clock, worker
from careerlink.app import compose
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from lti import grades, keys, scopes
from lti.demo_lms import Lms, create_platform
from lti.demo_lms.demo_course import CANVAS_DEPLOYMENT, MOODLE_DEPLOYMENT, fill
from lti.demo_lms.families.canvas import addresses as canvas
from lti.demo_lms.families.moodle import addresses as moodle
from lti.demo_lms.gradebook_pages import snapshot
from lti.demo_lms.lookup import Lookup
from lti.models import (
    DeploymentState,
    Family,
    LtiContext,
    LtiDeployment,
    LtiLineItem,
    LtiMembership,
    LtiRegistration,
    LtiResourceLink,
    LtiScore,
    LtiUser,
    RegistrationState,
)

AGS = [scopes.LINE_ITEM, scopes.RESULT_READ, scopes.SCORE]


class _Quiet(WSGIRequestHandler):
    def log(self, *args: Any, **options: Any) -> None:
        pass


@contextmanager
def served(family: Family) -> Iterator[Lms]:
    """The demo's LMS on a free port, with its class and links."""
    with make_server(
        "127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Quiet
    ) as server:
        lms = Lms(f"http://127.0.0.1:{server.server_port}")
        lms.school.family = family.value  # type: ignore[assignment]
        fill(lms, "https://careerlink.example.edu")
        server.app = create_platform(lms)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield lms
        finally:
            lms.failure.set("none")
            server.shutdown()
            thread.join()


@dataclass
class Gradebook:
    """Both sides: the platform, and our rows about it."""

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

    # What launches leave behind

    def set_up(self) -> "Gradebook":
        compose()
        with self.database.write() as session:
            institution = session.scalar(select(Institution)) or _add(
                session, Institution(slug="main", name="Eastmoor University")
            )
            deployment = self._register(session, institution)
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

    def _register(self, session: Session, institution: Institution) -> LtiDeployment:
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
                jwks_url=f"{self.lms.url}/jwks",
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

    # What people and the worker do

    def decide(
        self,
        key: str = "student1",
        given: int | None = 100_000,
        *,
        maximum: int = 100_000,
        comment: str = "1.5 credits",
        resource_id: str = "credit",
    ) -> LtiScore | None:
        with self.database.write() as session:
            return grades.queue_score(
                session,
                person=session.get_one(Person, (self.people or {})[key]),
                course=session.get_one(Course, self.course_id),
                resource_id=resource_id,
                label="Credit for micro-internships",
                given_thousandths=given,
                maximum_thousandths=maximum,
                comment=comment,
                decided_at=clock.now(),
                institution_id=self.actor(session).institution_id,
                actor=self.actor(session),
            )

    def actor(self, session: Session) -> Actor:
        return system(session.get_one(Course, self.course_id).institution_id)

    def work(self) -> None:
        """Send all that is due."""
        while worker.send_next(self.database, self.settings):
            pass

    # What there is to see

    def cell(self, key: str = "student1", column: str = "") -> dict[str, Any]:
        """The row of that person; ``column`` by its label, else the credit link's."""
        found = [
            grade
            for grade in snapshot(self.lms)["grades"]
            if grade["person"] == key
            and (grade["label"] == column if column else grade["link"] == "credit")
        ]
        return found[0] if found else {"score": None, "attempts": 0, "applied": 0}

    def state(self, key: str = "student1") -> grades.GradeState:
        person_id = (self.people or {})[key]
        with self.database.read() as session:
            return grades.states_for(session, self.course_id, [person_id])[person_id]

    def score(self, key: str = "student1") -> LtiScore:
        with self.database.read() as session:
            return session.scalars(
                select(LtiScore)
                .join(LtiUser, LtiScore.lti_user_id == LtiUser.id)
                .where(LtiUser.person_id == (self.people or {})[key])
            ).one()

    def messages(self) -> list[OutboxMessage]:
        with self.database.read() as session:
            return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def columns(self) -> list[dict[str, Any]]:
        return list(snapshot(self.lms)["columns"])

    @property
    def item(self) -> Any:
        return Lookup.line_item(self.lms, "credit")


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
