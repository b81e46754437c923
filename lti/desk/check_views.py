"""The self-test: one page, one button a service, and one for all."""

from secrets import token_hex

from flask import (
    Blueprint,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from careerlink.security import access, admin_desk
from careerlink.web import close_request_session, services, transaction
from careerlink.web.session import set_cookie
from lti.desk import granted, queries, services_shown
from lti.models import CheckedService, LtiRegistration
from lti.self_test import found as found_
from lti.self_test import running

bp = Blueprint("desk_checks", __name__, url_prefix="/office/platforms/<int:registration_id>")

PROBE = "__Host-careerlink-probe"
BUTTONS = ", ".join(f"'{service.value}'" for service in running.CHECKS)


@bp.get("/self-test")
@access(admin_desk)
def show(registration_id: int) -> str:
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        lines = services_shown.lines(session, queries.row_of(session, registration))
        return render_template(
            "lti/desk/self_test.html",
            registration=registration,
            lines=lines,
            title=services_shown.title(lines),
        )


@bp.post("/self-test")
@access(admin_desk)
def try_all(registration_id: int) -> ResponseReturnValue:
    late = _run(registration_id, list(running.CHECKS), seconds=running.SECONDS_FOR_ALL)
    if late:
        names = ", ".join(services_shown.NAMES[service] for service in late)
        flash(f"Time was up before these: {names}. Try them one by one.", "wait")
    return redirect(url_for(".show", registration_id=registration_id), 303)


@bp.post(f"/self-test/<any({BUTTONS}):service>")
@access(admin_desk)
def try_one(registration_id: int, service: str) -> ResponseReturnValue:
    _run(registration_id, [CheckedService(service)], seconds=found_.SECONDS)
    return redirect(
        url_for(".show", registration_id=registration_id, _anchor=f"service-{service}"), 303
    )


@bp.get("/self-test/frame")
@access(admin_desk)
def frame(registration_id: int) -> ResponseReturnValue:
    """Sets a cookie as launches do; the button then shows whether it came back."""
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        response = make_response(
            render_template(
                "lti/desk/frame.html", registration=registration, is_framed=_is_framed()
            )
        )
    set_cookie(response, PROBE, token_hex(8))
    return response


@bp.post("/self-test/frame")
@access(admin_desk)
def frame_answer(registration_id: int) -> ResponseReturnValue:
    with transaction() as session:
        registration = queries.get_visible(session, g.actor, registration_id)
        running.keep(session, registration.id, CheckedService.FRAME, _frame_found())
    return redirect(
        url_for(".show", registration_id=registration_id, _anchor="service-frame"), 303
    )


def _frame_found() -> found_.Found:
    if not _is_framed():
        return found_.unknown("The page was open in a tab of its own.", "in-frame")
    if PROBE not in request.cookies:
        return found_.fails("Our cookie did not come back in the LMS’s page.", "new-tab")
    return found_.works("Your browser keeps our cookie in the LMS’s page.")


def _is_framed() -> bool:
    # Safari says so from 16.4 on, the others since 2019.
    return request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")


def _run(
    registration_id: int, wanted: list[CheckedService], *, seconds: float
) -> list[CheckedService]:
    here = services()
    with transaction() as session:
        registration: LtiRegistration = queries.get_visible(session, g.actor, registration_id)
        scopes = granted.by_registration(session, [registration])[registration.id]
        asked = found_.ask(
            session,
            registration,
            database=here.database,
            settings=here.settings,
            granted=frozenset(scopes),
            seconds=seconds,
        )
    # Nothing of the database is held while a platform answers.
    close_request_session()
    return running.run(asked, wanted)
