"""The pages of the disclosure log."""

from careerlink.disclosures import views
from careerlink.registry import Registry


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
