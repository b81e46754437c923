"""What credit policy brings to the whole."""

from careerlink.registry import Registry
from credit.policy import views
from credit.policy.carrying import POLICY


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.carry_overs.insert(0, POLICY)
