"""Moodle's service address: it picks the resource by path, method and exact media type."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, request

from lti.demo_lms.families.moodle import answers as media
from lti.demo_lms.families.moodle import line_items, memberships, results, scores
from lti.demo_lms.families.moodle.answers import Refused, error
from lti.demo_lms.families.moodle.call import Call, authorized_tool
from lti.demo_lms.serving import finish, outage, the_lms
from lti.demo_lms.tools import LINE_ITEM, LINE_ITEM_READ, MEMBERS, RESULT_READ, SCORE

bp = Blueprint("moodle_services", __name__)


@dataclass(frozen=True)
class Resource:
    path: re.Pattern[str]
    method: str
    media_type: str
    scopes: tuple[str, ...]
    handle: Callable[[Call], Response]
    takes_any: bool = True
    """Whether ``Accept: */*`` will do."""


_ITEMS = re.compile(r"/(?P<course>\d+)/lineitems")
_ITEM = re.compile(r"/(?P<course>\d+)/lineitems/(?P<item>\d+)/lineitem")
_SCORES = re.compile(_ITEM.pattern + "/scores")
_RESULTS = re.compile(_ITEM.pattern + "/results")
_MEMBERS = re.compile(r"/CourseSection/(?P<course>\d+)/bindings/(?P<binding>\d+)/memberships")
_READ = (LINE_ITEM, LINE_ITEM_READ)

RESOURCES = [
    Resource(_ITEMS, "GET", media.LINE_ITEMS, _READ, line_items.show_all, takes_any=False),
    Resource(_ITEMS, "POST", media.LINE_ITEM, (LINE_ITEM,), line_items.create),
    Resource(_ITEM, "GET", media.LINE_ITEM, _READ, line_items.show),
    Resource(_ITEM, "PUT", media.LINE_ITEM, (LINE_ITEM,), line_items.replace_item),
    Resource(_ITEM, "DELETE", "", (LINE_ITEM,), line_items.delete),
    Resource(_SCORES, "POST", media.SCORE, (SCORE,), scores.take),
    Resource(_RESULTS, "GET", media.RESULTS, (RESULT_READ,), results.show),
    Resource(_MEMBERS, "GET", media.MEMBERS, (MEMBERS,), memberships.show),
]


@bp.route("/mod/lti/services.php/<path:rest>", methods=["GET", "POST", "PUT", "DELETE"])
def serve(rest: str) -> Response:
    if (down := outage()) is not None:
        return down
    lms = the_lms()
    if lms.failure.strikes("throttle"):
        return Response("Too Many Requests\n", 429, mimetype="text/plain")
    try:
        with lms.changing(keep=request.method != "GET"):
            answer = _dispatch(f"/{rest}")
    except Refused as refused:
        return error(refused)
    return finish(answer)


def _dispatch(path: str) -> Response:
    accept = request.headers.get("Accept", "")
    sent = request.headers.get("Content-Type", "").partition(";")[0].strip()
    for resource in RESOURCES:
        match = resource.path.fullmatch(path)
        if match and resource.method == request.method and _fits(resource, accept, sent):
            lms = the_lms()
            tool = authorized_tool(lms, resource.scopes, match.groupdict().get("binding"))
            if accept == "*/*" and not resource.takes_any:
                raise Refused(400, "No context or unsupported content type")
            return resource.handle(Call(lms, tool, match.groupdict()))
    named = "" if accept == "*/*" else accept
    raise Refused(400, f"No handler found for {path} {named} {sent}")


def _fits(resource: Resource, accept: str, sent: str) -> bool:
    if resource.method in ("POST", "PUT"):
        return sent == resource.media_type
    # Exactly the one media type: a list that holds it is refused.
    return not resource.media_type or accept in ("", "*/*", resource.media_type)
