"""A newer version of work that was there: it finishes an Incomplete by itself."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from credit.cases import inputs, keeping
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.evidence.models import DeliverableVersion, EvidenceKind
from tests.functional.credit.cases.conftest import Desk


@pytest.mark.parametrize("kind", [EvidenceKind.LINK, EvidenceKind.REFLECTION])
def test_an_incomplete_goes_on_with_the_work_that_was_written_anew(
    desk: Desk, clock: Traveller, kind: EvidenceKind
) -> None:
    clock.shift(timedelta(minutes=1))
    desk.decide(DecisionOutcome.INCOMPLETE, "Write the second part anew.")
    with desk.database.write() as session:
        assert keeping.sweep(session) == 0
    clock.shift(timedelta(days=3))

    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        (part,) = inputs.load_one(session, case).parts
        here = part.placement.id
        piece = "reflection" if kind == EvidenceKind.REFLECTION else f"dashboard-{here}"
        newer = DeliverableVersion(
            placement_id=here, piece=piece, number=2, kind=kind, title="Anew", text="Better."
        )
        if kind == EvidenceKind.LINK:
            newer.url = "https://example.org/dashboard-2"
        session.add(newer)
        session.flush()
        assert keeping.sweep(session) == 1

    assert desk.case.state == CaseState.READY
