"""What this feature brings to the whole."""

from careerlink.registry import Registry
from lti.desk import (
    attention,
    check_views,
    newcomer_views,
    settings_views,
    succession_views,
    views,
)


def register(registry: Registry) -> None:
    registry.blueprints += [
        views.bp,
        settings_views.bp,
        check_views.bp,
        succession_views.bp,
        newcomer_views.bp,
    ]
    registry.tabs.append(views.tabs)
    registry.next_steps.append(attention.next_steps)
    registry.attention.append(attention.waiting)
