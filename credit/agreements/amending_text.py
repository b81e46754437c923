"""The text of a changed plan: the whole plan as it will be, and what the change is about."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from credit.agreements import document, surroundings
from credit.agreements.amendment_models import AgreementAmendment
from credit.agreements.models import LearningAgreement
from credit.agreements.surroundings import Surroundings


def text_of(
    session: Session,
    agreement: LearningAgreement,
    base: LearningAgreement,
    amendment: AgreementAmendment,
    *,
    supervisors: Sequence[str] = (),
) -> str:
    """Names and clauses stay those of the version before; only what was proposed is new."""
    around = _around(session, base, supervisors)
    content = document.content_of(agreement, around)
    content["amendment"] = {
        "amends_version": base.number,
        "amends_document": base.document_hash or "",
        "changes": amendment.kinds,
        "ending": amendment.ending.value if amendment.ending is not None else None,
        "reason": amendment.reason,
        "signed_by": amendment.signers,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def said_of(text: str) -> dict[str, Any] | None:
    """What a signed text says of the change that it is; nothing for a plan of its own."""
    found: dict[str, Any] | None = document.read(text).get("amendment")
    return found


def _around(
    session: Session, base: LearningAgreement, supervisors: Sequence[str]
) -> Surroundings:
    text = base.document.text if base.document is not None else None
    if text is None:
        return surroundings.of(session, base.placement)
    said = document.read(text)
    return Surroundings(
        supervisors=tuple(supervisors or said["supervisors"]),
        signatory=said.get("signatory", ""),
        instructors=tuple(said.get("instructors", ())),
        section=said.get("section", ""),
        clauses=said.get("clauses", {}),
    )
