"""Mail that comes back: read from a mailbox, a task at once, and no more mail to there."""

from datetime import timedelta

from sqlalchemy import select

from careerlink import clock, mail, tokens
from careerlink.notifications import bounces
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements.models import Placement
from careerlink.tokens import AccessLink
from tests.functional.careerlink.mail.post import ADDRESS, ATTENTION, Post
from tests.pages import Visitor
from tests.unit.careerlink import bounced_mails as shapes


def test_a_dead_address_is_a_task_at_once_and_gets_nothing_more(
    post: Post, staff: Visitor
) -> None:
    assert post.comes_back(shapes.report(post.sent())) == 1

    shown = staff.get(ATTENTION)
    assert f"Mail to {ADDRESS} comes back" in shown.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "failed"]
    with post.database.read() as session:
        stopped = session.scalars(select(OutboxMessage).filter_by(state="failed")).one()
        assert stopped.last_error == bounces.NOTHING_SENT
    # One task for the address, and none for each mail that it does not get.
    assert staff.get(ATTENTION).text.count("Find another way") == 0
    listed = staff.get("/office/outbox")
    assert "mail to this address came back" in listed.text
    page = staff.get(ATTENTION).follow("Choose what to do")
    assert "There is no such mailbox (5.1.1)." in page.text
    assert "Ines Carvalho" in page.text


def test_a_corrected_address_gets_what_came_back(post: Post, staff: Visitor) -> None:
    post.comes_back(shapes.report(post.sent()))
    post.sent(target="agreement/2")
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert page.submit("Correct and send again", status=422).errors == [
        "Enter the address", "Say how you know it",
    ]  # fmt: skip

    done = page.submit(
        "Correct and send again",
        {"The right address": "I.Carvalho@northlight.example", "How do": "Asked on the phone"},
    )

    assert "2 mails go out again." in done.text
    with post.database.read() as session:
        contact = session.get_one(PartnerContact, post.cast.contact.id)
        assert contact.email == "i.carvalho@northlight.example"
        assert contact.verified_by_id == post.cast.staff.person_id
        waiting = session.scalars(select(OutboxMessage).filter_by(state=DeliveryState.QUEUED))
        assert {row.payload["to"] for row in waiting} == {"i.carvalho@northlight.example"}
    assert "comes back" not in staff.get(ATTENTION).text
    again = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert "Correct and send again" not in again.buttons


def test_an_address_that_works_after_all_is_written_to_again(
    post: Post, staff: Visitor
) -> None:
    post.comes_back(shapes.report(post.sent(), status="5.2.2"))
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")

    form = page.form("Write there again")
    staff.post(form.action, form.data)
    staff.post(form.action, form.data)

    assert post.states().count("queued") == 1
    with post.database.read() as session:
        assert not bounces.is_stopped(session, post.cast.institution.id, ADDRESS)


def test_a_soft_bounce_is_noted_and_stops_nothing(post: Post, staff: Visitor) -> None:
    post.comes_back(shapes.report(post.sent(), action="delayed", status="4.4.1"))

    assert "comes back" not in staff.get(ATTENTION).text
    message = post.bounces()[0].message_id
    page = staff.get(f"/office/outbox/{message}")
    assert "Their server has not taken it yet" in page.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "delivered"]


def test_a_forged_report_changes_nothing(post: Post) -> None:
    mark = post.sent()
    forged = mark[:-1] + ("0" if mark[-1] != "0" else "1")

    assert post.comes_back(shapes.report(forged)) == 0
    assert post.bounces() == []


def test_a_report_without_our_mark_is_a_task_but_stops_no_mail(
    post: Post, staff: Visitor
) -> None:
    post.sent()
    assert post.comes_back(shapes.report("unknown", returned="")) == 1

    assert "comes back" in staff.get(ATTENTION).text
    page = staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}")
    assert "does not prove" in page.text
    post.sent(target="agreement/2")
    assert post.states() == ["delivered", "delivered"]


def test_a_report_is_counted_once_however_often_it_is_read(post: Post) -> None:
    data = shapes.report(post.sent())
    post.comes_back(data)
    for stored in post.server.state.messages:
        stored.flags.clear()

    assert post.comes_back(data) == 0
    assert len(post.bounces()) == 1


def test_the_right_address_gets_what_waited_with_a_link_of_its_own(
    post: Post, staff: Visitor
) -> None:
    cast = post.cast
    with post.database.write() as session:
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        cast.consent()
        path = cast.link()
        old = tokens.find(session, path.removeprefix("/s/"))
        assert old is not None
        contact = session.get_one(PartnerContact, cast.contact.id)
        contact.reminders_stopped_at = clock.now()
    post.comes_back(shapes.report(post.sent()))
    with post.database.write() as session:
        waits = mail.queue(
            session,
            to=ADDRESS,
            template="supervisor_fresh_link",
            values={"name": "Ines", "project": "P", "link": old.public_id},
            institution_id=cast.institution.id,
            target="agreement/2",
            due_at=clock.now() + timedelta(hours=1),
        ).id

    staff.get(f"/office/outbox/bounces/{post.bounces()[0].id}").submit(
        "Correct and send again",
        {"The right address": "i.carvalho@northlight.example", "How do": "Asked on the phone"},
    )

    with post.database.read() as session:
        assert session.get_one(OutboxMessage, waits).state == DeliveryState.SUPERSEDED
        written = (
            select(OutboxMessage).filter_by(target="agreement/2").order_by(OutboxMessage.id)
        )
        new = session.scalars(written).all()[-1]
        assert new.payload["to"] == "i.carvalho@northlight.example"
        links = {link.public_id: link for link in session.scalars(select(AccessLink))}
        assert not links[old.public_id].is_open
        assert links[new.payload["values"]["link"]].is_open
        contact = session.get_one(PartnerContact, cast.contact.id)
        assert contact.reminders_stopped_at is None, "the new mailbox never chose"
