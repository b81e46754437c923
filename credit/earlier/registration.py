"""What this feature brings to the whole."""

from careerlink.registry import Registry
from credit.earlier import views


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
