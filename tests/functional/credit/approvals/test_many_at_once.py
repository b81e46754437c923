"""Some cases, each approved by two chairs at one moment: one decision, one mail, one grade."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from time_machine import Traveller

from careerlink import worker
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from credit.cases import deciding, inputs, queries
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from lti.demo_lms import Lms
from lti.demo_lms.gradebook_pages import snapshot
from lti.models import Family
from tests.factories import cases, gradebooks
from tests.factories.platform_rows import Known
from tests.factories.platforms import served
from tests.functional.credit.approvals.conftest import Chain
from tests.pages import Visitor

CASES = 5


@pytest.fixture
def settings(settings: Settings) -> Settings:
    lti = settings.lti.model_copy(update={"allow_private_hosts": True})
    return settings.model_copy(update={"lti": lti})


@pytest.fixture
def lms(clock: Traveller) -> Iterator[Lms]:
    with served(Family.MOODLE, gradebooks.cast(CASES)) as lms:
        yield lms


def test_each_of_many_double_approvals_is_one(
    app: Flask, database: Database, settings: Settings, lms: Lms
) -> None:
    known = Known(lms, Family.MOODLE, database, settings)
    with database.write() as session:
        of = cases.school_class(session, approver_chain=("instructor", "chair"))
        made = [cases.ready_case(session, of, f"Student{at} Sample") for at in range(CASES)]
        gradebooks.of_class(session, of, known)
        for case in made:
            choice = Choice(DecisionOutcome.APPROVED)
            deciding.decide(session, case, choice, actor=of.as_instructor)
    chain = Chain(app, database, of, made[0].id)
    with database.read() as session:
        presses = [_press(session, case) for case in made]
    chairs = []
    for name in ("Carla Chairs", "Dana Dean"):
        chain.name(name)
        chairs.append(chain.visitor(name))

    told = _together([_presses(chair, presses, chain) for chair in chairs])
    while worker.send_next(database, settings):
        pass

    assert Counter(told) == {(at, status): 1 for at in range(CASES) for status in (303, 409)}
    with database.read() as session:
        final = session.scalars(select(Decision.credit_case_id).where(Decision.is_final)).all()
        kinds = Counter(
            "mail" if row.payload.get("template") == "decision_made" else row.kind
            for row in session.scalars(select(OutboxMessage))
        )
    assert sorted(final) == [case.id for case in made]
    assert (kinds["mail"], kinds["score"]) == (CASES, CASES)
    cells = [cell for cell in snapshot(lms)["grades"] if cell["applied"]]
    assert [cell["applied"] for cell in cells] == [1] * CASES
    assert len({cell["person"] for cell in cells}) == CASES


def _press(session: Session, case: CreditCase) -> tuple[str, str]:
    """The address of a packet, and the mark that its page carries."""
    found = session.get_one(CreditCase, case.id)
    latest = queries.latest_decision(session, found)
    mark = deciding.seen_mark(inputs.load_one(session, found), latest)
    return f"/home/approvals/{found.public_id}", mark


def _presses(
    chair: Visitor, presses: list[tuple[str, str]], chain: Chain
) -> list[Callable[[], int]]:
    token = chair.get(presses[0][0]).soup.select_one('meta[name="csrf-token"]')
    assert token is not None
    fields = {"decision": "approve", "csrf_token": str(token["content"])}

    def press(address: str, seen: str) -> int:
        answer = chair.raw.post(address, base_url=chair.base_url, data={**fields, "seen": seen})
        return answer.status_code

    return [partial(press, address, seen) for address, seen in presses]


def _together(people: list[list[Callable[[], int]]]) -> list[tuple[int, int]]:
    """Each goes through all cases; at every case they wait for one another."""
    start, told = threading.Barrier(len(people)), []

    def go(presses: list[Callable[[], int]]) -> None:
        for at, press in enumerate(presses):
            start.wait(60)
            told.append((at, press()))

    threads = [threading.Thread(target=go, args=(presses,)) for presses in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told
