"""V9: each supervisor answers for their own dates, and both answers stand side by side."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from careerlink import clock as time
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements import operations as placements
from careerlink.placements import planning
from careerlink.tokens import LinkPurpose, issue, token_of
from credit.cases import inputs, opening, packet
from credit.evaluations import hours_asked, moving, operations, queries, registration, release
from credit.evaluations.models import Evaluation, EvaluationKind, EvaluationState
from credit.hours import queries as hours
from tests.factories import cases
from tests.factories.agreements import SECRET, Scene
from tests.factories.evaluations import asked, fill_in, log_hours, running, sent_by
from tests.pages import Visitor


@pytest.fixture
def shared(session: Session, app: Flask, clock: time_machine.Traveller) -> Scene:
    """Sixteen hours are logged by 14 October, then two days later Ines hands over to Noor."""
    cast = running(session)
    log_hours(session, cast.placement, 480, 480)
    clock.shift(timedelta(days=2))
    return cast


def hand_over(cast: Scene, *, passes_draft: bool = False, asks_former: bool = False) -> Actor:
    noor = PartnerContact(
        institution_id=cast.institution.id,
        name="Noor Haddad",
        email="noor@northlight.example",
        verified_at=time.now(),
    )
    cast.session.add(noor)
    cast.session.flush()
    planning.set_supervisor(
        cast.session, cast.placement, noor, actor=cast.staff,
        passes_draft=passes_draft, asks_former=asks_former,
    )  # fmt: skip
    return Actor(
        institution_id=cast.institution.id,
        contact_id=noor.id,
        link_placement_id=cast.placement.id,
        name=noor.name,
    )


def of(cast: Scene, actor: Actor) -> Evaluation:
    found = queries.of_author(
        cast.session, cast.placement, EvaluationKind.FINAL, actor.contact_id
    )
    assert found is not None
    return found


def send(cast: Scene, actor: Actor) -> Evaluation:
    cast.supervisor = actor
    return sent_by(cast.session, cast, "supervisor")


def test_both_answer_for_their_own_dates_and_their_hours_add_up(
    shared: Scene, clock: time_machine.Traveller
) -> None:
    session, ines = shared.session, shared.supervisor
    noor = hand_over(shared, asks_former=True)
    clock.shift(timedelta(days=4))
    log_hours(session, shared.placement, 300, since=date(2026, 10, 19))
    former = of(shared, ines)
    assert (former.covers_from, str(former.covers_until)) == (None, "2026-10-16")
    assert hours_asked.reported(session, former) == 960
    send(shared, ines)

    placements.complete(session, shared.placement, actor=shared.student)
    assert str(of(shared, noor).covers_from) == "2026-10-17"
    assert hours_asked.reported(session, of(shared, noor)) == 300
    instructor = cases.Class(
        shared.course, session.get_one(Person, shared.instructor.person_id), shared.contact
    )
    cases.add_policy(session, instructor)
    case = opening.open_for(session, shared.placement, actor=shared.instructor)
    assert case is not None
    assert not inputs.load_one(session, case).parts[0].is_evaluated

    send(shared, noor)
    facts = inputs.load_one(session, case)
    assert facts.parts[0].is_evaluated
    assert facts.parts[0].input.confirmed_minutes == 1260
    assert len(facts.parts[0].input.earlier_confirmation_ids) == 1
    assert hours.totals(session, [shared.placement.id])[shared.placement.id].confirmed == 1260
    (sheet,) = packet.read(session, facts)
    assert sheet.evaluation is not None
    assert sheet.evaluation.contact_id == noor.contact_id
    assert [one.contact_id for one, _said in sheet.of_former] == [ines.contact_id]
    by = [one.by for one in queries.readable(session, shared.instructor, shared.placement)]
    assert by == ["Ines Carvalho", "Noor Haddad"]


@pytest.mark.parametrize("passes", [True, False])
def test_a_draft_passes_only_where_the_former_supervisor_agreed(
    shared: Scene, passes: bool
) -> None:
    placements.complete(shared.session, shared.placement, actor=shared.student)
    fill_in(shared.session, shared, "supervisor")
    noor = hand_over(shared, passes_draft=passes)

    (gone,) = [
        one
        for one in asked(shared.session, shared)
        if one.contact_id == shared.supervisor.contact_id
    ]
    assert gone.state == EvaluationState.LAPSED
    assert bool(of(shared, noor).draft) == passes
    assert of(shared, noor).covers_from is None


def test_a_whole_draft_that_was_handed_over_can_be_sent_as_it_is(shared: Scene) -> None:
    placements.complete(shared.session, shared.placement, actor=shared.student)
    fill_in(shared.session, shared, "supervisor")
    noor = hand_over(shared, passes_draft=True)

    operations.submit(shared.session, of(shared, noor), actor=noor)

    assert of(shared, noor).state == EvaluationState.SUBMITTED


def test_a_former_supervisors_link_opens_their_own_dates_and_nothing_else(
    shared: Scene, visitors: Callable[[], Visitor]
) -> None:
    hand_over(shared, asks_former=True)
    link = issue(
        shared.session,
        secret=SECRET,
        purpose=LinkPurpose.PLACEMENT,
        contact=shared.contact,
        placement_id=shared.placement.id,
        actor=shared.staff,
    )
    path = f"/s/{token_of(link.public_id, SECRET)}"
    shared.session.commit()

    visitor = visitors()
    page = visitor.get(path).submit("Continue")
    page = visitor.get(f"{path}/evaluation")

    assert "your own dates only: until" in page.text
    assert page.heading == "Maya logged 16 h in your dates. Is that right?"
    visitor.get(f"{path}/agreement", status=410)


def test_after_three_weeks_the_former_supervisor_is_not_asked_any_more(
    shared: Scene, clock: time_machine.Traveller
) -> None:
    hand_over(shared, asks_former=True)
    clock.shift(timedelta(days=20))
    assert moving.let_former_go(shared.session) == 0
    clock.shift(timedelta(days=2))

    assert moving.let_former_go(shared.session) == 1


def test_the_former_supervisors_release_date_opens_theirs_alone(
    shared: Scene, clock: time_machine.Traveller
) -> None:
    """They are asked weeks before the end; the other answer stays blind till then."""
    noor = hand_over(shared, asks_former=True)
    send(shared, shared.supervisor)
    clock.shift(timedelta(days=20))
    placements.complete(shared.session, shared.placement, actor=shared.student)
    theirs = send(shared, noor)

    def read() -> list[str]:
        found = queries.readable(shared.session, shared.student, shared.placement)
        return [one.by for one in found if one.contact_id is not None]

    everything = queries.of_placement(shared.session, shared.placement)
    assert read() == ["Ines Carvalho"]
    assert not release.is_read_by_student(everything, theirs)

    sent_by(shared.session, shared, "student")
    assert read() == ["Ines Carvalho", "Noor Haddad"]


def test_dates_nobody_answered_for_are_asked_of_the_new_supervisor(
    shared: Scene, clock: time_machine.Traveller
) -> None:
    noor = hand_over(shared, asks_former=True)
    clock.shift(timedelta(days=4))
    log_hours(shared.session, shared.placement, 300, since=date(2026, 10, 19))
    placements.complete(shared.session, shared.placement, actor=shared.student)
    clock.shift(timedelta(days=20))
    assert hours_asked.reported(shared.session, of(shared, noor)) == 300

    moving.let_former_go(shared.session)
    send(shared, noor)

    totals = hours.totals(shared.session, [shared.placement.id])[shared.placement.id]
    assert (totals.reported, totals.confirmed) == (1260, 1260)


def test_who_left_is_not_asked(shared: Scene) -> None:
    shared.contact.left_at = time.now()
    hand_over(shared, asks_former=False)

    assert asked(shared.session, shared) == []


def test_who_answered_for_everything_before_handing_over_comes_back_to_nothing(
    shared: Scene,
) -> None:
    placements.complete(shared.session, shared.placement, actor=shared.student)
    link = issue(
        shared.session,
        secret=SECRET,
        purpose=LinkPurpose.PLACEMENT,
        contact=shared.contact,
        placement_id=shared.placement.id,
        actor=shared.staff,
    )
    send(shared, shared.supervisor)
    hand_over(shared)

    assert registration.guests(shared.session, link, shared.placement) == []
