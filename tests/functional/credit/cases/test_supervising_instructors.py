"""An instructor who supervised the work is recognized, whichever address each side knows."""

import pytest

from careerlink.errors import NotPermitted
from tests.functional.credit.cases.conftest import Desk


@pytest.mark.parametrize(
    ("own", "supervisors"),
    [
        ("", "hana@eastmoor.example"),
        ("", "Hana+Northlight@Eastmoor.example"),
        ("hana@novak.example", "hana@novak.example"),
    ],
)
def test_who_supervised_does_not_decide(desk: Desk, own: str, supervisors: str) -> None:
    with desk.database.write() as session:
        desk.of.instructor.email = "hana@eastmoor.example"
        desk.of.instructor.own_email = own or None
        desk.of.contact.email = supervisors
        session.merge(desk.of.instructor)
        session.merge(desk.of.contact)

    with pytest.raises(NotPermitted, match="supervised"):
        desk.approve()
