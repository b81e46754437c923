"""The policy that a term goes by, handed on to another term."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.institutions.models import Term
from careerlink.offered_parts import CarriedPart, TermPart
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from credit.policy import operations, queries
from credit.policy.models import CreditPolicyVersion


def preview(session: Session, source: Term, target: Term) -> CarriedPart | None:
    """Nothing where the earlier term went by the usual policy."""
    latest = _latest(session, source)
    if latest is None:
        return None
    text = f"{latest.name}, version {latest.number}."
    row = queries.default_row(session, source.institution_id, source)
    older = row is not None and row.policy_version_id != latest.id
    return CarriedPart(
        text=text, stays="An earlier version held there; this is the newest." if older else ""
    )


def take(session: Session, source: Term, target: Term, actor: Actor) -> str:
    latest = _latest(session, source)
    if latest is None:
        return "no policy"
    operations.choose_default(session, latest, actor=actor, term=target)
    return f"{latest.name}, version {latest.number}"


def pages(actor: Actor, term: Term) -> list[Tab]:
    return [Tab("Credit policy of the term", url_for("policies.listed"), page="", position=20)]


def _latest(session: Session, term: Term) -> CreditPolicyVersion | None:
    """The newest version of the policy that the term chose."""
    row = queries.default_row(session, term.institution_id, term)
    if row is None:
        return None
    return queries.newest_like(session, row.policy_version_id)


POLICY = TermPart("policy", "Credit policy", preview, take)
