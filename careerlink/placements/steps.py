"""What waits in applications and placements: for students, and for the office."""

from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.listings.models import Listing
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import application_queries, consents, queries
from careerlink.placements.models import (
    RUNNING,
    UNFINISHED,
    Application,
    ApplicationState,
    Offer,
    OfferState,
    Placement,
    PlacementState,
    Supervision,
)
from careerlink.registry import NextStep, Waiting

SOON = timedelta(hours=24)
ANSWER_WITHIN = timedelta(days=5)
LONGEST_LIST = 100


def for_student(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.is_student(course_id):
        return []
    if actor.standing(course_id).read_only:
        return []
    course = session.get_one(Course, course_id)
    return [
        *_offers_to_answer(session, actor, course),
        *_consents_to_give(session, actor, course),
        *_drafts_to_send(session, actor, course),
    ]


def _offers_to_answer(session: Session, actor: Actor, course: Course) -> list[NextStep]:
    steps = []
    for offer in session.scalars(
        select(Offer)
        .join(Offer.application)
        .where(
            Application.id.in_(
                application_queries.visible_to(actor)
                .where(
                    Application.course_id == course.id,
                    Application.person_id == actor.person_id,
                )
                .with_only_columns(Application.id)
            ),
            Offer.state == OfferState.OPEN,
            Offer.answer_by > clock.now(),
        )
        .options(joinedload(Offer.application).joinedload(Application.listing))
        .order_by(Offer.answer_by)
    ):
        hours = max(1, int((offer.answer_by - clock.now()).total_seconds() // 3600))
        steps.append(
            NextStep(
                title=f"answer the offer for “{offer.application.listing.title}”",
                url=url_for(
                    "applications.show",
                    course_id=course.public_id,
                    application_id=offer.application.public_id,
                ),
                action="Look at the offer",
                why=f"About {hours} hours are left; then the place goes to the next in line.",
                urgency=10 if offer.answer_by < clock.now() + SOON else 20,
            )
        )
    return steps


def _consents_to_give(session: Session, actor: Actor, course: Course) -> list[NextStep]:
    running = [
        placement
        for placement in queries.placements_of(session, actor, course.id)
        if placement.state in RUNNING
    ]
    consented = consents.consented(session, running, clock.today(course.institution.time_zone))
    return [
        NextStep(
            title=f"decide what the supervisor of “{placement.title}” may see",
            url=url_for(
                "placements.consent",
                course_id=course.public_id,
                placement_id=placement.public_id,
            ),
            action="Read and decide",
            why="The supervisor is written to after you consent, not before.",
            urgency=30,
        )
        for placement in running
        if placement.id not in consented
    ]


def _drafts_to_send(session: Session, actor: Actor, course: Course) -> list[NextStep]:
    return [
        NextStep(
            title=f"send your application for “{application.listing.title}”",
            url=url_for(
                "applications.apply",
                course_id=course.public_id,
                listing_id=application.listing.public_id,
            ),
            action="Go on writing",
            why="It is a draft, and only you can read it.",
            urgency=70,
        )
        for application in queries.applications_of(session, actor, course.id)
        if application.state == ApplicationState.DRAFT
    ]


def for_office(session: Session, actor: Actor) -> list[Waiting]:
    if not actor.reads_office:
        return []
    return [
        *_applications_to_decide(session, actor),
        *_supervisors_to_name(session, actor),
        *_starts_held_up(session, actor),
        *_offers_out(session, actor),
    ]


def _applications_to_decide(session: Session, actor: Actor) -> list[Waiting]:
    """One line a listing, however many students ask for it."""
    rows = session.execute(
        application_queries.visible_to(actor)
        .join(Application.listing)
        .where(Application.state == ApplicationState.SUBMITTED)
        .with_only_columns(
            Listing.public_id, Listing.title, func.count(), func.min(Application.submitted_at)
        )
        .group_by(Listing.id, Listing.public_id, Listing.title)
        .limit(LONGEST_LIST)
    )
    return [
        _to_decide(public_id, title, count, since or clock.now())
        for public_id, title, count, since in rows
    ]


def _to_decide(listing_id: str, title: str, count: int, since: datetime) -> Waiting:
    return Waiting(
        group="Yours",
        title=f"{title}: answer {count} application{'s' if count > 1 else ''}",
        text="Students wait to hear whether a place is theirs.",
        since=since,
        url=url_for("office_applications.listed", listing=listing_id, state="submitted"),
        action="Decide",
        why="Every application that has neither an offer nor an answer is here.",
        is_late=clock.now() - since > ANSWER_WITHIN,
    )


def _supervisors_to_name(session: Session, actor: Actor) -> list[Waiting]:
    supervised = exists().where(
        Supervision.placement_id == Placement.id,
        Supervision.ended_at.is_(None),
        Supervision.contact.has(PartnerContact.left_at.is_(None)),
    )
    return [
        Waiting(
            group="Yours",
            title=f"{placement.person.label}: name a supervisor at {placement.partner.name}",
            text=f"“{placement.title}” has nobody whose address is verified.",
            since=placement.created_at,
            url=url_for("office_placements.supervisor", placement_id=placement.public_id),
            action="Name supervisor",
            why="Without a verified address no agreement can be signed and no hours confirmed.",
            is_late=clock.now() - placement.created_at > ANSWER_WITHIN,
        )
        for placement in session.scalars(
            queries.visible_to(actor)
            .where(
                Placement.state.in_(UNFINISHED),
                ~supervised,
            )
            .options(joinedload(Placement.person), joinedload(Placement.partner))
            .order_by(Placement.created_at)
            .limit(LONGEST_LIST)
        )
    ]


def _starts_held_up(session: Session, actor: Actor) -> list[Waiting]:
    today = clock.today(session.get_one(Institution, actor.institution_id).time_zone)
    return [
        Waiting(
            group="Students",
            title=f"{placement.person.label}: the work has not started",
            text=f"“{placement.title}” at {placement.partner.name} was to begin by now.",
            since=placement.state_since,
            url=url_for("office_placements.show", placement_id=placement.public_id),
            action="See what is missing",
            why="The planned first day has passed, and the placement is still planned.",
            is_late=True,
        )
        for placement in session.scalars(
            queries.visible_to(actor)
            .where(Placement.state == PlacementState.PLANNED, Placement.starts_on < today)
            .options(joinedload(Placement.person), joinedload(Placement.partner))
            .order_by(Placement.starts_on)
            .limit(LONGEST_LIST)
        )
    ]


def _offers_out(session: Session, actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            group="Students",
            title=f"{offer.application.person.label}: answer an offer",
            text=f"“{offer.application.listing.title}”; the place is held until then.",
            since=offer.made_at,
            url=url_for("office_applications.show", application_id=offer.application.public_id),
            action="Open",
            why="Offers stand here from the day they are made until the clock runs out.",
        )
        for offer in session.scalars(
            select(Offer)
            .join(Offer.application)
            .where(
                Application.institution_id == actor.institution_id,
                Offer.state == OfferState.OPEN,
            )
            .options(
                joinedload(Offer.application).joinedload(Application.person),
                joinedload(Offer.application).joinedload(Application.listing),
            )
            .order_by(Offer.answer_by)
            .limit(LONGEST_LIST)
        )
    ]
