"""What this feature brings to the whole."""

from careerlink.home import history, preview_views, sign_in_views, views
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, history.bp, preview_views.bp, sign_in_views.bp]
    registry.tabs.append(views.tabs)
