"""A class whose policy asks for what no system tells, with one case that is ready."""

from typing import Any

import pytest
from flask import Flask

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.cases import inputs
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor


class AskingDesk(Desk):
    def facts(self) -> Facts:
        with self.database.read() as session:
            return inputs.load_one(session, session.get_one(CreditCase, self.case_id))

    def verdicts(self) -> dict[str, str]:
        return {check.rule: check.verdict.value for check in self.facts().sum_with().checks}

    @property
    def on_record(self) -> str:
        return self.of.address(self.case, "/on-record")

    def as_instructor(self, visitor: Visitor) -> Visitor:
        of = self.of
        return of.signed_in(visitor, self.database, of.instructor, CourseRole.INSTRUCTOR)


def asking(database: Database, **parameters: Any) -> AskingDesk:
    with database.write() as session:
        of = cases.school_class(session, **parameters)
        return AskingDesk(database, of, cases.ready_case(session, of).id)


@pytest.fixture
def desk(app: Flask, database: Database) -> AskingDesk:
    """48 hours are one credit, and two in all are the most."""
    return asking(
        database,
        lifetime_maximum_thousandths=2000,
        lifetime_two_majors_thousandths=3000,
        double_count="with_consent",
        related_host_ok=False,
    )
