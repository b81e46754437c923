"""What this feature brings to the whole."""

from careerlink.home import history, sign_in_views, views
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, history.bp, sign_in_views.bp]
    registry.tabs.append(views.tabs)
