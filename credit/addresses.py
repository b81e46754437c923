"""Where the pages of a placement are; its own page belongs to the base package."""

from collections.abc import Callable

from careerlink.placements.models import Placement
from careerlink.reminders.ladders import Whom


def of(placement: Placement, part: str = "") -> str:
    """``part`` such as ``agreement``; the placement's own page without one."""
    page = f"/courses/{placement.course.public_id}/placements/{placement.public_id}"
    return f"{page}/{part}" if part else page


def of_everybody(part: str) -> Callable[[Placement, Whom], str]:
    """For a ladder of reminders: the same page for everybody whom it asks."""

    def path(placement: Placement, _whom: Whom) -> str:
        return of(placement, part)

    return path


def first_name(placement: Placement) -> str:
    """What mails and evaluation pages call the student, and all that a mail says of them."""
    person = placement.person
    return person.name.split(" ")[0] if person.name else person.label
