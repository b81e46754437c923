"""Two people at the same moment, each with a connection of their own, on both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta

import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.audit import AuditEntry
from careerlink.errors import ChangedMeanwhile
from careerlink.listings.models import Listing
from careerlink.placements import application_queries as queries
from careerlink.placements import deadlines, offers
from careerlink.placements.models import Application, ApplicationState, Offer, Placement
from tests.factories.placements import application
from tests.functional.careerlink.placements.conftest import Scene

Deed = Callable[[Session], object]


def at_once(scene: Scene, *deeds: Deed) -> None:
    """Run each in a thread and a unit of work of its own, begun together."""
    start = threading.Barrier(len(deeds))
    broken: list[BaseException] = []

    def run(deed: Deed) -> None:
        start.wait()
        try:
            with scene.database.write() as session:
                deed(session)
        except ChangedMeanwhile:
            pass
        except BaseException as exc:
            broken.append(exc)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []


def applied(scene: Scene, *states: ApplicationState) -> list[str]:
    """Public ids of applications of Maya and Daniel, in these states."""
    with scene.database.write() as session:
        people = [session.merge(who) for who in (scene.maya, scene.daniel)]
        listing, course = session.merge(scene.listing), session.merge(scene.course)
        return [
            application(session, who, listing, course, state=state).public_id
            for who, state in zip(people, states, strict=False)
        ]


def test_accepting_from_two_windows_gives_one_placement(scene: Scene) -> None:
    (mine,) = applied(scene, ApplicationState.OFFERED)

    def accept(session: Session) -> None:
        actor = scene.acts(scene.maya)
        found = queries.get(session, mine, actor=actor, to_change=True)
        offers.accept(session, found, actor=actor, ends_others=False)

    at_once(scene, accept, accept)

    with scene.database.read() as session:
        assert session.scalar(select(func.count(Placement.id))) == 1
        accepted = select(func.count(AuditEntry.id)).where(
            AuditEntry.action == "application:accept"
        )
        assert session.scalar(accepted) == 1
        assert session.scalars(select(Listing.slots_held)).one() == 1


def test_two_offers_at_once_for_one_slot_are_one(scene: Scene) -> None:
    ids = applied(scene, ApplicationState.SUBMITTED, ApplicationState.SUBMITTED)

    def offer(public_id: str) -> Deed:
        def make(session: Session) -> None:
            found = queries.get(session, public_id, actor=scene.office, to_change=True)
            if found.state == ApplicationState.SUBMITTED:
                offers.make_offer(session, found, actor=scene.office)

        return make

    at_once(scene, *(offer(public_id) for public_id in ids))

    with scene.database.read() as session:
        states = session.scalars(select(Application.state).order_by(Application.state)).all()
        assert states == ["offered", "wait_listed"]
        assert session.scalar(select(func.count(Offer.id))) == 1
        assert session.scalars(select(Listing.slots_held)).one() == 1


def test_two_workers_expire_an_offer_once(scene: Scene, clock: time_machine.Traveller) -> None:
    applied(scene, ApplicationState.OFFERED, ApplicationState.WAIT_LISTED)
    clock.shift(timedelta(hours=73))

    at_once(scene, deadlines.expire_offers, deadlines.expire_offers)

    with scene.database.read() as session:
        states = session.scalars(select(Application.state).order_by(Application.state)).all()
        assert states == ["expired", "offered"]
        assert session.scalars(select(Listing.slots_held)).one() == 1
    assert scene.mails() == ["offer_expired", "offer_made"]
