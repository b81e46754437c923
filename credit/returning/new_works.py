"""Work and reflections that came since a case was returned, with what is new in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from credit.cases.models import Decision
from credit.cases.packet import Sheet
from credit.evidence import reflecting
from credit.evidence.models import DeliverableVersion, EvidenceKind
from credit.returning.rewriting import Pieces, paragraphs_between

Rewritten = Sequence[tuple[str, Sequence[Pieces]]]
"""By heading: the objective, or empty for what is said about all of it."""


@dataclass(frozen=True)
class NewWork:
    project: str
    work: DeliverableVersion
    rewritten: Rewritten
    """Of a reflection; empty for files and links."""


def since(session: Session, sheets: Sequence[Sheet], returned: Decision) -> list[NewWork]:
    found = [
        (sheet, work)
        for sheet in sheets
        for work in (*sheet.works, *sheet.reflections)
        if work.handed_in_at > returned.decided_at
    ]
    read = _Read(session, [work for _sheet, work in found], returned)
    return [
        NewWork(sheet.part.placement.title, work, read.rewritten(sheet, work))
        for sheet, work in found
    ]


class _Read:
    """Two queries, however many reflections there are."""

    def __init__(
        self, session: Session, works: Sequence[DeliverableVersion], returned: Decision
    ) -> None:
        pieces = [
            (one.placement_id, one.piece)
            for one in works
            if one.kind == EvidenceKind.REFLECTION
        ]
        rows = session.scalars(
            select(DeliverableVersion)
            .where(
                tuple_(DeliverableVersion.placement_id, DeliverableVersion.piece).in_(pieces),
                DeliverableVersion.handed_in_at <= returned.decided_at,
            )
            .order_by(DeliverableVersion.number)
        )
        self.former = {(one.placement_id, one.piece): one for one in rows} if pieces else {}
        self.answers = reflecting.answers_of(session, [one.id for one in self.former.values()])

    def rewritten(self, sheet: Sheet, work: DeliverableVersion) -> Rewritten:
        if work.kind != EvidenceKind.REFLECTION:
            return []
        former = self.former.get((work.placement_id, work.piece))
        given = self.answers.get(former.id, []) if former is not None else []
        before = {one.objective_lineage: one.text for one in given}
        titles = sheet.objective_texts
        texts = [
            (
                titles.get(one.objective_lineage, ""),
                paragraphs_between(before.get(one.objective_lineage, ""), one.text),
            )
            for one in sheet.evidence.answers.get(work.id, [])
        ]
        texts.append(("", paragraphs_between(former.text if former else "", work.text)))
        return [(title, changed) for title, changed in texts if changed]
