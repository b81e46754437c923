"""What both pages show, of one course and of the whole institution."""

from collections.abc import Iterator

from flask import Response, g, render_template, request
from sqlalchemy.orm import Session

from careerlink.db import Database
from careerlink.people.actors import Actor
from careerlink.reports.small_cells import LEAST
from careerlink.web import services
from credit.competencies import queries as competencies
from credit.competencies.files import exchange
from credit.competencies.models import FileFormat
from credit.outcomes import addresses, counting, files, rows
from credit.outcomes.lines import SIDE_WORDS, Line, Side, message
from credit.outcomes.scope import Choices, Scope

COUNTS = "counts"


def overview(
    session: Session, wanted: Scope, *, is_office: bool, offered: Choices | None = None
) -> str:
    counted = counting.count(session, g.actor, wanted)
    query = addresses.filters(wanted, is_office=is_office)
    return render_template(
        "credit/outcomes/office.html" if is_office else "credit/outcomes/course.html",
        counted=counted,
        wanted=wanted,
        offered=offered,
        frameworks=competencies.frameworks(session, g.actor),
        groups=_groups(counted.competencies),
        title=message(counted.charted),
        hides=addresses.hides(),
        least=LEAST,
        side_words=SIDE_WORDS,
        sides=list(Side),
        formats=exchange.WORDS,
        query=query,
        to=lambda page, **more: addresses.to(page, {**query, **more}, is_office=is_office),
        here=request.path,
    )


def _groups(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return list(found.items())


def behind_a_figure(session: Session, wanted: Scope, *, is_office: bool) -> str:
    behind = addresses.behind()
    counted = counting.count(session, g.actor, wanted)
    line = next((one for one in counted.lines if one.key == behind.target), None)
    query = addresses.filters(wanted, is_office=is_office)
    same = {"target": behind.target, "side": behind.side.value}
    found, said = rows.people(session, g.actor, wanted, behind, after=request.args.get("after"))
    return render_template(
        "credit/outcomes/rows.html",
        layout="layouts/office.html" if is_office else "layouts/page.html",
        is_office=is_office,
        behind=behind,
        line=line,
        spread=line.spread(behind.side) if line else None,
        side_word=SIDE_WORDS[behind.side],
        found=found,
        said=said,
        programs=rows.by_program(session, g.actor, wanted, behind),
        terms=rows.by_term(session, g.actor, wanted, behind) if is_office else [],
        to=lambda page, **more: addresses.to(page, {**query, **more}, is_office=is_office),
        same=same,
    )


def table(session: Session, wanted: Scope, name: str, *, file_name: str) -> Response:
    """Row by row, as the database hands them out; nothing is held in memory."""
    if name == COUNTS:
        body = files.counts(counting.count(session, g.actor, wanted))
    else:
        body = _results(services().database, g.actor, wanted, FileFormat(name))
    answer = Response(body, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}-{name}.csv"'
    return answer


def _results(
    database: Database, actor: Actor, wanted: Scope, file_format: FileFormat
) -> Iterator[bytes]:
    # The request's own session is closed before the first row leaves.
    with database.read() as session:
        yield from files.results(session, actor, wanted, file_format)
