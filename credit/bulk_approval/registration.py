"""What this feature brings to the whole."""

from careerlink.registry import Registry
from credit.bulk_approval import views


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
