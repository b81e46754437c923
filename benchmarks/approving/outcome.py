"""What must be true of every case once two people approved it at the same moment."""

import threading
from collections import Counter

from sqlalchemy import func, select

from careerlink import worker
from careerlink.outbox import DeliveryState, OutboxMessage
from credit.cases.models import CaseState, CreditCase, Decision
from lti.demo_lms.gradebook_pages import snapshot
from tests.factories.platform_rows import Known

WORKERS = 2


def send_all(known: Known) -> None:
    """Two workers at once, until nothing waits any more."""
    threads = [threading.Thread(target=_work, args=(known,)) for _ in range(WORKERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _work(known: Known) -> None:
    while worker.send_next(known.database, known.settings):
        pass


def faults(known: Known, case_ids: list[int], told: list[list[int]]) -> list[str]:
    """``told``: by chair the status that each case's approval was answered with."""
    answers = [sorted(both) for both in zip(*told, strict=True)]
    found = [
        f"case {at}: the chairs were answered {both}"
        for at, both in enumerate(answers)
        if both != [303, 409]
    ]
    return [*found, *_in_the_database(known, case_ids), *_in_the_lms(known, len(case_ids))]


def _in_the_database(known: Known, case_ids: list[int]) -> list[str]:
    number = len(case_ids)
    with known.database.read() as session:
        final = Counter(
            session.scalars(select(Decision.credit_case_id).where(Decision.is_final))
        )
        told = [
            row
            for row in session.scalars(select(OutboxMessage))
            if row.kind == "score" or row.payload.get("template") == "decision_made"
        ]
        approved = session.scalar(
            select(func.count()).where(CreditCase.state == CaseState.APPROVED)
        )
    found = [f"case {one}: {final[one]} final" for one in case_ids if final[one] != 1]
    queued = Counter((row.kind, row.target) for row in told)
    found += [f"{what} queued {times} times" for what, times in queued.items() if times != 1]
    kinds = Counter(row.kind for row in told)
    if (kinds["score"], kinds["mail"], approved) != (number, number, number):
        found.append(f"{approved} approved, {kinds['mail']} mails, {kinds['score']} scores")
    late = [row for row in told if row.state != DeliveryState.DELIVERED]
    return found + [f"{row.kind} {row.target} {row.state}: {row.last_error}" for row in late]


def _in_the_lms(known: Known, number: int) -> list[str]:
    cells = [one for one in snapshot(known.lms)["grades"] if one["applied"]]
    found = [f"{one['person']}: {one}" for one in cells if one["applied"] != 1]
    if len(cells) != number:
        found.append(f"the LMS shows {len(cells)} grades")
    return found
