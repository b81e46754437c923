"""What the credit package registers."""

from careerlink.registry import Registry
from credit.agreements import registration as agreements
from credit.hours import registration as hours


def register(registry: Registry) -> None:
    """Panels of the placement page, the instructor's queue, guards and reactions."""
    agreements.register(registry)
    hours.register(registry)
