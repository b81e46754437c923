"""Where a launch comes from: context and course, the link, the addresses of services."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses import operations as courses
from careerlink.courses.models import Course
from lti import claim_values as claims
from lti import copies, course_life, first_time
from lti.known import Place
from lti.models import LtiContext, LtiDeployment, LtiLineItem, LtiResourceLink
from lti.reading import LONGEST_ID


def enter(
    session: Session, deployment: LtiDeployment, launch: claims.Launch, known: Place
) -> LtiContext | None:
    """The course that this launch belongs to, made at its first one."""
    if launch.context is None:
        return None
    context = known.context or _first_launch(session, deployment, launch.context)
    _note_names(session, context, launch.context)
    if launch.context.history and list(launch.context.history) != context.history:
        context.history = list(launch.context.history)
        copies.note_origins(session, context, context.history)
    course_life.note(session, context, launch.custom)
    _note_services(context, launch.services)
    if launch.link is not None:
        link = known.link or _first_link(session, context, launch.link)
        _note_link(link, launch.link, launch.custom.get("content", ""))
        if launch.services.lineitem_url:
            session.flush()
            _note_line_item(session, link, launch.services.lineitem_url, known.line_item)
    return context


def _first_launch(
    session: Session, deployment: LtiDeployment, told: claims.Context
) -> LtiContext:
    # Two deployments of one registration may bring the same new course at once.
    first_time.alone(session, "lti_context", deployment.registration_id, told.id)
    wanted = select(LtiContext).where(
        LtiContext.deployment_id == deployment.id, LtiContext.context_id == told.id
    )
    if found := session.scalar(wanted):
        return found
    seen = copies.nearest_known(session, deployment, [told.id])
    context = LtiContext(
        deployment=deployment,
        context_id=told.id,
        course=seen.course if seen is not None else _new_course(session, deployment, told),
        own_course_id=seen.own_course_id if seen is not None else None,
        label=told.label,
        title=told.title,
        history=list(told.history),
    )
    session.add(context)
    session.flush()
    return context


def _new_course(session: Session, deployment: LtiDeployment, told: claims.Context) -> Course:
    origin = copies.origin(session, deployment, told.id, told.history)
    return courses.add_course(
        session,
        deployment.institution,
        label=told.label,
        title=told.title,
        copied_from_id=origin.id if origin is not None else None,
    )


def _note_names(session: Session, context: LtiContext, told: claims.Context) -> None:
    """Of linked courses each keeps the name that its own platform gives it."""
    if (context.label, context.title) != (told.label, told.title):
        context.label, context.title = told.label, told.title
        named = context.own_course or context.course
        courses.rename_course(session, named, label=context.label, title=context.title)


def _note_services(context: LtiContext, told: claims.Services) -> None:
    """Platforms may move their services, so the newest addresses count; Moodle leaves the
    roster out of deep linking, so an absent one takes nothing away."""
    if told.memberships_url and told.memberships_url != context.memberships_url:
        context.memberships_url = told.memberships_url
    if told.lineitems_url and told.lineitems_url != context.lineitems_url:
        context.lineitems_url = told.lineitems_url
    scopes = sorted(set(told.scopes))
    if (told.lineitems_url or told.memberships_url) and scopes != context.scopes:
        context.scopes = scopes


def _first_link(session: Session, context: LtiContext, told: claims.Link) -> LtiResourceLink:
    first_time.alone(session, "lti_resource_link", context.id, told.id)
    found = session.scalar(
        select(LtiResourceLink).where(
            LtiResourceLink.context_id == context.id,
            LtiResourceLink.resource_link_id == told.id,
        )
    )
    if found is None:
        found = LtiResourceLink(context=context, resource_link_id=told.id)
        session.add(found)
    return found


def _note_link(link: LtiResourceLink, told: claims.Link, content: str) -> None:
    wanted = (told.title, content[:LONGEST_ID])
    if (link.title, link.content) != wanted:
        link.title, link.content = wanted


def _note_line_item(
    session: Session, link: LtiResourceLink, address: str, item: LtiLineItem | None
) -> None:
    """The column of this very link, named only where it has exactly one."""
    if item is None:
        first_time.alone(session, "lti_line_item", link.context_id, address)
        item = session.scalar(
            select(LtiLineItem).where(
                LtiLineItem.context_id == link.context_id, LtiLineItem.url == address
            )
        )
    if item is None:
        item = LtiLineItem(context_id=link.context_id, url=address, label=link.title)
        session.add(item)
    if item.resource_link_id != link.id:
        item.resource_link_id = link.id
    if item.gone_at is not None:
        item.gone_at = None
