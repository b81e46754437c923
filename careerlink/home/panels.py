"""Parts of a page that other features fill: their templates, each with its own values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from careerlink.registry import Panel


@dataclass(frozen=True)
class Part:
    title: str
    html: Markup
    is_side: bool


def rendered(panels: Iterable[Panel], **shared: Any) -> list[Part]:
    """In the order of their positions; ``shared`` is what the page gives to all of them."""
    return [
        Part(
            panel.title,
            # The template engine has escaped it.
            Markup(render_template(panel.template, **{**shared, **panel.values})),  # noqa: S704
            panel.is_side,
        )
        for panel in sorted(panels, key=lambda panel: panel.position)
    ]
