"""Plans that wait for the same instructor and say the same: approved together, after a look."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile
from careerlink.people.actors import Actor
from careerlink.placements.models import Application, Placement
from credit.agreements import document, operations, queries
from credit.agreements.comment_models import AgreementComment
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.signature_models import AgreementSignature, Conflict
from credit.agreements.signatures import Signing

MOST = 100
CHANGED = "These plans are not the same any more, or one was decided meanwhile. Look again."


@dataclass(frozen=True)
class Group:
    """Waiting plans of one listing's same version, word for word alike but for the student."""

    key: str
    agreements: Sequence[LearningAgreement]

    @property
    def is_alike(self) -> bool:
        return len(self.agreements) > 1


def waiting(session: Session, course: Course, *, actor: Actor) -> list[Group]:
    """The longest waiting first; a plan that nothing else is like is a group of its own."""
    agreements = session.scalars(
        queries.visible_to(actor)
        .join(LearningAgreement.placement)
        .where(
            Placement.course_id == course.id,
            LearningAgreement.state == AgreementState.AWAITING_INSTRUCTOR,
        )
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.partner),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
            joinedload(LearningAgreement.document),
        )
        .order_by(LearningAgreement.state_since, LearningAgreement.id)
        .limit(MOST)
    ).all()
    versions = _versions(session, agreements)
    plain = _plain(session, agreements)
    groups: dict[str, list[LearningAgreement]] = {}
    for agreement in agreements:
        groups.setdefault(_key(agreement, versions, plain), []).append(agreement)
    return [Group(key, found) for key, found in groups.items()]


def approve(
    session: Session, course: Course, key: str, *, expected: Sequence[str], actor: Actor
) -> int:
    """Each by itself, with its own signature; all of them, or none.

    :raises ChangedMeanwhile: the group is not the one that the page showed.
    """
    group = next((g for g in waiting(session, course, actor=actor) if g.key == key), None)
    if group is None or sorted(a.public_id for a in group.agreements) != sorted(expected):
        raise ChangedMeanwhile(CHANGED)
    for agreement in group.agreements:
        operations.approve(
            session,
            agreement,
            actor=actor,
            document_hash=agreement.document_hash or "",
            said=Signing(actor.name_in(course.id), Conflict.NONE),
        )
    return len(group.agreements)


def _key(agreement: LearningAgreement, versions: dict[int, int], plain: set[int]) -> str:
    """Nothing is like a plan of no listing, with comments, or with a tie declared."""
    text = agreement.document.text if agreement.document is not None else None
    version = versions.get(agreement.placement_id)
    if text is None or version is None or agreement.id not in plain:
        return agreement.public_id
    return f"{version}-{document.template_hash(text)[:24]}"


def _versions(session: Session, agreements: Sequence[LearningAgreement]) -> dict[int, int]:
    """By placement: the version of the listing that its student applied to."""
    rows = session.execute(
        select(Placement.id, Application.listing_version_id)
        .join(Application, Application.id == Placement.application_id)
        .where(
            Placement.id.in_([one.placement_id for one in agreements]),
            Application.listing_version_id.is_not(None),
        )
    )
    return {placement_id: version_id for placement_id, version_id in rows if version_id}


def _plain(session: Session, agreements: Sequence[LearningAgreement]) -> set[int]:
    said = exists().where(AgreementComment.agreement_id == LearningAgreement.id)
    tied = exists().where(
        AgreementSignature.agreement_id == LearningAgreement.id,
        AgreementSignature.conflict == Conflict.DECLARED,
    )
    return set(
        session.scalars(
            select(LearningAgreement.id).where(
                LearningAgreement.id.in_([one.id for one in agreements]), ~said, ~tied
            )
        )
    )
