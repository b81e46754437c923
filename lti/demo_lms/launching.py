"""Beginning a launch and answering the tool's authentication request, for any family."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from lti.demo_lms.course import Activity, Course
from lti.demo_lms.families import FAMILIES
from lti.demo_lms.forms import Answer, FormPost
from lti.demo_lms.lms import DEEP_LINKING, Launch, Lms
from lti.demo_lms.people import Person

SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"


def begin(
    lms: Lms,
    person: str | int | Person | None,
    activity: str | int | Activity,
    *,
    course: int | Course | None = None,
    message_type: str = "LtiResourceLinkRequest",
    for_user: str | int | Person | None = None,
    target: str = "",
    acting_person: str | int | Person | None = None,
    from_grader: bool = False,
    mobile: bool = False,
) -> FormPost:
    """What the browser posts to the tool's login address when ``person`` opens the activity.

    ``person=None`` is a visitor who is not signed in.
    """
    link = lms.activity(activity, course)
    tool = lms.tool(link.tool)
    review = submission_review(lms, link) if message_type == SUBMISSION_REVIEW else {}
    launch = Launch(
        id=token_hex(8),
        person=None if person is None else lms.person(person),
        activity=link,
        client_id=tool.client_id,
        started=lms.now(),
        message_type=message_type,
        target=target or review.get("url", ""),
        custom=review.get("custom", {}),
        for_user="" if for_user is None else str(lms.person(for_user).id),
        acting_person=None if acting_person is None else lms.person(acting_person),
        placement=link.kind if link.kind == "course_navigation" else None,
        from_grader=from_grader,
        mobile=mobile,
    )
    return FAMILIES[tool.family].start_launch(lms, lms.remember(launch))


def begin_deep_linking(
    lms: Lms,
    person: str | int | Person,
    *,
    course: int | Course | None = None,
    tool: str = "tool",
    placement: str = "course_assignments_menu",
) -> FormPost:
    """What the browser posts when a teacher wants to choose content of the tool.

    ``placement`` is Canvas's; Moodle has one place for it.
    """
    chosen = lms.tool(tool)
    launch = Launch(
        id=token_hex(8),
        person=lms.person(person),
        activity=Activity(0, lms.course(course).id, "", "", tool=tool, kind="module_item"),
        client_id=chosen.client_id,
        started=lms.now(),
        message_type=DEEP_LINKING,
        target=chosen.deep_link_url,
        placement=placement,
    )
    return FAMILIES[chosen.family].start_launch(lms, lms.remember(launch))


def submission_review(lms: Lms, activity: Activity) -> dict[str, Any]:
    """What the column says about reviewing work: address and parameters."""
    for item in lms.school.line_items:
        if item.own_activity == activity.id and item.submission_review:
            return item.submission_review
    return {}


def authorize(lms: Lms, query: Mapping[str, str]) -> Answer:
    """The answer to an authentication request, by the family that the client belongs to."""
    tool = lms.find_tool(query.get("client_id", ""))
    family = tool.family if tool is not None else lms.school.family
    return FAMILIES[family].authorize(lms, query)
