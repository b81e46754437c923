"""The receipt as a document to keep: from what was sent alone, so it never changes."""

from careerlink.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
)
from careerlink.documents.moments import written_out
from careerlink.placements.models import Placement
from careerlink.web.templating import hours
from credit.competencies import levels
from credit.evaluations.answers import AGAIN
from credit.evaluations.models import Evaluation, EvaluationKind
from credit.evaluations.sent import Submitted
from credit.evaluations.whole_form import MEDIA


def document(
    evaluation: Evaluation, placement: Placement, one: Submitted, *, first_name: str
) -> Document:
    is_midpoint = evaluation.kind == EvaluationKind.MIDPOINT
    return Document(
        title="Midpoint evaluation" if is_midpoint else "Evaluation",
        lead=f"{first_name}, “{placement.title}”",
        institution=placement.institution.name,
        dated=one.submitted_at,
        footer=f"Receipt {evaluation.public_id}, version {one.number}",
        blocks=[*_head(placement, one), *_answers(one)],
    )


def _head(placement: Placement, one: Submitted) -> list[Block]:
    sent = written_out(one.submitted_at, placement.institution.time_zone)
    facts = [("Sent", sent), ("By", one.by), ("Company", placement.partner.name)]
    if one.covers_from or one.covers_until:
        since = str(one.covers_from or placement.starts_on)
        facts.append(("About", f"{since} to {one.covers_until or placement.ends_on}"))
    blocks: list[Block] = [Facts(facts)]
    if one.written_by:
        how = MEDIA.get(one.medium or "", "").lower()
        text = f"{one.written_by} wrote it down for {one.by}, {how} on {one.heard_on}."
        blocks.append(Notice("Written down", text))
    if one.reason:
        blocks.append(Notice("Corrected", one.reason))
    if one.is_addendum:
        blocks.append(Notice("Addendum", "It came after the decision on credit."))
    return blocks


def _answers(one: Submitted) -> list[Block]:
    rows = [
        [answer.label, levels.words(answer.level), answer.example] for answer in one.ratings
    ]
    words = [("A strength", one.strength)]
    if one.growth:
        words.append(("A next step", one.growth))
    if one.work_again:
        words.append(("Would work together again", AGAIN.get(one.work_again, "")))
    blocks: list[Block] = []
    if one.confirmed_minutes is not None and one.reported_minutes is not None:
        figures = [
            ("Confirmed", hours(one.confirmed_minutes)),
            ("Reported", hours(one.reported_minutes)),
        ]
        note = [("Note", one.hours_note)] if one.hours_note else []
        blocks += [Heading("Hours"), Facts([*figures, *note])]
    blocks += [
        Heading("What was seen"),
        Table(["Question", "Level", "Example"], rows, widths=(4, 2, 4)),
        Heading("In words"),
        Facts(words),
        Paragraph(
            "“Did not see this” is an answer of its own, and never a low level. These answers "
            "inform the decision on credit; they are not a grade.",
            is_muted=True,
        ),
    ]
    return blocks
