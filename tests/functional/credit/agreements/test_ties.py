"""A declared tie is a task of the office as long as the signature that declares it stands."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from credit.agreements import attention, drafting, operations
from credit.agreements.models import AgreementState
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Conflict
from credit.agreements.signatures import Signing
from tests.conftest import PUBLIC_URL
from tests.factories.agreements import SECRET, Scene, scene


@pytest.fixture
def cast(session: Session, app: Flask) -> Scene:
    return scene(session)


def test_a_tie_stays_a_task_when_only_the_course_s_own_part_changes(
    cast: Scene, app: Flask
) -> None:
    agreement = cast.signed()
    operations.countersign(
        cast.session,
        agreement,
        actor=cast.supervisor,
        said=Signing("Ines Carvalho", Conflict.DECLARED, "My cousin"),
        document_hash=agreement.document_hash or "",
    )
    before = agreement.document_hash
    operations.return_to_student(
        cast.session, agreement, actor=cast.instructor, reason="Name the hours."
    )
    plan = replace(plan_of(agreement), academic_work="Ten hours, each Friday.")
    drafting.save_draft(cast.session, cast.placement, plan, actor=cast.student)
    operations.sign(
        cast.session, agreement, actor=cast.student, said=Signing("Maya Chen"), secret=SECRET
    )

    assert agreement.document_hash != before
    assert agreement.state == AgreementState.AWAITING_INSTRUCTOR
    with app.test_request_context(base_url=PUBLIC_URL):
        (tie,) = attention.ties(cast.session, cast.staff)
    assert tie.action == "Read the tie"
