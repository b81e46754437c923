"""Cases that wait for a chair, two chairs who are signed in, servers for them to talk to."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.people.models import Person
from careerlink.web.session import begin
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases import deciding, inputs, queries
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories import cases, gradebooks
from tests.factories.platform_rows import Known

SECRET = "only-for-measuring-" * 3


@dataclass(frozen=True)
class Seeded:
    case_ids: list[int]
    packets: list[tuple[str, str]]
    """Of each case its address, and the mark that its page carries."""
    cookies: list[str]
    """Of the two chairs."""


def fill(known: Known, number: int) -> Seeded:
    """``known``: the platform that takes the scores, served with as many students."""
    with known.database.write() as session:
        of = cases.school_class(session, approver_chain=("instructor", "chair"))
        made = [cases.ready_case(session, of, f"Student{at} Sample") for at in range(number)]
        gradebooks.of_class(session, of, known)
        for case in made:
            choice = Choice(DecisionOutcome.APPROVED)
            deciding.decide(session, case, choice, actor=of.as_instructor)
        cookies = [_chair(session, of, name) for name in ("Carla Chairs", "Dana Dean")]
    with known.database.read() as session:
        ids = [case.id for case in made]
        query = select(CreditCase).where(CreditCase.id.in_(ids)).options(*queries.PAGE_NEEDS)
        facts = inputs.load(session, session.scalars(query.order_by(CreditCase.id)).all())
        packets = [
            (
                f"/home/approvals/{one.case.public_id}",
                deciding.seen_mark(one, queries.latest_decision(session, one.case)),
            )
            for one in facts.values()
        ]
    return Seeded(ids, packets, cookies)


def _chair(session: Session, of: cases.Class, name: str) -> str:
    person = Person(institution_id=of.course.institution_id, name=name)
    session.add(person)
    session.flush()
    session.add(
        ApproverAppointment(
            institution_id=person.institution_id,
            person_id=person.id,
            role=ApproverRole.CHAIR,
            starts_on=date(2026, 1, 1),
        )
    )
    roles = {of.course.id: CourseRole.OBSERVER}
    return begin(session, person_id=person.id, roles=roles)


def configured(folder: Path, name: str, port: int, url: str) -> Path:
    """The file that says how this server runs; the worker takes the same one."""
    config = folder / f"{name}.toml"
    config.write_text(
        f'[server]\npublic_url = "http://127.0.0.1:{port}"\nsecret_key = "{SECRET}"\n'
        f'[database]\nurl = "{url}"\n[files]\nurl = "file://{folder}/files-{name}"\n'
        f'[mail]\nurl = "file://{folder}/mail-{name}"\n'
        'sender = "CareerLink <careers@example.edu>"\n'
        "[lti]\nallow_private_hosts = true\n"
    )
    return config


def serving(config: Path, port: int) -> list[str]:
    serve = ["serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    return [sys.executable, "-m", "careerlink", "--config", str(config), *serve]
