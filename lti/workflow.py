"""Which moves registrations and their deployments can make, and who makes them."""

from typing import Any

from careerlink.people.actors import Actor
from careerlink.states import Transition, Workflow
from lti.models import DeploymentState as D
from lti.models import RegistrationState as R

WHO = "an administrator of this institution"


def _may(actor: Actor, subject: Any) -> bool:
    is_ours = actor.institution_id == subject.institution_id
    return actor.is_system or (actor.is_admin and is_ours)


def _by_itself(actor: Actor, subject: Any) -> bool:
    return actor.is_system


def _edge(verb: str, label: str) -> Transition:
    return Transition(verb, label, _may, WHO)


REGISTRATION: Workflow = {
    (R.PENDING, R.ACTIVE): _edge("activate", "Approve registration"),
    (R.PENDING, R.INACTIVE): _edge("deactivate", "Refuse registration"),
    (R.ACTIVE, R.INACTIVE): _edge("deactivate", "Switch off"),
    (R.INACTIVE, R.ACTIVE): _edge("activate", "Switch on"),
    # It registered again, from addresses that nobody has approved.
    (R.ACTIVE, R.PENDING): Transition("register_again", "Wait", _by_itself, "the LMS"),
    (R.INACTIVE, R.PENDING): Transition("register_again", "Wait", _by_itself, "the LMS"),
}
DEPLOYMENT: Workflow = {
    (D.PENDING, D.ACTIVE): _edge("approve", "Approve deployment"),
    (D.PENDING, D.INACTIVE): _edge("turn_off", "Refuse deployment"),
    (D.ACTIVE, D.INACTIVE): _edge("turn_off", "Switch off"),
    (D.INACTIVE, D.ACTIVE): _edge("approve", "Switch on"),
}
