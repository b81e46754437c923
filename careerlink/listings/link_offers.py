"""What instructors can add to their course's page: the board, or single projects."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session, joinedload
from werkzeug.datastructures import MultiDict

from careerlink.courses.models import Course, Objective
from careerlink.errors import InvalidInput
from careerlink.institutions.day import campus_day
from careerlink.listings import board, board_filters, facets
from careerlink.listings.board_filters import (
    CHOSEN,
    HOURS_WORDS,
    MOST_CHOSEN,
    NAMES,
    BoardFilters,
)
from careerlink.listings.models import Listing
from careerlink.offered_parts import LinkItem, LinkOffer
from careerlink.people.actors import Actor
from careerlink.web.query import LONGEST

Asked = MultiDict[str, str]
LISTED = 10
"""So many projects stand on a page of the choice: its buttons stay in sight."""
SHOWN = 3
"""So many projects stand in a preview of the board."""


def offers() -> list[LinkOffer]:
    return [
        LinkOffer(
            key="board",
            title="The project board",
            text="Every open project of this course, or the part that your filters leave.",
            action="Choose filters",
            template="careerlink/links/board.html",
            choices=board_choices,
            items=board_items,
            position=10,
        ),
        LinkOffer(
            key="projects",
            title="Single projects",
            text="One project, or a few that you choose, each with its own page.",
            action="Choose projects",
            template="careerlink/links/projects.html",
            choices=project_choices,
            items=project_items,
            position=20,
        ),
    ]


def board_choices(
    session: Session, actor: Actor, course: Course, asked: Asked
) -> Mapping[str, Any]:
    filters = _filters(asked)
    today = campus_day(session, actor)
    objectives = board.course_objectives(session, course)
    found = board.listed(session, actor, course, filters, after=None, today=today)
    counted = facets.counted(session, actor, course, filters, objectives, today)
    counted.quick = [choice for choice in counted.quick if choice.name != "saved"]
    return {
        "filters": filters,
        "facets": counted,
        "address": lambda **changes: _address(filters.but(**changes)),
        "rows": found.rows[:SHOWN],
    }


def board_items(session: Session, actor: Actor, course: Course, asked: Asked) -> list[LinkItem]:
    filters = _filters(asked)
    query = filters.as_query()
    words = _words(filters, board.course_objectives(session, course))
    title = "Find a micro-internship"
    return [
        LinkItem(
            content=f"board?{urlencode(query)}" if query else "board",
            title=f"{title}: {', '.join(words)}" if words else title,
            text="Short paid projects for this course. The career office has checked every "
            "partner; the board says what each project pays and what it counts.",
            preview="careerlink/links/board_preview.html",
            values=board_choices(session, actor, course, asked),
        )
    ]


def project_choices(
    session: Session, actor: Actor, course: Course, asked: Asked
) -> Mapping[str, Any]:
    filters = _filters(asked)
    after = asked.get("after") or None
    today = campus_day(session, actor)
    found = board.listed(session, actor, course, filters, after=after, today=today, size=LISTED)
    chosen = _chosen(session, actor, course, asked)
    return {
        "filters": filters,
        "found": found,
        "chosen": chosen,
        "rows": [row for row in found.rows if row not in chosen],
        "most": MOST_CHOSEN,
    }


def project_items(
    session: Session, actor: Actor, course: Course, asked: Asked
) -> list[LinkItem]:
    """:raises InvalidInput: none is chosen, or more than one list can hold."""
    chosen = _chosen(session, actor, course, asked)
    if not chosen:
        raise InvalidInput("Choose at least one project that is open in this course.")
    if len(set(asked.getlist("project"))) > MOST_CHOSEN:
        raise InvalidInput(f"Choose up to {MOST_CHOSEN} projects at a time.")
    if asked.get("as") == "one" and len(chosen) > 1:
        return [_list_of(chosen)]
    return [_project(listing) for listing in chosen]


def board_page(wanted: str) -> str:
    """The filters of a link, each one known: what is not is left out."""
    asked = dict(parse_qsl(wanted[:2000], max_num_fields=None))
    query = _filters(MultiDict(asked)).as_query()
    return f"board?{urlencode(query)}" if query else "board"


def listing_page(wanted: str) -> str:
    return f"listings/{wanted}" if board_filters.ONE.fullmatch(wanted) else ""


def listings_page(wanted: str) -> str:
    return f"board?{urlencode({'only': wanted})}" if CHOSEN.fullmatch(wanted) else ""


def _filters(asked: Asked) -> BoardFilters:
    plain = {name: asked.get(name, "").replace("\0", " ").strip()[:LONGEST] for name in NAMES}
    # What a student has saved is no choice of the instructor's.
    return board_filters.read(plain).but(saved="")


def _address(filters: BoardFilters) -> str:
    return f"?{urlencode(filters.as_query()) or 'q='}"


def _chosen(session: Session, actor: Actor, course: Course, asked: Asked) -> Sequence[Listing]:
    """In the order of the board's newest first; what is no longer open there is left out."""
    ids = list(dict.fromkeys(asked.getlist("project")))[: MOST_CHOSEN + 1]
    return session.scalars(
        board.visible_to(actor, course, campus_day(session, actor))
        .where(Listing.public_id.in_(ids))
        .options(joinedload(Listing.partner))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
    ).all()


def _project(listing: Listing) -> LinkItem:
    return LinkItem(
        content=f"listing:{listing.public_id}",
        title=listing.title,
        text=f"You make: {listing.deliverable}",
        preview="careerlink/links/projects_preview.html",
        values={"rows": [listing]},
    )


def _list_of(chosen: Sequence[Listing]) -> LinkItem:
    return LinkItem(
        content=f"listings:{','.join(listing.public_id for listing in chosen)}",
        title=f"{len(chosen)} micro-internship projects",
        text="; ".join(listing.title for listing in chosen) + ".",
        preview="careerlink/links/projects_preview.html",
        values={"rows": chosen},
    )


def _words(filters: BoardFilters, objectives: Sequence[Objective]) -> list[str]:
    """The filters as they read in a title."""
    titles = {objective.code: objective.title for objective in objectives}
    hours = HOURS_WORDS.get(filters.hours, "")
    said = {
        "where": {"remote": "remote", "place": "on site"}.get(filters.where, ""),
        "hours": f"{hours[:1].lower()}{hours[1:]} hours",
        "pay": "by fee per hour",
        "objective": f"{filters.objective} {titles.get(filters.objective, '')}".strip(),
        "field": filters.field,
        "slots": "places left",
        "ends": "ending before grades are due",
        "text": f"“{filters.text}”",
    }
    return [said[name] for name in said if name in filters.chosen()]
