"""What this feature brings to the whole."""

from careerlink.registry import Registry


def register(registry: Registry) -> None:
    """Filled below."""
