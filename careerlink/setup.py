"""What the base package registers: its blueprints, handlers, deadlines and histories."""

from careerlink.home import registration as home
from careerlink.notifications import registration as notifications
from careerlink.registry import Registry
from careerlink.web import health


def register(registry: Registry) -> None:
    registry.blueprints.append(health.bp)
    notifications.register(registry)
    home.register(registry)
