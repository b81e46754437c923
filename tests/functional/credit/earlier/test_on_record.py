"""What a policy asks and no system tells: put on record with its source, and taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.errors import InvalidInput, NotPermitted
from credit.agreements.models import LearningAgreement
from credit.cases import conflicts, replay
from credit.cases.models import CreditCase
from credit.earlier import operations
from credit.earlier.models import EarlierCredit, EarlierKind
from credit.earlier.operations import Said
from tests.factories import cases, ties
from tests.functional.credit.earlier.conftest import AskingDesk
from tests.pages import Visitor

CONFIRMED = ("double_count", "host")


def test_earlier_credit_bounds_the_award_and_stays_with_its_decision(
    desk: AskingDesk, client: Visitor
) -> None:
    visitor = desk.as_instructor(client)
    packet = visitor.get(desk.of.address(desk.case))
    assert "not checkable, needs a record of earlier internship credit" in packet.text
    page = packet.follow("On record: earlier credit, majors, ties")
    answers = {"Course": "BUS-210", "Credits": "1.5", "Source": "Transcript of 12 May"}

    for _ in range(2):  # pressed twice: one line
        page.submit("Put this credit on record", answers)

    again = visitor.get(desk.on_record)
    assert "Transcript of 12 May; Hana Novak" in again.text
    packet = visitor.get(desk.of.address(desk.case))
    assert "1.5 of 2 credits in all are used" in packet.text
    desk.approve(confirmed_rules=CONFIRMED)
    again.submit("Take back")
    assert desk.facts().inputs.earlier == ()
    (decision,) = desk.decisions
    assert decision.credits_thousandths == 500
    assert len(decision.inputs["earlier"]) == 1
    assert replay.explain(decision).holds
    with desk.database.read() as session:
        verbs = session.scalars(select(AuditEntry.action)).all()
    assert verbs.count("credit_case:record_earlier") == 1
    assert verbs.count("credit_case:take_back_record") == 1


def test_that_there_is_nothing_can_be_put_on_record_and_a_second_major_allows_more(
    desk: AskingDesk,
) -> None:
    assert desk.verdicts()["lifetime"] == "not_checkable"
    _record(desk, Said(EarlierKind.NOTHING, "Transcript"))
    assert desk.verdicts()["lifetime"] == "met"

    _record(desk, Said(EarlierKind.CREDIT, "Transcript", credits_thousandths=2000))
    assert desk.verdicts()["lifetime"] == "short"
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        for title in ("Economics", "Art"):
            operations.record_major(
                session, case, title=title, credits_thousandths=36_000, source="Catalog",
                actor=desk.of.as_instructor,
            )  # fmt: skip
    assert desk.verdicts()["lifetime"] == "met"


def test_what_counts_elsewhere_needs_consent_in_writing(desk: AskingDesk) -> None:
    project = desk.facts().parts[0].placement.public_id
    assert desk.verdicts()["double_count"] == "not_checkable"
    line = Said(EarlierKind.SAME_WORK, "Mail of the chair", "ART-490", placement_id=project)
    _record(desk, line)
    assert desk.verdicts()["double_count"] == "short"
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        row = session.scalars(select(EarlierCredit)).one()
        operations.take_back(session, case, row.public_id, actor=desk.of.as_instructor)
        with_consent = Said(
            EarlierKind.SAME_WORK, "Letter", "ART-490", placement_id=project,
            consent="Both chairs",
        )  # fmt: skip
        operations.record(session, case, with_consent, actor=desk.of.as_instructor)
    assert desk.verdicts()["double_count"] == "met"


def test_consent_that_comes_later_goes_to_the_line_that_waited_for_it(
    desk: AskingDesk,
) -> None:
    project = desk.facts().parts[0].placement.public_id
    line = Said(EarlierKind.SAME_WORK, "Mail of the chair", "ART-490", placement_id=project)
    for said in (line, line, replace(line, consent="Both chairs"), line):
        _record(desk, said)

    assert desk.verdicts()["double_count"] == "met"
    with desk.database.read() as session:
        rows = session.scalars(select(EarlierCredit).order_by(EarlierCredit.id)).all()
    assert [(row.removed_at is None, row.consent_id is None) for row in rows] == [
        (False, True),
        (True, False),
    ]


def test_a_declared_tie_is_waived_by_name_and_not_by_who_decides(
    desk: AskingDesk, client: Visitor
) -> None:
    assert desk.verdicts()["host"] == "not_checkable"
    with desk.database.write() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        session.add_all(ties.signatures(session, agreement, declared="supervisor"))
    assert desk.verdicts()["host"] == "short"
    page = desk.as_instructor(client).get(desk.on_record)

    page.submit("Put this waiver on record", {"Waived by": "", "Why": "Aunt"}, status=422)
    page.submit(
        "Put this waiver on record",
        {"Waived by": "Dean Ruiz", "Why": "Her aunt owns the shop; no part in it."},
    )

    assert desk.verdicts()["host"] == "met"
    with desk.database.read() as session:
        case, ids = desk.case, [part.placement.id for part in desk.facts().parts]
        instructor = desk.of.as_instructor
        found = conflicts.grounds(session, [case], ids, actor=instructor)
        why = conflicts.why_not(found, case, ids, actor=instructor)
        assert why == conflicts.WAIVED


@pytest.mark.parametrize(
    "said",
    [
        Said(EarlierKind.CREDIT, "", credits_thousandths=1000),
        Said(EarlierKind.CREDIT, "Transcript", credits_thousandths=0),
        Said(EarlierKind.CREDIT, "Transcript", credits_thousandths=-1000),
        Said(EarlierKind.CREDIT, "Transcript", credits_thousandths=301_000),
    ],
)
def test_no_line_without_a_source_or_with_credits_that_cannot_be(said: Said) -> None:
    good = Said(EarlierKind.CREDIT, "Transcript", credits_thousandths=1000)
    operations.require_whole(good)
    with pytest.raises(InvalidInput):
        operations.require_whole(said)


def test_instructors_of_other_courses_put_nothing_on_record(desk: AskingDesk) -> None:
    with desk.database.write() as session:
        elsewhere = cases.school_class(session, "westmoor")
    with pytest.raises(NotPermitted), desk.database.write() as session:
        operations.record(
            session,
            session.get_one(CreditCase, desk.case_id),
            Said(EarlierKind.NOTHING, "Transcript"),
            actor=elsewhere.as_instructor,
        )


def _record(desk: AskingDesk, said: Said) -> None:
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        operations.record(session, case, said, actor=desk.of.as_instructor)
