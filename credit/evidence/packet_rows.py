"""What a packet shows of evidence, for any number of placements in the same few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit.evidence import criteria, judging, queries, reflecting
from credit.evidence.judging import Finding
from credit.evidence.models import Deliverable, DeliverableState, DeliverableVersion
from credit.evidence.reflection_models import ReflectionAnswer
from credit.evidence.review_models import Attested, DeliverableReview


@dataclass(frozen=True)
class EvidenceRows:
    deliverables: Mapping[str, Deliverable]
    """By what their versions keep as ``piece``."""
    reviews: Mapping[int, Sequence[DeliverableReview]]
    """By version."""
    answers: Mapping[int, Sequence[ReflectionAnswer]]
    """By version of a reflection."""
    findings: Mapping[tuple[int, str], Finding]
    """By placement and lineage of the objective."""

    @classmethod
    def of(
        cls,
        session: Session,
        placement_ids: Sequence[int],
        versions: Sequence[DeliverableVersion],
    ) -> "EvidenceRows":
        rows = session.scalars(
            select(Deliverable)
            .where(Deliverable.placement_id.in_(placement_ids))
            .order_by(Deliverable.position, Deliverable.id)
        )
        ids = [version.id for version in versions]
        return cls(
            deliverables={row.public_id: row for row in rows},
            reviews=queries.reviews_of(session, ids),
            answers=reflecting.answers_of(session, ids),
            findings=judging.of_placements(session, placement_ids),
        )

    def awaited(self, placement_id: int) -> list[Deliverable]:
        """Agreed upon, and nothing of it is there yet."""
        return [
            one
            for one in self.deliverables.values()
            if one.placement_id == placement_id and one.state == DeliverableState.AWAITED
        ]


def attested(review: DeliverableReview, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Answer and criterion, in words; ``texts``: objectives by lineage."""
    return [
        (criteria.ANSWERS[Attested(one.answer)], criteria.words_of(one.criterion, texts))
        for one in review.criteria
    ]
