"""Whoever signed the plan for the company is asked on its changes, where it binds them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import tokens
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from careerlink.placements import signatories
from careerlink.placements.models import Disclosure, Placement
from careerlink.reminders import subjects
from careerlink.supervisors import mailing
from careerlink.tokens import LinkPurpose
from credit.agreements import amending, amending_parties, amending_signing, operations
from credit.agreements.amending_ladder import LADDER
from credit.agreements.amending_rules import Proposal
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Conflict, Party
from credit.agreements.signatures import Signing
from tests.factories.agreements import SECRET, Scene, scene
from tests.functional.credit.agreements.changing import SIGNED, found
from tests.pages import Visitor

BRAM = {"name": "Bram Visser", "email": "bram@northlight.example"}
LESS = "Two shops are closed."


def in_force_with_company(cast: Scene) -> LearningAgreement:
    agreement = cast.signed()
    named = signatories.name_signatory(
        cast.session, cast.placement, title="", actor=cast.supervisor, **BRAM
    )
    bram = signatories.verify(cast.session, named, how="Called them", actor=cast.staff)
    for actor in (cast.supervisor, replace(cast.supervisor, contact_id=bram.id)):
        operations.countersign(
            cast.session,
            agreement,
            actor=actor,
            said=Signing("As typed", Conflict.NONE),
            document_hash=agreement.document_hash or "",
        )
    operations.approve(
        cast.session,
        agreement,
        actor=cast.instructor,
        document_hash=agreement.document_hash or "",
    )
    return agreement


def fewer_hours(cast: Scene, base: LearningAgreement) -> LearningAgreement:
    return amending.propose(
        cast.session,
        cast.placement,
        Proposal(replace(plan_of(base), planned_minutes=15 * 60), LESS),
        actor=cast.supervisor,
        signed_name="Ines Carvalho",
    )


def test_the_company_signs_what_binds_the_supervisor_anew_and_nothing_else(
    session: Session, clock: time_machine.Traveller
) -> None:
    base = in_force_with_company(scene(session))
    asked = [Party.STUDENT, Party.SUPERVISOR]

    assert amending_parties.with_company(session, base, asked) == [*asked, Party.COMPANY]
    assert amending_parties.with_company(session, base, [Party.INSTRUCTOR]) == [
        Party.INSTRUCTOR
    ]


def test_nobody_is_asked_for_a_company_whose_supervisor_signed_alone(
    session: Session, clock: time_machine.Traveller
) -> None:
    base = scene(session).in_force()

    found = amending_parties.with_company(session, base, [Party.SUPERVISOR])
    assert found == [Party.SUPERVISOR]


def test_whoever_of_the_company_has_not_signed_a_change_is_reminded(
    session: Session, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    change = fewer_hours(cast, in_force_with_company(cast))
    signer = amending_parties.signer_for_company(session, cast.placement)
    assert signer is not None

    found = subjects.open_now(session, LADDER, [change.id])
    assert found[change.id].contact_id == signer.id  # The supervisor proposed and signed it.

    amending_signing.sign(
        session,
        change,
        actor=replace(cast.supervisor, contact_id=signer.id),
        signed_name="Bram Visser",
        document_hash=change.document_hash or "",
    )
    assert change.state == AgreementState.AWAITING_SIGNATURES
    assert subjects.open_now(session, LADDER, [change.id]) == {}


@pytest.fixture
def bram(
    cast: Scene,
    database: Database,
    visitors: Callable[[], Visitor],
    clock: time_machine.Traveller,
) -> tuple[Visitor, str]:
    """Whoever signs for the company, by link, when a change waits."""
    with database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        fewer_hours(cast, in_force_with_company(cast))
        contact = amending_parties.signer_for_company(session, cast.placement)
        assert contact is not None
        assert not mailing.why_not(session, contact, cast.placement, LinkPurpose.PLACEMENT)
        link = tokens.issue(
            session,
            secret=SECRET,
            purpose=LinkPurpose.PLACEMENT,
            contact=contact,
            placement_id=cast.placement.id,
            actor=cast.staff,
        )
        asked = session.scalars(select(OutboxMessage.payload)).all()
        assert contact.id in [
            one.get("contact")
            for one in asked
            if one.get("template") == "amendment_to_sign" and one["values"]["is_signatory"]
        ]
        path = f"/s/{tokens.token_of(link.public_id, SECRET)}"
    visitor = visitors()
    visitor.get(path).submit("Continue")
    return visitor, path


def test_a_change_waits_for_the_company_whose_link_opens_it_and_its_file(
    bram: tuple[Visitor, str], database: Database
) -> None:
    visitor, path = bram
    with database.read() as session:
        first, second = session.scalars(
            select(LearningAgreement.public_id).order_by(LearningAgreement.number)
        )
    page = visitor.get(f"{path}/agreement/changes/{second}")
    assert "For the company: not signed yet" in page.text
    page.submit("Sign the change", SIGNED)

    assert found(database)[2] == AgreementState.AWAITING_SIGNATURES
    for version in (first, second):
        answer = visitor.raw.get(f"{path}/agreement/versions/{version}.pdf")
        assert answer.data.startswith(b"%PDF")
    with database.read() as session:
        pages = session.scalars(select(Disclosure.page)).all()
    assert pages.count("agreement_papers_by_link.download_by_link") == 2
    assert visitor.raw.get(f"{path}/agreement/change/end").status_code == 403
    assert visitor.raw.get(f"{path}/hours").status_code == 410


def test_what_the_company_does_not_sign_stays_closed_to_it(
    bram: tuple[Visitor, str], database: Database
) -> None:
    visitor, path = bram
    with database.write() as session:
        waiting = session.scalars(
            select(LearningAgreement).where(LearningAgreement.number == 2)
        ).one()
        waiting.state = AgreementState.WITHDRAWN
        version = waiting.public_id

    answer = visitor.raw.get(f"{path}/agreement/versions/{version}.pdf")
    assert answer.status_code == 404
    assert version not in visitor.get(f"{path}/agreement").text
