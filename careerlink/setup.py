"""What the base package registers: its blueprints, handlers, deadlines and histories."""

from careerlink.home import registration as home
from careerlink.listings import registration as listings
from careerlink.notifications import registration as notifications
from careerlink.partners import registration as partners
from careerlink.registry import Registry
from careerlink.web import health


def register(registry: Registry) -> None:
    registry.blueprints.append(health.bp)
    notifications.register(registry)
    home.register(registry)
    partners.register(registry)
    listings.register(registry)
