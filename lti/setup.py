"""What the LTI package registers."""

from careerlink.registry import Registry
from lti import logins, roster_registration, scores, views


def register(registry: Registry) -> None:
    """Blueprints for launches and key sets, handlers for scores and rosters."""
    registry.blueprints.append(views.bp)
    registry.sweeps.append(logins.sweep)
    registry.outbox_handlers[scores.KIND] = scores.deliver
    roster_registration.register(registry)
