"""Two at the same moment, each with a connection of their own, on both databases."""

import threading
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock, tokens
from careerlink.db import Database
from careerlink.errors import NotPossible
from careerlink.partners.models import PartnerContact
from careerlink.placements import planning
from careerlink.placements.models import Placement, Supervision
from careerlink.supervisors import codes, hand_over_queries, hand_overs, queries
from careerlink.supervisors.hand_overs import Answer, Proposal
from careerlink.supervisors.models import HandOverReason, HandOverRequest
from careerlink.tokens import AccessLink
from tests.factories.agreements import SECRET, Scene
from tests.factories.partners import contact

Deed = Callable[[Session], object]


def at_once(database: Database, *deeds: Deed) -> list[object]:
    """What each gave back; ``NotPossible`` is an answer, too."""
    start, answers = threading.Barrier(len(deeds)), list[object]()

    def run(deed: Deed) -> None:
        start.wait()
        try:
            with database.write() as session:
                answers.append(deed(session))
        except NotPossible as refused:
            answers.append(refused)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(deeds)
    return answers


def ask(database: Database, cast: Scene, link: str) -> Deed:
    def deed(session: Session) -> object:
        found = tokens.find(session, link.removeprefix("/s/"))
        assert found is not None
        placement = session.get_one(Placement, cast.placement.id)
        return hand_overs.ask(
            session,
            found,
            placement,
            actor=queries.actor_of(found),
            reason=HandOverReason.LEFT,
            proposal=Proposal(),
        ).id

    return deed


def test_two_tabs_ask_once(database: Database, cast: Scene, link: str) -> None:
    first, second = at_once(database, *[ask(database, cast, link)] * 2)

    assert first == second


def test_two_of_the_staff_name_one_successor(
    database: Database, cast: Scene, link: str
) -> None:
    with database.write() as session:
        ask(database, cast, link)(session)
        host = session.get_one(Placement, cast.placement.id).partner
        for name in ("Tomas Vale", "June Park"):
            contact(session, host, name=name, email=f"{name[:4]}@x.example",
                    verified_at=clock.now())  # fmt: skip
        public_id = session.scalars(select(HandOverRequest.public_id)).one()

    def approve(name: str) -> Deed:
        def deed(session: Session) -> object:
            row = hand_over_queries.get(session, public_id, actor=cast.staff, to_change=True)
            successor = session.query(PartnerContact).filter_by(name=name).one()
            answer = Answer(successor, cast.placement.starts_on)
            hand_overs.approve(session, row, answer, actor=cast.staff)
            return name

        return deed

    answers = at_once(database, approve("Tomas Vale"), approve("June Park"))

    named = [answer for answer in answers if isinstance(answer, str)]
    with database.read() as session:
        now = select(Supervision).where(Supervision.ended_at.is_(None))
        assert [session.scalars(now).one().contact.name] == named


def test_a_hand_over_and_a_page_that_is_sent_see_each_other(
    database: Database, cast: Scene, link: str
) -> None:
    """Whoever comes second finds what the first did: nothing is sent by a closed link."""
    with database.write() as session:
        host = session.get_one(Placement, cast.placement.id).partner
        contact(session, host, name="Tomas Vale", email="t@x.example", verified_at=clock.now())

    def send(session: Session) -> object:
        if not queries.is_supervised_by(session, cast.placement.id, cast.contact.id, hold=True):
            return "too late"
        ended = select(Supervision.id).where(Supervision.ended_at.is_not(None))
        # Held: nobody ends it before this is committed.
        with database.read() as elsewhere:
            assert elsewhere.scalar(ended) is None
        return "sent"

    def hand_over(session: Session) -> object:
        placement = session.get_one(Placement, cast.placement.id)
        successor = session.query(PartnerContact).filter_by(name="Tomas Vale").one()
        planning.set_supervisor(session, placement, successor, actor=cast.staff)
        return "handed over"

    answers = at_once(database, send, hand_over)

    assert set(answers) <= {"sent", "too late", "handed over"}
    assert "handed over" in answers
    with database.read() as session:
        assert session.scalars(select(AccessLink.revoked_at)).one() is not None


def test_one_code_entered_twice_opens_once(database: Database, cast: Scene, link: str) -> None:
    with database.write() as session:
        found = session.scalars(select(AccessLink)).one()
        code = codes.give(session, found, secret=SECRET, actor=cast.staff)

    def enter(session: Session) -> object:
        return codes.redeem(session, code, secret=SECRET, origin="203.0.113.9").link is not None

    assert sorted(map(str, at_once(database, enter, enter))) == ["False", "True"]
