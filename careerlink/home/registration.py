"""What this feature brings to the whole."""

from careerlink.home import views
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.tabs.append(views.tabs)
