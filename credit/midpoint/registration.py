"""What this feature brings to the whole."""

from careerlink.registry import Registry
from credit.midpoint import views


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
