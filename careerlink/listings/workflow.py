"""Which moves a listing can make, who may make them, and what they need."""

from typing import Any

from careerlink.listings import terms
from careerlink.listings.models import ListingState as S
from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow

STAFF = "career staff"


def _is_staff_here(actor: Actor, listing: Any) -> bool:
    return actor.is_staff and actor.institution_id == listing.institution_id


def _edge(verb: str, label: str, *, whole: bool = False, reason: bool = False) -> Transition:
    """``whole``: the terms must be in order before students or reviewers read them."""
    if whole:
        return Transition(verb, label, _is_staff_here, STAFF, terms.unmet, reason)
    return Transition(verb, label, _is_staff_here, STAFF, needs_reason=reason)


WORKFLOW: Workflow = {
    (S.DRAFT, S.SUBMITTED): _edge("submit", "Submit for review", whole=True),
    (S.RETURNED, S.SUBMITTED): _edge("submit", "Submit again", whole=True),
    (S.SUBMITTED, S.PUBLISHED): _edge("publish", "Publish listing", whole=True),
    (S.SUBMITTED, S.RETURNED): _edge("return", "Return with comments", reason=True),
    (S.PUBLISHED, S.PUBLISHED): _edge("revise", "Save as new version", whole=True),
    (S.PUBLISHED, S.CLOSED): _edge("close", "Close to applications"),
    (S.CLOSED, S.PUBLISHED): _edge("reopen", "Open again", whole=True),
    (S.DRAFT, S.WITHDRAWN): _edge("withdraw", "Withdraw listing", reason=True),
    (S.SUBMITTED, S.WITHDRAWN): _edge("withdraw", "Withdraw listing", reason=True),
    (S.RETURNED, S.WITHDRAWN): _edge("withdraw", "Withdraw listing", reason=True),
    (S.PUBLISHED, S.WITHDRAWN): _edge("withdraw", "Withdraw listing", reason=True),
    (S.CLOSED, S.WITHDRAWN): _edge("withdraw", "Withdraw listing", reason=True),
}
EDITABLE = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.PUBLISHED)
