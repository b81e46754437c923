"""Remarks on single fields: made when a plan is sent back, settled when it is signed again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.errors import NotFound, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit.agreements import document, fields, sheet, signatures, surroundings
from credit.agreements.comment_models import AgreementComment, CommentState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import Party
from credit.agreements.workflow import is_own


@dataclass(frozen=True)
class Remark:
    field: str
    text: str = ""
    proposal: str = ""
    """Words that the author would have there instead."""


def of(session: Session, agreement: LearningAgreement) -> Sequence[AgreementComment]:
    """All of them, in the order in which they were made."""
    return session.scalars(
        select(AgreementComment)
        .where(AgreementComment.agreement_id == agreement.id)
        .options(joinedload(AgreementComment.person), joinedload(AgreementComment.contact))
        .order_by(AgreementComment.id)
    ).all()


def by_field(comments: Sequence[AgreementComment]) -> Mapping[str, list[AgreementComment]]:
    found: dict[str, list[AgreementComment]] = {}
    for comment in comments:
        found.setdefault(comment.field, []).append(comment)
    return found


def keys_of(agreement: LearningAgreement) -> list[str]:
    """What a remark can be about: the fields of the table, and each objective by itself."""
    objectives = [fields.objective_key(one.lineage) for one in agreement.objectives]
    return [*objectives, *(field.key for field in fields.FIELDS)]


def add(
    session: Session,
    agreement: LearningAgreement,
    remarks: Sequence[Remark],
    *,
    party: Party,
    document_hash: str,
    actor: Actor,
) -> None:
    known: Collection[str] = set(keys_of(agreement))
    for remark in remarks:
        if remark.field not in known or not (remark.text or remark.proposal):
            continue
        comment = AgreementComment(
            agreement_id=agreement.id,
            agreement=agreement,
            field=remark.field,
            party=party,
            person_id=None if actor.contact_id is not None else actor.person_id,
            contact_id=actor.contact_id,
            text=remark.text,
            proposal=remark.proposal if _takes_proposal(remark.field) else "",
            document_hash=document_hash,
            made_at=clock.now(),
            state=CommentState.OPEN,
        )
        session.add(comment)
        session.flush()
        audit.record(
            session, "agreement_comment:make", comment, actor=actor, field=remark.field
        )


def answer(session: Session, comment: AgreementComment, text: str, *, actor: Actor) -> None:
    """What the student says to it; the field may stay as it is then."""
    _only_drafting(comment, actor)
    if comment.answer != text.strip():
        comment.answer = text.strip()
        audit.record(session, "agreement_comment:answer", comment, actor=actor)


def accept(
    session: Session, agreement: LearningAgreement, public_id: str, *, actor: Actor
) -> None:
    """The proposed words take the place of the student's own."""
    comment = session.scalar(
        select(AgreementComment).where(
            AgreementComment.agreement_id == agreement.id,
            AgreementComment.public_id == public_id,
        )
    )
    if comment is None:
        raise NotFound
    _only_drafting(comment, actor)
    if comment.state != CommentState.OPEN or not comment.proposal:
        raise NotPossible("This was settled already.")
    setattr(agreement, comment.field, comment.proposal)
    _settle(session, comment, CommentState.ACCEPTED, actor=actor)


def unsettled(session: Session, agreement: LearningAgreement) -> list[AgreementComment]:
    """Open ones that neither a change nor an answer has met: they keep the plan from going."""
    still_open = [one for one in of(session, agreement) if one.state == CommentState.OPEN]
    changed = _changed(session, agreement, still_open)
    return [one for one in still_open if one.id not in changed and not one.answer]


def nothing_unsettled(session: Session, agreement: LearningAgreement) -> list[str]:
    """Guard of ``sign``."""
    return [
        f"Answer the comment on “{label_of(agreement, comment.field)}”, or change the field."
        for comment in unsettled(session, agreement)
    ]


def settle(session: Session, agreement: LearningAgreement, *, actor: Actor) -> None:
    """With the new signature, every open remark was met in one way or the other."""
    still_open = [one for one in of(session, agreement) if one.state == CommentState.OPEN]
    changed = _changed(session, agreement, still_open)
    for comment in still_open:
        if comment.id in changed:
            _settle(session, comment, CommentState.CHANGED, actor=actor)
        elif comment.answer:
            _settle(session, comment, CommentState.ANSWERED, actor=actor)


def label_of(agreement: LearningAgreement, key: str) -> str:
    for number, objective in enumerate(agreement.objectives, 1):
        if key == fields.objective_key(objective.lineage):
            return f"Objective {number}"
    known = fields.BY_KEY.get(key)
    return known.label if known is not None else "An objective that is gone"


def _settle(
    session: Session, comment: AgreementComment, to: CommentState, *, actor: Actor
) -> None:
    comment.state, comment.settled_at = to, clock.now()
    session.flush()
    audit.record(session, "agreement_comment:settle", comment, actor=actor, after=to)


def _only_drafting(comment: AgreementComment, actor: Actor) -> None:
    if not is_own(actor, comment.agreement):
        raise NotPermitted("The student answers comments.")
    if comment.agreement.state != AgreementState.DRAFT:
        raise NotPossible("The plan is signed; comments on it are settled.")


def _takes_proposal(key: str) -> bool:
    field = fields.BY_KEY.get(key)
    return field is not None and field.takes_proposal


def _changed(
    session: Session, agreement: LearningAgreement, comments: Sequence[AgreementComment]
) -> set[int]:
    """Those whose field says something else now than in the text that they are about."""
    if not comments:
        return set()
    now = document.text_of(agreement, surroundings.of(session, agreement.placement))
    changed = set()
    for comment in comments:
        about = signatures.with_this_text(session, agreement, comment.document_hash)
        text = about.document.text if about is not None else None
        if text is not None and _says(text, comment.field) != _says(now, comment.field):
            changed.add(comment.id)
    return changed


def _says(text: str, key: str) -> list[str]:
    """The lines of one field in a text; "objectives" stands for all of them."""
    return [
        line.text
        for part in sheet.parts(text)
        for line in part.lines
        if key in (line.key, part.key)
        or (key == "objectives" and part.key.startswith(fields.objective_key("")))
    ]
