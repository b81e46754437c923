"""What credit policy brings to the whole."""

from careerlink.registry import Registry
from credit.policy import views


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
