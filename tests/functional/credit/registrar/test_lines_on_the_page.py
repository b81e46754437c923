"""The lines of a file as staff read them before it goes out."""

from credit.cases.models import CreditCase
from tests.functional.credit.registrar.conftest import Office


def test_a_line_names_the_student_and_leads_to_the_packet(office: Office) -> None:
    case_id = office.approved("Maya Okafor")
    with office.database.read() as session:
        public_id = session.get_one(CreditCase, case_id).public_id

    made = office.make()

    shown = made.rows()[1][0]
    assert shown.startswith("Maya Okafor") and "SIS ID S-MAYA" in shown and public_id in shown
    assert made.follow("Maya Okafor").path.endswith(f"/cases/{public_id}")
