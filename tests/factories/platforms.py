"""A course of the demo LMS, served on this machine, with a gradebook to watch."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from careerlink import clock, worker
from careerlink.courses.models import Course
from careerlink.outbox import OutboxAttempt, OutboxMessage
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from lti import grades, progress
from lti.demo_lms import Lms, create_platform
from lti.demo_lms.demo_course import CAST, CastMember, fill
from lti.demo_lms.gradebook_pages import snapshot
from lti.demo_lms.lookup import Lookup
from lti.models import (
    Family,
    LtiScore,
    LtiUser,
)
from tests.factories.platform_rows import Known


class _Quiet(WSGIRequestHandler):
    def log(self, *args: Any, **options: Any) -> None:
        pass


@contextmanager
def served(family: Family, cast: Sequence[CastMember] = CAST) -> Iterator[Lms]:
    """The demo's LMS on a free port, with its class and links."""
    with make_server(
        "127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Quiet
    ) as server:
        lms = Lms(f"http://127.0.0.1:{server.server_port}")
        lms.school.family = "canvas" if family == Family.CANVAS else "moodle"
        fill(lms, "https://careerlink.example.edu", cast=cast)
        server.app = create_platform(lms)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield lms
        finally:
            lms.failure.set("none")
            server.shutdown()
            thread.join()


@dataclass
class Gradebook(Known):
    """Both sides: what we decide and send, and what the platform shows."""

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

    def hand_over(self, key: str = "student1", *, is_again: bool = False) -> None:
        with self.database.write() as session:
            course = session.get_one(Course, self.course_id)
            progress.queue_progress(
                session,
                person=session.get_one(Person, (self.people or {})[key]),
                course=course,
                resource_id="credit",
                label="Credit for micro-internships",
                submission_path=f"/courses/{course.public_id}/submissions/{key}",
                submitted_at=clock.now(),
                is_again=is_again,
                actor=self.actor(session),
            )

    def actor(self, session: Session) -> Actor:
        return system(session.get_one(Course, self.course_id).institution_id)

    def work(self) -> None:
        """Send all that is due."""
        while worker.send_next(self.database, self.settings):
            pass

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

    def attempts(self) -> list[OutboxAttempt]:
        with self.database.read() as session:
            return list(session.scalars(select(OutboxAttempt).order_by(OutboxAttempt.id)))

    def columns(self) -> list[dict[str, Any]]:
        return list(snapshot(self.lms)["columns"])

    @property
    def item(self) -> Any:
        return Lookup.line_item(self.lms, "credit")
