"""What the credit package registers."""

from careerlink.registry import Registry


def register(registry: Registry) -> None:
    """Panels of the placement page, the instructor's queue, guards and reactions."""
