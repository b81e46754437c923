"""What this feature brings to the whole."""

from careerlink.home import history, views
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, history.bp]
    registry.tabs.append(views.tabs)
