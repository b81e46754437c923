"""Changes to the agreement of a sample story, signed by the others or waiting."""

from collections.abc import Iterator
from datetime import timedelta

from careerlink import clock
from careerlink.demo import cast
from careerlink.demo.work import Deed, Work
from careerlink.people.actors import Actor
from credit.agreements import amending, amending_rules, amending_signing, versions
from credit.agreements.amending_rules import Proposal
from credit.agreements.plan import plan_of


def steps(work: Work, told: cast.Change) -> Iterator[Deed]:
    at = work.loading.moment
    yield at(told.proposed_in, 10), lambda: _propose(work, told)
    if told.signed_in is not None:
        yield at(told.signed_in, 9), lambda: _sign(work, work.actor, work.student.name)
        yield at(told.signed_in, 15), lambda: _sign(work, work.instructor())


def _propose(work: Work, told: cast.Change) -> None:
    plan, actor = plan_of(work.agreement), work.supervisor()
    until = plan.ends_on + timedelta(days=told.later)
    today = clock.today(work.placement.institution.time_zone)
    amending.propose(
        work.loading.session,
        work.placement,
        Proposal(
            amending_rules.with_days(plan, plan.starts_on, until, today), reason=told.reason
        ),
        actor=actor,
        signed_name=actor.name,
    )


def _sign(work: Work, actor: Actor, name: str = "") -> None:
    waits = versions.get_waiting(work.loading.session, work.placement, to_change=True)
    if waits is None:
        raise LookupError(f"no change of {work.student.key} waits for signatures")
    amending_signing.sign(
        work.loading.session,
        waits,
        actor=actor,
        signed_name=name or actor.name,
        document_hash=waits.document_hash or "",
    )
