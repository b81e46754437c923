"""What the LTI package registers."""

from careerlink.registry import Registry


def register(registry: Registry) -> None:
    """Blueprints for launches and key sets, handlers for scores and rosters."""
