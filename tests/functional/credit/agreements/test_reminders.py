"""Who is reminded of a plan that waits for the company: whoever has not signed yet."""

from dataclasses import replace

import time_machine
from sqlalchemy.orm import Session

from careerlink.placements import signatories
from careerlink.reminders import subjects
from careerlink.reminders.subjects import Subject
from credit.agreements import operations, signatures
from credit.agreements.ladder import LADDER
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Conflict, Party
from credit.agreements.signatures import Signing
from tests.factories.agreements import SECRET, Scene, scene


def waiting(session: Session, agreement: LearningAgreement) -> Subject | None:
    session.flush()
    return subjects.open_now(session, LADDER, [agreement.id]).get(agreement.id)


def named_and_signed(cast: Scene) -> tuple[LearningAgreement, signatories.Signatory]:
    """Ines has named Bram, and has signed her own part."""
    agreement = cast.signed()
    bram = signatories.name_signatory(
        cast.session,
        cast.placement,
        name="Bram Visser",
        title="",
        email="bram@northlight.example",
        actor=cast.supervisor,
    )
    operations.countersign(
        cast.session,
        agreement,
        actor=cast.supervisor,
        said=Signing("Ines Carvalho", Conflict.NONE),
        document_hash=agreement.document_hash or "",
    )
    assert agreement.state == AgreementState.AWAITING_SUPERVISOR
    return agreement, bram


def test_who_has_signed_is_not_reminded_while_the_office_verifies_the_other(
    session: Session, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    agreement, bram = named_and_signed(cast)
    assert waiting(session, agreement) is None

    clock.shift(12 * 86_400)
    contact = signatories.verify(session, bram, how="Called them", actor=cast.staff)

    found = waiting(session, agreement)
    assert found is not None
    assert found.contact_id == contact.id
    # Whoever was asked today is not twelve days late.
    assert found.anchor_on == found.begun_on


def test_a_signature_that_still_holds_for_its_part_is_not_asked_for_again(
    session: Session, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    agreement, bram = named_and_signed(cast)
    contact = signatories.verify(session, bram, how="Called them", actor=cast.staff)
    by_bram = replace(cast.supervisor, contact_id=contact.id)
    operations.return_to_student(
        session, agreement, actor=by_bram, reason="Which seminar is it?"
    )
    agreement.academic_work = "Two seminars."
    said = Signing("Maya Chen", Conflict.NONE)
    operations.sign(session, agreement, actor=cast.student, said=said, secret=SECRET)
    assert agreement.state == AgreementState.AWAITING_SUPERVISOR

    assert signatures.missing_of_company(session, agreement) == [Party.COMPANY]
    found = waiting(session, agreement)
    assert found is not None
    assert found.contact_id == contact.id
