"""What the career office adds to a plan: a signature on paper, and the campus's own clauses."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from careerlink.courses.roles import CourseRole, Standing
from careerlink.db import Database
from careerlink.errors import NotPermitted
from credit.agreements import operations
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature
from tests.factories.agreements import Scene
from tests.factories.evidence import PDF
from tests.factories.sessions import signed_in
from tests.functional.credit.agreements.test_field_comments import state
from tests.functional.credit.agreements.test_pages import prepare
from tests.pages import Visitor


def test_a_signature_on_paper_is_kept_with_its_original(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    page = staff.get(f"/office/placements/{cast.placement.public_id}/signing")
    name = {"Name under the signature": "Ines Carvalho"}
    page.submit("Record the signature", name, status=422)
    assert state(database) == AgreementState.AWAITING_SUPERVISOR

    scan = {"The signed original": (io.BytesIO(PDF), "signed.pdf")}
    page = page.submit("Record the signature", {**name, **scan})

    assert "on paper, recorded by the office" in page.text
    assert state(database) == AgreementState.AWAITING_INSTRUCTOR
    with database.read() as session:
        signature = session.scalars(
            select(AgreementSignature).order_by(AgreementSignature.id.desc())
        ).first()
        assert signature is not None
        assert signature.method == "paper"
        assert signature.contact_id == cast.contact.id
        assert signature.recorded_by_id == cast.staff.person_id
        assert signature.attachment_id is not None


def test_whoever_recorded_a_signature_does_not_approve_the_plan(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    page = staff.get(f"/office/placements/{cast.placement.public_id}/signing")
    scan = {"The signed original": (io.BytesIO(PDF), "signed.pdf")}
    page.submit("Record the signature", {"Name under the signature": "Ines Carvalho", **scan})
    teaching = Standing(CourseRole.INSTRUCTOR, may_decide=True)

    with database.write() as session, pytest.raises(NotPermitted):
        agreement = session.scalars(select(LearningAgreement)).one()
        operations.approve(
            session,
            agreement,
            actor=replace(cast.staff, courses={cast.course.id: teaching}),
            document_hash=agreement.document_hash or "",
        )

    assert state(database) == AgreementState.AWAITING_INSTRUCTOR


def test_a_new_clause_counts_from_the_next_signature_on(
    database: Database, cast: Scene, visitors: Callable[[], Visitor]
) -> None:
    prepare(database, cast, "signed")
    staff = signed_in(visitors(), database, cast.staff.person_id or 0)
    page = staff.get("/office/agreement-clauses")
    page.submit("Save clauses", {"Conduct": ""}, status=422)
    page.submit("Save clauses", {"Conduct": "Be kind to each other."})

    assert "Be kind" not in staff.get(cast.agreement_path).text
    with database.read() as session:
        agreement = session.scalars(select(LearningAgreement)).one()
        assert agreement.document is not None
        assert "code of conduct" in (agreement.document.text or "")
