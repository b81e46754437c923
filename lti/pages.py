"""Pages of logins and launches that go no further, shown in the platform's frame."""

from urllib.parse import urlencode

from flask import g, render_template

from careerlink.web import services, way_back
from lti import deployments
from lti.reading import origin_of
from lti.reasons import Reason
from lti.refusals import LaunchRefused

ERRORS = {
    "login_required": Reason.LOGIN_REQUIRED,
    "interaction_required": Reason.LOGIN_REQUIRED,
    "account_selection_required": Reason.LOGIN_REQUIRED,
    "launch_no_longer_valid": Reason.LAUNCH_OVER,
    "access_denied": Reason.PLATFORM_DENIED,
    "unauthorized_client": Reason.PLATFORM_DENIED,
}
"""What platforms post in place of a launch, from LTI.md 1.3."""


def refused(
    refusal: LaunchRefused, *, registration_id: int | None = None, return_url: str = ""
) -> tuple[str, int]:
    """What happened, and a line for the help desk that names nobody.

    ``return_url`` is that of a launch whose signature was good.
    """
    cause = refusal.reason.value
    _may_frame(refusal, registration_id)
    detail = f" ({refusal.detail})" if refusal.detail else ""
    line = f"CareerLink: {cause.code}{detail}"
    html = render_template(
        "layouts/refused.html",
        page_id="launch.refused",
        reason=cause.code,
        heading=cause.heading,
        explanation=cause.explanation,
        support_line=line,
        way_back_url=way_back.with_words(
            return_url, g.frame_origins, error=cause.heading, error_log=line
        ),
    )
    return html, cause.status


def new_tab(
    reason: Reason, parameters: dict[str, str], *, registration_id: int, referrer: str = ""
) -> tuple[str, int]:
    """A button that begins the same login in a new tab, where cookies are kept.

    Nothing of it is used up: our cookie is tried before the platform is asked, and a platform
    that asks to sign in there keeps its hint (fixtures/canvas, error_login_required).
    """
    cause = reason.value
    refusal = LaunchRefused(reason, frame_origins=[origin_of(referrer)])
    _may_frame(refusal, registration_id)
    html = render_template(
        "lti/new_tab.html",
        reason=cause.code,
        heading=cause.heading,
        explanation=cause.explanation,
        new_tab_url=f"/lti/login?{urlencode(parameters)}",
    )
    return html, cause.status


def reason_of(error: str) -> Reason:
    return ERRORS.get(error, Reason.PLATFORM_ERROR)


def _may_frame(refusal: LaunchRefused, registration_id: int | None) -> None:
    known: list[str] = []
    if registration_id is not None:
        with services().database.read() as session:
            known = deployments.frame_origins_of_registration(session, registration_id)
    g.frame_origins = [
        *dict.fromkeys(origin for origin in [*known, *refusal.frame_origins] if origin)
    ]
