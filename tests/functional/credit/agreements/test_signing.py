"""What must be there before a signature, and what a signature is worth afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotPermitted, NotPossible, TooMany
from careerlink.outbox import OutboxMessage
from careerlink.placements.models import PlacementState
from careerlink.reminders.models import Reminder
from credit.agreements import asking, document, drafting, operations, signatures
from credit.agreements.amending_workflow import party_of
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import ObjectiveDraft, draft_of
from credit.agreements.signature_models import AgreementSignature, Party
from credit.agreements.signatures import Signing
from credit.agreements.surroundings import Surroundings
from tests.factories.agreements import SECRET, Scene, scene


@pytest.fixture
def cast(session: Session, app: Flask) -> Scene:
    return scene(session)


def sign(cast: Scene, agreement: LearningAgreement) -> None:
    operations.sign(
        cast.session, agreement, actor=cast.student, said=Signing("Maya Chen"), secret=SECRET
    )


def mails(cast: Scene, template: str) -> list[OutboxMessage]:
    found = cast.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == mail.KIND))
    return [one for one in found if one.payload["template"] == template]


def unmet(cast: Scene, agreement: LearningAgreement) -> list[str]:
    with pytest.raises(NotPossible) as refused:
        sign(cast, agreement)
    assert agreement.state == AgreementState.DRAFT
    assert mails(cast, "agreement_to_sign") == []
    return refused.value.unmet


def test_without_consent_nobody_is_written_to(cast: Scene) -> None:
    assert unmet(cast, cast.drafted()) == [
        "Consent is missing: without it the supervisor may not see this plan."
    ]


def test_the_address_must_be_verified_by_staff(cast: Scene) -> None:
    cast.consent()
    cast.contact.verified_at = None

    assert unmet(cast, cast.drafted()) == [
        "Career staff must name the supervisor and verify the mail address."
    ]


def test_one_whole_objective_is_needed(cast: Scene) -> None:
    cast.consent()
    half = cast.plan(objectives=[ObjectiveDraft(text="Learn it", evidence="A note")])
    agreement = drafting.save_draft(cast.session, cast.placement, half, actor=cast.student)

    assert unmet(cast, agreement) == ["Objective 1 needs an activity."]

    drafting.save_draft(
        cast.session, cast.placement, cast.plan(objectives=[]), actor=cast.student
    )
    assert "at least one objective" in unmet(cast, agreement)[0]


def test_a_change_after_signing_needs_every_signature_again(cast: Scene) -> None:
    agreement = cast.countersigned()
    first = agreement.document_hash
    operations.return_to_student(
        cast.session, agreement, actor=cast.instructor, reason="Say more"
    )
    drafting.save_draft(
        cast.session, cast.placement, cast.plan(tasks="More"), actor=cast.student
    )

    sign(cast, agreement)

    assert agreement.state == AgreementState.AWAITING_SUPERVISOR
    assert agreement.document_hash not in (None, first)
    assert len(mails(cast, "agreement_to_sign")) == 2


def test_signatures_stand_where_nothing_was_changed(cast: Scene) -> None:
    agreement = cast.countersigned()
    operations.take_back(cast.session, agreement, actor=cast.student)

    sign(cast, agreement)

    assert agreement.state == AgreementState.AWAITING_INSTRUCTOR
    assert len(signatures.standing(cast.session, agreement)) == 2
    assert len(mails(cast, "agreement_to_sign")) == 1


def test_the_signed_text_is_kept_and_its_hash_can_be_checked(cast: Scene) -> None:
    agreement = cast.in_force()

    for signature in signatures.standing(cast.session, agreement):
        text = signature.document.text
        assert text is not None
        assert "Talk to the shop team" in text
        assert document.hash_of(text) == signature.document_hash


@pytest.mark.parametrize(
    "change",
    [
        {"planned_minutes": 1215},
        {"ends_on": date(2026, 11, 19), "deliverables": []},
        {"tasks": "Other"},
        {"supervision_plan": "Other"},
        {"academic_work": "Other"},
        {"objectives": []},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_field_changes_the_hash(cast: Scene, change: dict[str, object]) -> None:
    agreement = cast.drafted()
    before = document.text_of(agreement, Surroundings(("Ines",)))
    assert document.text_of(agreement, Surroundings(("Ines",))) == before

    drafting.save_draft(cast.session, cast.placement, cast.plan(**change), actor=cast.student)

    assert document.text_of(agreement, Surroundings(("Ines",))) != before


def test_an_objective_keeps_its_lineage_through_rewriting(cast: Scene) -> None:
    agreement = cast.drafted()
    lineages = [objective.lineage for objective in agreement.objectives]
    drafts = [
        replace(draft_of(objective), activity="Another way")
        for objective in agreement.objectives
    ]

    drafting.save_draft(
        cast.session, cast.placement, cast.plan(objectives=drafts), actor=cast.student
    )

    assert [objective.lineage for objective in agreement.objectives] == lineages


def test_the_supervisor_signs_only_the_text_they_saw(cast: Scene) -> None:
    agreement = cast.signed()

    with pytest.raises(ChangedMeanwhile):
        operations.countersign(
            cast.session,
            agreement,
            actor=cast.supervisor,
            said=Signing("Ines Carvalho"),
            document_hash="0" * 64,
        )


def test_work_starts_with_the_third_signature_but_not_before_its_day(cast: Scene) -> None:
    cast.in_force()
    later = scene(cast.session, slug="westmoor", starts_on=date(2026, 10, 20))
    later.in_force()

    assert cast.placement.state == PlacementState.ACTIVE
    assert later.placement.state == PlacementState.PLANNED


def test_no_days_outside_project_and_term(cast: Scene) -> None:
    for change in ({"starts_on": date(2026, 10, 1)}, {"ends_on": date(2026, 12, 19)}):
        with pytest.raises(InvalidInput):
            drafting.save_draft(
                cast.session, cast.placement, cast.plan(**change), actor=cast.student
            )


def test_a_reminder_is_asked_for_once_in_five_days(
    cast: Scene, clock: time_machine.Traveller
) -> None:
    agreement = cast.signed()
    with pytest.raises(TooMany):
        asking.remind(cast.session, agreement, actor=cast.student)

    clock.shift(timedelta(days=5, minutes=1))
    asking.remind(cast.session, agreement, actor=cast.student)

    row = cast.session.scalars(select(Reminder)).one()
    assert (row.rung, row.contact_id) == ("nudge", cast.contact.id)
    with pytest.raises(TooMany):
        asking.remind(cast.session, agreement, actor=cast.staff)


def test_signatures_are_never_changed_or_deleted(cast: Scene) -> None:
    cast.in_force()
    cast.session.commit()

    for change in (
        sa.update(AgreementSignature).values(method="other"),
        sa.delete(AgreementSignature),
    ):
        with pytest.raises(DatabaseError, match="never changed or deleted"):
            cast.session.execute(change)
        cast.session.rollback()


def test_a_student_whom_the_platform_makes_an_instructor_approves_not_their_own_plan(
    cast: Scene,
) -> None:
    agreement = cast.countersigned()
    digest = agreement.document_hash or ""
    risen = replace(cast.instructor, person_id=cast.student.person_id)

    with pytest.raises(NotPermitted):
        operations.approve(cast.session, agreement, actor=risen, document_hash=digest)

    operations.approve(cast.session, agreement, actor=cast.instructor, document_hash=digest)
    assert party_of(risen, cast.placement) is None
    assert party_of(cast.instructor, cast.placement) == Party.INSTRUCTOR
