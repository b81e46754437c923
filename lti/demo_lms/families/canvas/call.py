"""One call of a Canvas service, after the checks that all services share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import jwt
from flask import Response, request

from lti.demo_lms.course import Activity, Course
from lti.demo_lms.families.canvas.answers import Refused, error, not_found
from lti.demo_lms.gradebook import LineItem
from lti.demo_lms.lms import Lms
from lti.demo_lms.serving import bearer_token, finish, outage, the_lms
from lti.demo_lms.tools import Tool

THROTTLED = "403 Forbidden (Rate Limit Exceeded)\n"
CONCLUDED = (
    "This course has concluded. AGS requests will no longer be accepted for this course."
)


@dataclass(frozen=True)
class Call:
    lms: Lms
    tool: Tool
    course: Course

    def item(self, item_id: int) -> LineItem:
        item = self.lms.find_line_item(item_id)
        if item is None or item.course_id != self.course.id:
            raise not_found()
        activity = self.activity_of(item)
        if activity is not None and activity.deleted:
            raise Refused(404)
        return item

    def activity_of(self, item: LineItem) -> Activity | None:
        return None if item.link is None else self.lms.find_activity(item.link)

    def is_first(self, item: LineItem) -> bool:
        """Only the first-made column of an assignment reaches the gradebook."""
        if item.link is None:
            return True
        same = [i.id for i in self.lms.school.line_items if i.link == item.link]
        return item.id == min(same)


Handler = Callable[..., Response]


def service(
    media_type: str, *scopes: str, for_grades: bool = True
) -> Callable[[Handler], Handler]:
    """Check token, scope and course, then hand the view a ``Call``."""

    def wrap(view: Handler) -> Handler:
        @wraps(view)
        def serve(course_id: int, **parts: Any) -> Response:
            if (refusal := outage() or _throttled()) is not None:
                return refusal
            lms = the_lms()
            try:
                with lms.changing(keep=request.method != "GET"):
                    call = _checked(lms, course_id, scopes, for_grades)
                    answer = view(call, **parts)
            except Refused as refused:
                answer = error(refused, media_type)
            answer.headers["X-Request-Cost"] = "0.2134"
            answer.headers["X-Rate-Limit-Remaining"] = "598.7866"
            return finish(answer)

        return serve

    return wrap


def _throttled() -> Response | None:
    if not the_lms().failure.strikes("throttle"):
        return None
    refusal = Response(THROTTLED, 403, content_type="text/plain; charset=utf-8")
    refusal.headers["X-Rate-Limit-Remaining"] = "0.0"
    return refusal


def _checked(lms: Lms, course_id: int, scopes: tuple[str, ...], for_grades: bool) -> Call:
    claims = token_claims(lms)
    tool = lms.find_tool(str(claims["sub"]))
    if tool is None or tool.family != "canvas" or not tool.active:
        raise Refused(401, "Unknown or inactive Developer Key")
    if not set(scopes) & set(str(claims["scopes"]).split()):
        raise Refused(401, "Insufficient permissions")
    course = lms.find_course(course_id)
    if course is None:
        raise Refused(404, "Context not found")
    if course.concluded and for_grades:
        raise Refused(422, CONCLUDED)
    return Call(lms, tool, course)


def token_claims(lms: Lms) -> dict[str, Any]:
    token = bearer_token()
    if not token:
        raise Refused(401, "Missing access token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            lms.school.secret,
            algorithms=["HS256"],
            options={"verify_exp": False, "verify_iat": False, "verify_aud": False},
        )
    except jwt.InvalidSignatureError:
        raise Refused(401, "Access token invalid - signature likely incorrect") from None
    except jwt.InvalidTokenError:
        raise Refused(401, "Invalid access token format") from None
    if claims["exp"] <= lms.now().timestamp():
        raise Refused(401, "Access token expired")
    if claims["aud"] != lms.token_url:
        raise Refused(401, "Invalid access token field/s: the 'aud' is invalid")
    return claims
