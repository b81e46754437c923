"""What CareerLink asks of a platform: one place for dynamic registration, for Canvas's
developer key and for the page with values to copy."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lti import claim_names, scopes
from lti.models import Family

NAME = "CareerLink"
DESCRIPTION = "Micro-internships for credit: projects, agreements, hours and evaluations."
RESOURCE_LINK = "LtiResourceLinkRequest"
DEEP_LINKING = "LtiDeepLinkingRequest"
CLAIMS = ("iss", "sub", "name", "given_name", "family_name", "email", "locale")
SCOPES = (scopes.LINE_ITEM, scopes.RESULT_READ, scopes.SCORE, scopes.MEMBERS)


@dataclass(frozen=True)
class Placement:
    """A place in Canvas's pages where CareerLink can be opened."""

    name: str
    label: str
    message: str = DEEP_LINKING
    where: str = ""
    """For the person who reads what is asked."""
    is_on: bool | None = None
    """In every course, or only where a teacher turns it on; ``None``: no such choice."""
    visibility: str = ""


PLACEMENTS = (
    Placement(
        "course_navigation",
        NAME,
        RESOURCE_LINK,
        "Course menu, where a teacher turns it on",
        is_on=False,
        visibility="members",
    ),
    Placement(
        "account_navigation",
        NAME,
        RESOURCE_LINK,
        "Account menu, for administrators",
        visibility="admins",
    ),
    Placement("assignment_selection", "Choose from CareerLink", where="Assignments"),
    Placement("link_selection", "Choose from CareerLink", where="Modules"),
    Placement("editor_button", NAME, where="Editor"),
    Placement("course_assignments_menu", "Add from CareerLink", where="Assignments menu"),
    Placement("module_index_menu_modal", "Add from CareerLink", where="Modules menu"),
)


@dataclass(frozen=True)
class Permission:
    """What is granted, in the words of the page that asks for it."""

    name: str
    why: str
    without: str


PERMISSIONS = (
    Permission(
        "Names and e-mail addresses",
        "to show people by their names and to tell them what waits for them",
        "people appear as “Learner 7f3a” and get no mail",
    ),
    Permission(
        "Names and roles in a course",
        "to show the roster and to notice who has left",
        "students appear at their first launch",
    ),
    Permission(
        "Grade columns and scores",
        "to write the credit decision into the gradebook, and to see a teacher’s correction",
        "instructors type the result by hand",
    ),
)


def custom_parameters(family: Family) -> Mapping[str, str]:
    """Read in ``lti.claims``; an unknown variable arrives as its own name: none."""
    is_canvas = family == Family.CANVAS
    return claim_names.CANVAS_CUSTOM_PARAMETERS if is_canvas else claim_names.CUSTOM_PARAMETERS


def scopes_for(*, supported: Collection[str] = (), notices: bool = False) -> list[str]:
    """Those that the platform knows: Canvas refuses the whole request for one it does not.

    A platform that does not say what it supports is asked for all.
    """
    wanted = [*SCOPES, *([scopes.NOTICES] if notices else [])]
    return [scope for scope in wanted if not supported or scope in supported]


def claims_for(supported: Collection[str] = ()) -> list[str]:
    """Names and e-mail are sent only where they are asked for (LTI.md 8)."""
    return [name for name in CLAIMS if not supported or name in supported or name == "iss"]
