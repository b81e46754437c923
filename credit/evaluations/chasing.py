"""The office's one list of supervisors' evaluations that have not come, and what to do next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.notifications import bounces
from careerlink.notifications.models import MailBounce
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.reminders import standing
from careerlink.reminders.standing import Next, Standing
from careerlink.web.pagination import Page, page
from credit import addresses
from credit.evaluations import ladder, queries
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.workflow import transcribes


class Filter(StrEnum):
    ALL = "all"
    LATE = "late"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Row:
    evaluation: Evaluation
    is_late: bool
    has_bounced: bool
    """Mail to this address comes back."""
    reminders: Standing | None
    """``None`` before the first sweep, and once nothing is asked any more."""
    may_write_down: bool

    @property
    def placement(self) -> Placement:
        return self.evaluation.placement

    @property
    def next(self) -> Next | None:
        return self.reminders.ahead[0] if self.reminders and self.reminders.ahead else None

    @property
    def first_name(self) -> str:
        return addresses.first_name(self.placement)

    def desk(self, deed: str) -> str:
        return url_for(
            f"evaluation_desk.{deed}",
            course_id=self.placement.course.public_id,
            placement_id=self.placement.public_id,
            evaluation_id=self.evaluation.public_id,
        )


def counts(session: Session, actor: Actor) -> dict[Filter, int]:
    return {
        one: session.scalar(
            select(func.count()).select_from(
                _query(actor, one).with_only_columns(Evaluation.id).subquery()
            )
        )
        or 0
        for one in Filter
    }


def listed(
    session: Session, actor: Actor, *, chosen: Filter, after: str | None
) -> tuple[Page[Evaluation], list[Row]]:
    """First asked, first named; the reminders of a page are read together."""
    found: Page[Evaluation] = page(
        session,
        _query(actor, chosen).options(
            joinedload(Evaluation.contact),
            joinedload(Evaluation.placement).options(
                joinedload(Placement.person),
                joinedload(Placement.partner),
                joinedload(Placement.institution),
                joinedload(Placement.course).joinedload(Course.term),
            ),
        ),
        order_by=[Evaluation.requested_at, Evaluation.id],
        key_of=lambda row: [row.requested_at, row.id],
        after=after,
    )
    return found, _rows(session, actor, found.rows)


def _query(actor: Actor, chosen: Filter) -> Select[Any]:
    query = queries.visible_to(actor).where(
        Evaluation.author == Author.SUPERVISOR, Evaluation.state.in_(queries.OPEN)
    )
    if chosen == Filter.LATE:
        return query.where(Evaluation.due_at < clock.now())
    if chosen == Filter.BOUNCED:
        return query.where(_comes_back(actor))
    return query


def _comes_back(actor: Actor) -> ColumnElement[bool]:
    dead = bounces.open_query(actor.institution_id).with_only_columns(MailBounce.address)
    return (
        exists()
        .where(
            PartnerContact.id == Evaluation.contact_id,
            func.lower(PartnerContact.email).in_(dead),
        )
        .correlate(Evaluation)
    )


def _rows(session: Session, actor: Actor, found: Sequence[Evaluation]) -> list[Row]:
    keys = {one.id: ladder.of(one) for one in found}
    said = standing.of_subjects(session, keys.values())
    dead = _dead(session, actor, [one.contact.email for one in found if one.contact])
    now = clock.now()
    return [
        Row(
            evaluation=one,
            is_late=_is_past(one.due_at, now),
            has_bounced=one.contact is not None and one.contact.email.lower() in dead,
            reminders=said.get(keys[one.id]),
            may_write_down=transcribes(actor, one),
        )
        for one in found
    ]


def _dead(session: Session, actor: Actor, emails: Collection[str]) -> set[str]:
    return bounces.stopped_among(session, actor.institution_id, emails) if emails else set()


def _is_past(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at < now
