"""Whoever is named to sign for the company signs for themselves, and for nobody after them."""

from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from careerlink.errors import NotPossible
from careerlink.partners import contacts
from careerlink.people.actors import Actor
from careerlink.placements import planning, signatories
from careerlink.placements.signatories import Signatory
from credit.agreements import asking, ladder, operations, page, signatures
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Conflict, Party
from credit.agreements.signatures import Signing
from tests.factories.agreements import SECRET, Scene, scene


def test_who_was_named_before_signed_for_themselves_alone(
    session: Session, app: Flask, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    agreement = cast.signed()
    bram = _signs_for_company(cast, agreement, "Bram Visser")
    with pytest.raises(NotPossible, match="Bram Visser has signed for the company"):
        operations.withdraw_signatory(session, agreement, bram, actor=cast.supervisor)

    # Sent back, somebody else is named: what Bram signed is not theirs.
    operations.return_to_student(session, agreement, actor=cast.supervisor, reason="Not Bram")
    operations.withdraw_signatory(session, agreement, bram, actor=cast.supervisor)
    named = _name(cast, "Noor Haddad")
    _sign_anew(cast, agreement)
    _countersign(cast, agreement, cast.supervisor)
    still = agreement.state
    assert signatures.missing_of_company(session, agreement) == [Party.COMPANY]

    _signs_for_company(cast, agreement, "Noor Haddad", named)
    assert still == AgreementState.AWAITING_SUPERVISOR
    assert agreement.state == AgreementState.AWAITING_INSTRUCTOR


def test_a_namesake_signs_for_themselves_under_the_very_same_words(
    session: Session, app: Flask, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    agreement = cast.countersigned()
    words = agreement.document_hash
    namesake = contacts.add_contact(
        session,
        cast.placement.partner,
        actor=cast.staff,
        name=cast.contact.name,
        email="ines.carvalho.2@northlight.example",
    )
    contacts.verify_contact(session, namesake, actor=cast.staff, how="Called them")
    planning.set_supervisor(session, cast.placement, namesake, actor=cast.staff)
    _sign_anew(cast, agreement)
    assert agreement.document_hash == words
    before = agreement.state
    assert [one.id for one in asking.signers(session, agreement)] == [namesake.id]
    rows = {one.party: one.name for one in page.signers(session, agreement, cast.student)}
    assert rows["Supervisor"] == ""
    assert [contact for *_, contact, _ in session.execute(ladder.LADDER.open_subjects())] == [
        namesake.id
    ]

    _countersign(cast, agreement, replace(cast.supervisor, contact_id=namesake.id))
    assert before == AgreementState.AWAITING_SUPERVISOR
    assert agreement.state == AgreementState.AWAITING_INSTRUCTOR
    found = signatures.standing(session, agreement)
    assert [one.contact_id for one in found if one.party == Party.SUPERVISOR] == [namesake.id]


def test_two_people_one_after_the_other_sign_the_same_words_for_the_company(
    session: Session, app: Flask, clock: time_machine.Traveller
) -> None:
    cast = scene(session)
    agreement = cast.signed()
    bram = _signs_for_company(cast, agreement, "Bram Visser")
    operations.return_to_student(session, agreement, actor=cast.supervisor, reason="Not Bram")
    operations.withdraw_signatory(session, agreement, bram, actor=cast.supervisor)
    # Signed before anybody else is named, the text is the one that Bram has signed.
    _sign_anew(cast, agreement)
    named = _name(cast, "Noor Haddad")
    _countersign(cast, agreement, cast.supervisor)
    assert signatures.missing_of_company(session, agreement) == [Party.COMPANY]

    _signs_for_company(cast, agreement, "Noor Haddad", named)
    assert agreement.state == AgreementState.AWAITING_INSTRUCTOR


def _sign_anew(cast: Scene, agreement: LearningAgreement) -> None:
    said = Signing("Maya Chen", Conflict.NONE)
    operations.sign(cast.session, agreement, actor=cast.student, said=said, secret=SECRET)


def _name(cast: Scene, name: str) -> Signatory:
    address = f"{name.split()[0]}@northlight.example"
    return signatories.name_signatory(
        cast.session, cast.placement, name=name, title="", email=address, actor=cast.supervisor
    )


def _signs_for_company(
    cast: Scene, agreement: LearningAgreement, name: str, named: Signatory | None = None
) -> Signatory:
    named = named or _name(cast, name)
    contact = signatories.verify(cast.session, named, how="Called them", actor=cast.staff)
    _countersign(cast, agreement, replace(cast.supervisor, contact_id=contact.id))
    return named


def _countersign(cast: Scene, agreement: LearningAgreement, actor: Actor) -> None:
    operations.countersign(
        cast.session,
        agreement,
        actor=actor,
        said=Signing("As typed", Conflict.NONE),
        document_hash=agreement.document_hash or "",
    )
