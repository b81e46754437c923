"""From a posted launch to a session: verify, spend the login, write down, land.

Two units of work. The first only reads, because a platform may have to be asked for its keys;
the second spends the login and writes everything, or refuses and leaves but the spent login.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import LoginSession
from careerlink.web import session as sessions
from lti import (
    claims,
    contexts,
    deep_linking,
    deployments,
    first_time,
    id_token,
    identity,
    key_sets,
    known,
    landing,
    launch,
    logins,
    memberships,
    notice_handlers,
    registered,
    reviews,
    visitors,
)
from lti.claim_values import Launch
from lti.models import LtiDeployment, LtiRegistration, LtiUser
from lti.refusals import LaunchRefused
from lti.stored_answers import LtiKeyCache
from lti.terms import Terms


@dataclass(frozen=True)
class Posted:
    """What came with the form post."""

    id_token: str
    state: str
    browser: str
    """The secret of the cookie that the login set."""
    previous: LoginSession | None
    """The session that this browser has now."""


@dataclass(frozen=True)
class Landed:
    cookie: str
    path: str
    visit: visitors.Visit | None = None
    """Somebody whom the platform does not know may look, without a session."""


def admit(database: Database, settings: Settings, posted: Posted, trail: "Trail") -> Landed:
    """:raises LaunchRefused:"""
    token = id_token.take_apart(posted.id_token)
    registration, cached = _registration(database, token, trail)
    spending = {"state": posted.state, "nonce": token.nonce, "browser": posted.browser}

    def before_fetch() -> None:
        with database.read() as session:
            logins.require_waiting(session, registration_id=registration.id, **spending)

    verified = launch.verify(
        token,
        issuer=registration.issuer,
        client_id=registration.client_id,
        find_key=lambda kid: key_sets.find(
            database,
            settings,
            registration.jwks_url,
            kid,
            cached=cached,
            before_fetch=before_fetch,
        ),
    )
    refusal: LaunchRefused | None = None
    with database.write() as session:
        hint = logins.spend(session, registration_id=registration.id, **spending)
        try:
            read = claims.read(
                verified,
                own_origin=settings.server.public_url,
                terms=Terms.of(registration, settings),
            )
            trail.frame_origins += read.frame_origins
            trail.return_url = read.return_url
            trail.deployment_id = read.deployment_id
            origin = deployments.require(session, registration.id, read, hint=hint)
            landed = _enter(session, origin, read, posted)
            notice_handlers.want(session, origin.deployment, read.notices, settings)
        except LaunchRefused as exc:
            # The login stays spent and a new deployment waits: both are kept, nothing else is.
            refusal = exc
    if refusal is not None:
        raise refusal
    return landed


@dataclass
class Trail:
    """What is known of a launch so far: for the log line and for the frame of its refusal."""

    registration_id: int | None = None
    deployment_id: str = ""
    nonce_hash: str = ""
    frame_origins: tuple[str, ...] = ()
    return_url: str = ""


def _registration(
    database: Database, token: id_token.Token, trail: Trail
) -> tuple[LtiRegistration, LtiKeyCache | None]:
    with database.read() as session:
        registration, cached = registered.find(session, token)
    trail.registration_id = registration.id
    trail.nonce_hash = logins.digest(token.nonce)[:16]
    logins.require_active(registration)
    return registration, cached


def _enter(session: Session, origin: known.Origin, read: Launch, posted: Posted) -> Landed:
    deployment, user = origin.deployment, read.user
    if not user.sub:
        deployments.note(session, deployment, read)
        return Landed("", "", visitors.visit(session, deployment, read))
    account = identity.enter(session, origin, user)
    place = _place(session, deployment, account, read)
    context = contexts.enter(session, deployment, read, place)
    course = context.course if context is not None else None
    roles: dict[int, CourseRole] = {}
    if context is not None:
        roles[context.course_id] = user.roles.course
        is_test = account.is_test or user.roles.is_test
        memberships.enter(
            session, context, account, place, role=user.roles.course, is_test=is_test
        )
    deployments.note(session, deployment, read)
    # Two frames of one course page launch at once: the later must see the earlier's session.
    first_time.alone(session, "browser", posted.browser)
    cookie = sessions.begin(
        session,
        person_id=account.person_id,
        data=_session_data(deployment, read),
        previous=posted.previous,
        roles=roles,
        browser=posted.browser,
    )
    if read.deep_linking is None:
        submission = reviews.path(session, context, account, read)
        return Landed(cookie, submission or landing.path(read, course))
    asked = deep_linking.begin(
        session, deployment, read.deep_linking, person_id=account.person_id, context=context
    )
    return Landed(cookie, deep_linking.path(asked))


def _place(
    session: Session, deployment: LtiDeployment, account: LtiUser, read: Launch
) -> known.Place:
    if read.context is None:
        return known.Place()
    return known.place(
        session,
        deployment,
        account,
        context_id=read.context.id,
        link_id=read.link.id if read.link is not None else "",
        line_item_url=read.services.lineitem_url,
    )


def _session_data(deployment: LtiDeployment, read: Launch) -> dict[str, object]:
    return {
        "frame_origins": deployments.frame_origins(deployment),
        "return_url": read.return_url,
        "locale": read.user.locale,
        "document_target": read.document_target,
        "high_contrast": read.user.prefers_high_contrast,
        # An administrator acting as somebody else looks, and writes nothing in their name.
        "read_only": read.user.is_masqueraded,
        "runs_lms": read.user.roles.may_configure,
    }
