"""What the base package registers: its blueprints, handlers, deadlines and histories."""

from careerlink.registry import Registry
from careerlink.web import health


def register(registry: Registry) -> None:
    registry.blueprints.append(health.bp)
