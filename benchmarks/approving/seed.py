"""Cases that wait for a chair, two chairs who are signed in, what must be true in the end."""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.people.models import Person
from careerlink.web.session import begin
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from tests.factories import cases, gradebooks

SECRET = "only-for-measuring-" * 3


@dataclass(frozen=True)
class Seeded:
    case_ids: list[int]
    addresses: list[str]
    cookies: list[str]
    """Of the two chairs."""


def fill(database: Database, number: int) -> Seeded:
    with database.write() as session:
        of = cases.school_class(session, approver_chain=("instructor", "chair"))
        made = [cases.ready_case(session, of, f"Student{at} Sample") for at in range(number)]
        gradebooks.gradebook(session, of)
        for case in made:
            choice = Choice(DecisionOutcome.APPROVED)
            deciding.decide(session, case, choice, actor=of.as_instructor)
        cookies = []
        for name in ("Carla Chairs", "Dana Dean"):
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
            cookies.append(begin(session, person_id=person.id, roles=roles))
        return Seeded(
            [case.id for case in made],
            [f"/home/approvals/{case.public_id}" for case in made],
            cookies,
        )


def serving(folder: Path, name: str, port: int, url: str) -> list[str]:
    config = folder / f"{name}.toml"
    config.write_text(
        f'[server]\npublic_url = "http://127.0.0.1:{port}"\nsecret_key = "{SECRET}"\n'
        f'[database]\nurl = "{url}"\n[files]\nurl = "file://{folder}/files-{name}"\n'
        "[lti]\nallow_private_hosts = true\n"
    )
    serve = ["serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    return [sys.executable, "-m", "careerlink", "--config", str(config), *serve]


def faults(database: Database, seeded: Seeded, told: list[list[int]]) -> list[str]:
    """``told``: by chair the status that each case's approval was answered with."""
    found = []
    for at, answers in enumerate(zip(*told, strict=True)):
        if sorted(answers) != [303, 409]:
            found.append(f"case {at}: the chairs were answered {answers}")
    with database.read() as session:
        final = Counter(
            session.scalars(select(Decision.credit_case_id).where(Decision.is_final))
        )
        queued = Counter(
            (row.kind, row.target.rpartition("/person/")[0] or row.target)
            for row in session.scalars(select(OutboxMessage))
            if row.kind == "score" or row.payload.get("template") == "decision_made"
        )
        approved = session.scalar(
            select(func.count()).where(CreditCase.state == CaseState.APPROVED)
        )
    number = len(seeded.case_ids)
    found += [f"case {one}: {final[one]} final" for one in seeded.case_ids if final[one] != 1]
    found += [f"{what} queued {times} times" for what, times in queued.items() if times != 1]
    kinds = Counter(kind for kind, _target in queued)
    if (kinds["score"], kinds["mail"], approved) != (number, number, number):
        found.append(f"{approved} approved, {kinds['mail']} mails, {kinds['score']} scores")
    return found
