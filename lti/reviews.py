"""Where a platform opens one student's work: the page says itself who may see it."""

import re
from urllib.parse import urlsplit

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.registry import registry
from lti.claim_values import Launch, Message
from lti.models import LtiContext, LtiLineItem, LtiUser

TEACHING = (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)
SUBMISSION = re.compile(r"(?:/courses/[A-Za-z0-9_-]+)?/submissions/([A-Za-z0-9_-]+)")


def path(session: Session, context: LtiContext | None, viewer: LtiUser, launch: Launch) -> str:
    """Empty where the launch is about nobody's work."""
    if context is None:
        return ""
    submissions = f"/courses/{context.course.public_id}/submissions"
    if launch.message == Message.SUBMISSION_REVIEW:
        return f"{submissions}{_reviewed(session, context, viewer, launch)}"
    # SpeedGrader names the work by our address alone (fixtures/canvas, speedgrader_*): it is
    # looked for in the course of this launch, whichever course the address names.
    found = SUBMISSION.fullmatch(urlsplit(launch.target_link_uri).path)
    return f"{submissions}/{found.group(1)}" if found else ""


def _reviewed(session: Session, context: LtiContext, viewer: LtiUser, launch: Launch) -> str:
    person_id = session.scalar(
        select(LtiUser.person_id).where(
            LtiUser.registration_id == viewer.registration_id,
            LtiUser.institution_id == viewer.institution_id,
            LtiUser.sub == launch.for_user,
        )
    )
    teaches = launch.user.roles.course in TEACHING
    if person_id is None or not (teaches or person_id == viewer.person_id):
        return ""
    if _is_of_another_course(session, context, launch):
        return ""
    pages = (page(session, context.course, person_id) for page in registry.review_pages)
    found = next((page for page in pages if page), "")
    return f"/{found}" if found else ""


def _is_of_another_course(session: Session, context: LtiContext, launch: Launch) -> bool:
    """Does the column belong to a course that is not the one of this launch?"""
    elsewhere = exists().where(
        LtiLineItem.url == launch.services.lineitem_url,
        LtiLineItem.context_id == LtiContext.id,
        LtiContext.course_id != context.course_id,
        LtiContext.deployment_id == context.deployment_id,
    )
    return bool(session.scalar(select(elsewhere)))
