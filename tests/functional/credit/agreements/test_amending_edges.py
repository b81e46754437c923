"""Changes that meet something else: a hand-over, hours that come in, an end, who may not."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.errors import ChangedMeanwhile, NotPermitted, NotPossible
from careerlink.partners.models import ContactAtPartner, PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import operations as placements
from careerlink.placements import planning
from careerlink.placements.models import PlacementState
from credit.agreements import (
    amending,
    amending_effects,
    amending_rules,
    amending_signing,
    versions,
)
from credit.agreements.amending_rules import Proposal
from credit.agreements.amendment_models import Ending
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.plan import plan_of
from credit.agreements.signature_models import Party
from credit.hours import operations as hours
from tests.factories.agreements import Scene, scene

S = AgreementState


@pytest.fixture
def travel(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


@pytest.fixture
def cast(session: Session, app: Flask, travel: time_machine.Traveller) -> Scene:
    made = scene(session)
    made.in_force()
    return made


def add_colleague(cast: Scene) -> PartnerContact:
    colleague = PartnerContact(
        institution_id=cast.institution.id,
        name="Noor Haddad",
        email="noor@northlight.example",
        verified_at=clock.now(),
    )
    cast.session.add(colleague)
    cast.session.flush()
    cast.session.add(
        ContactAtPartner(partner_id=cast.placement.partner_id, contact_id=colleague.id)
    )
    cast.session.flush()
    return colleague


def later(cast: Scene, days: date = date(2026, 12, 4)) -> Proposal:
    base = versions.get_in_force(cast.session, cast.placement)
    assert base is not None
    plan = amending_rules.with_days(plan_of(base), base.starts_on, days, date(2026, 10, 14))
    return Proposal(plan, "The data came late.")


def propose(cast: Scene, actor: Actor, proposal: Proposal | None = None) -> LearningAgreement:
    return amending.propose(
        cast.session,
        cast.placement,
        proposal or later(cast),
        actor=actor,
        signed_name=actor.name,
    )


def sign(cast: Scene, agreement: LearningAgreement, *actors: Actor) -> None:
    for actor in actors:
        amending_signing.sign(
            cast.session,
            agreement,
            actor=actor,
            signed_name=actor.name,
            document_hash=agreement.document_hash or "",
        )


def test_whoever_takes_over_is_asked_to_sign_a_version_that_names_them(cast: Scene) -> None:
    colleague = add_colleague(cast)

    planning.set_supervisor(cast.session, cast.placement, colleague, actor=cast.staff)

    waits = versions.get_waiting(cast.session, cast.placement)
    assert waits is not None
    assert waits.document is not None
    assert '"Noor Haddad"' in (waits.document.text or "")
    former, new = cast.supervisor, replace(cast.supervisor, contact_id=colleague.id)
    sign(cast, waits, new)
    assert waits.state == S.IN_FORCE
    standing = versions.standing_signatures(cast.session, waits)
    assert standing[Party.SUPERVISOR][1].contact_id == colleague.id
    assert standing[Party.STUDENT][0].number == 1
    first = versions.get(cast.session, cast.placement, standing[Party.STUDENT][0].public_id)
    kept = versions.standing_signatures(cast.session, first)
    assert kept[Party.SUPERVISOR][1].contact_id == former.contact_id


def test_a_change_that_waits_goes_along_to_whoever_takes_over(cast: Scene) -> None:
    before = propose(cast, cast.student)
    colleague = add_colleague(cast)

    planning.set_supervisor(cast.session, cast.placement, colleague, actor=cast.staff)

    waits = versions.get_waiting(cast.session, cast.placement)
    assert waits is not None
    assert (before.state, waits.number, waits.ends_on) == (S.WITHDRAWN, 3, date(2026, 12, 4))
    amendment = versions.amendment_of(cast.session, waits)
    assert amendment is not None
    assert amendment.kinds == ["dates", "supervisor"]
    assert "The data came late." in amendment.reason
    assert Party.STUDENT in versions.standing_signatures(cast.session, before)


def test_hours_that_come_while_an_end_waits_stay_and_are_said(cast: Scene) -> None:
    """The plan in force allowed them; the end does not undo work that was done."""
    plan = later(cast, date(2026, 10, 13)).plan
    waits = propose(
        cast, cast.supervisor, Proposal(plan, "It closed.", ending=Ending.END_EARLY)
    )
    entry = hours.log_hours(
        cast.session,
        cast.placement,
        actor=cast.student,
        worked_on=date(2026, 10, 14),
        minutes=60,
        task="Talked to the shop",
        objective_lineage=None,
    )
    base = versions.get_in_force(cast.session, cast.placement)
    assert base is not None
    said = amending_effects.warnings(
        cast.session, cast.placement, plan_of(base), plan_of(waits), Ending.END_EARLY
    )
    assert "after the new last day" in said[0]

    sign(cast, waits, cast.instructor)

    assert cast.placement.state == PlacementState.ENDED_EARLY
    assert entry.removed_at is None


def test_a_last_day_that_went_by_is_not_signed(
    cast: Scene, travel: time_machine.Traveller
) -> None:
    waits = propose(cast, cast.supervisor, later(cast, date(2026, 10, 16)))
    travel.move_to("2026-10-19T15:00:00+00:00")

    with pytest.raises(NotPossible) as refused:
        sign(cast, waits, cast.student)

    assert "went by while it waited" in refused.value.unmet[0]
    assert waits.state == S.AWAITING_SIGNATURES


def test_an_end_by_the_office_withdraws_the_change_that_waits(cast: Scene) -> None:
    waits = propose(cast, cast.student)

    placements.end_early(cast.session, cast.placement, actor=cast.staff, reason="It closed.")

    assert waits.state == S.WITHDRAWN
    with pytest.raises(NotPossible):
        sign(cast, waits, cast.instructor)


def test_finished_early_is_work_completed_on_the_day_that_was_worked_last(cast: Scene) -> None:
    plan = amending_rules.with_days(
        later(cast).plan, cast.placement.starts_on, date(2026, 10, 13), date(2026, 10, 14)
    )
    waits = propose(cast, cast.staff, Proposal(plan, "It is done.", ending=Ending.FINISH_EARLY))
    sign(cast, waits, cast.student, cast.supervisor, cast.instructor)

    assert cast.placement.state == PlacementState.WORK_COMPLETED
    assert cast.placement.ends_on == date(2026, 10, 13)


@pytest.mark.parametrize("role", ["assistant"])
def test_who_only_looks_proposes_and_signs_nothing(cast: Scene, role: str) -> None:
    actor = getattr(cast, role)
    with pytest.raises(NotPermitted):
        propose(cast, actor)
    waits = propose(cast, cast.student)
    with pytest.raises(NotPermitted):
        sign(cast, waits, actor)
    with pytest.raises(NotPermitted):
        sign(cast, waits, cast.staff)
    with pytest.raises(NotPermitted):
        amending_signing.withdraw(cast.session, waits, actor=cast.supervisor, reason="No")
    assert waits.state == S.AWAITING_SIGNATURES


def test_another_text_than_the_one_shown_is_not_signed(cast: Scene) -> None:
    waits = propose(cast, cast.student)

    with pytest.raises(ChangedMeanwhile):
        amending_signing.sign(
            cast.session,
            waits,
            actor=cast.instructor,
            signed_name="Hana",
            document_hash="0" * 64,
        )


def test_the_database_itself_holds_one_change_at_a_time(cast: Scene) -> None:
    waits = propose(cast, cast.student)
    other = LearningAgreement(
        placement_id=waits.placement_id,
        number=9,
        amends_id=waits.amends_id,
        state=S.AWAITING_SIGNATURES,
        planned_minutes=60,
        starts_on=waits.starts_on,
        ends_on=waits.ends_on,
    )
    cast.session.add(other)

    with pytest.raises(IntegrityError):
        cast.session.flush()
    cast.session.rollback()
    assert cast.session.scalars(select(LearningAgreement.id)).all() == []
