"""Who may open the desk of later steps."""

from flask import g

from careerlink.errors import NotFound
from careerlink.security import signed_in


def approves_cases() -> None:
    """Somebody who is appointed today, in whatever scope; each case asks for more."""
    signed_in()
    if not g.actor.approves:
        raise NotFound
