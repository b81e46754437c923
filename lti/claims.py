"""Reads the claims of a launch into one frozen value. Nothing else of the id_token is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from lti import claim_names as names
from lti import roles, scopes
from lti.claim_values import (
    Context,
    DeepLinking,
    Launch,
    Link,
    Message,
    NoticeService,
    Services,
    User,
)
from lti.preferences import locale, time_zone
from lti.reading import (
    LONGEST_TEXT,
    UNKEPT,
    identifier,
    loose_member,
    member,
    origin_of,
    required,
    text,
    texts,
    url,
)
from lti.reasons import Reason
from lti.refusals import LaunchRefused
from lti.terms import USUAL, Terms

LTI_VERSION = "1.3.0"
NO_HISTORY = {"truncated", "timed out"}
"""Canvas ends a history of more than 1000 ids with the one word, and says the other where it
gave up (fixtures/canvas, custom_substitutions_student)."""
MOST_ANCESTORS = 100
MOST_TYPES = 50
LONGEST_DATA = 100_000


def read(claims: dict[str, Any], *, own_origin: str, terms: Terms = USUAL) -> Launch:
    """:raises LaunchRefused: a claim is missing, malformed, or leads elsewhere."""
    message = _message(claims)
    deployment = identifier(
        required(claims, names.DEPLOYMENT), names.DEPLOYMENT, ascii_only=True
    )
    custom = _custom(claims)
    presentation = loose_member(claims, names.PRESENTATION)
    platform = loose_member(claims, names.PLATFORM)
    deep_linking = _deep_linking(claims) if message == Message.DEEP_LINKING else None
    return_url = url(presentation.get("return_url"))
    target = _target(claims, message, (own_origin, *terms.former_origins))
    return Launch(
        message=message,
        deployment_id=deployment,
        target_link_uri=target,
        is_by_old_address=bool(target) and origin_of(target) != origin_of(own_origin),
        user=_user(claims, message, custom, terms),
        link=_link(claims, message),
        context=_context(claims, custom),
        services=_services(claims, message),
        custom=custom,
        return_url=return_url,
        document_target=text(presentation.get("document_target"), longest=16),
        platform_guid=text(platform.get("guid")),
        platform_name=text(platform.get("name")),
        for_user=_for_user(claims, message),
        deep_linking=deep_linking,
        frame_origins=_origins(
            return_url,
            custom.get("canvas_api_base_url", "") if terms.tells_its_host else "",
            deep_linking.return_url if deep_linking is not None else "",
        ),
        notices=_notices(claims),
    )


def _message(claims: dict[str, Any]) -> Message:
    if required(claims, names.VERSION) != LTI_VERSION:
        raise LaunchRefused(Reason.VERSION_REFUSED)
    kind = required(claims, names.MESSAGE_TYPE)
    if not isinstance(kind, str) or kind not in set(Message):
        raise LaunchRefused(Reason.MESSAGE_UNSUPPORTED)
    return Message(kind)


def _target(claims: dict[str, Any], message: Message, own_origins: Iterable[str]) -> str:
    # The certification's own deep linking request leaves it out (LTI.md 2.4).
    if message == Message.DEEP_LINKING and claims.get(names.TARGET) is None:
        return ""
    target = required(claims, names.TARGET)
    if not isinstance(target, str):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, "target_link_uri")
    if origin_of(target) not in {origin_of(own) for own in own_origins}:
        raise LaunchRefused(Reason.TARGET_FOREIGN)
    return target


def _user(
    claims: dict[str, Any], message: Message, custom: Mapping[str, str], terms: Terms
) -> User:
    found = roles.read(_roles(claims, message), terms.role_map)
    lis = loose_member(claims, names.LIS)
    presentation = loose_member(claims, names.PRESENTATION)
    acting = custom.get("masquerading_user_id", "")
    return User(
        sub=_sub(claims, may_lack=terms.allows_anonymous and message == Message.RESOURCE_LINK),
        roles=found,
        name=_name(claims),
        email=text(claims.get("email")),
        sourced_id=text(lis.get("person_sourcedid")),
        locale=locale(text(presentation.get("locale") or claims.get("locale"))),
        time_zone=time_zone(custom.get("person_time_zone", "")),
        is_masqueraded=bool(acting) and not found.is_test,
        prefers_high_contrast=custom.get("prefers_high_contrast", "").lower() == "true",
    )


def _sub(claims: dict[str, Any], *, may_lack: bool) -> str:
    """Empty for a visitor whom the platform does not know, where such may look."""
    sub = claims.get("sub")
    if sub is None or sub == "":
        if may_lack:
            return ""
        raise LaunchRefused(Reason.USER_MISSING)
    return identifier(sub, "sub", ascii_only=True)


def _roles(claims: dict[str, Any], message: Message) -> list[str]:
    if message == Message.DEEP_LINKING and claims.get(names.ROLES) is None:
        return []
    found = required(claims, names.ROLES)
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, "roles")
    return found


def _name(claims: dict[str, Any]) -> str:
    parts = (text(claims.get("given_name")), text(claims.get("family_name")))
    return text(claims.get("name")) or " ".join(part for part in parts if part)


def _link(claims: dict[str, Any], message: Message) -> Link | None:
    found = member(claims, names.RESOURCE_LINK)
    if message == Message.DEEP_LINKING:
        return None
    if found is None:
        raise LaunchRefused(Reason.CLAIM_MISSING, "resource_link")
    if found.get("id") is None:
        raise LaunchRefused(Reason.CLAIM_MISSING, "resource_link.id")
    return Link(identifier(found["id"], "resource_link.id"), text(found.get("title")))


def _context(claims: dict[str, Any], custom: Mapping[str, str]) -> Context | None:
    found = member(claims, names.CONTEXT)
    if found is None:
        return None
    if found.get("id") is None:
        raise LaunchRefused(Reason.CLAIM_MISSING, "context.id")
    key = identifier(found["id"], "context.id")
    if "Account" in texts(found.get("type")):
        # Canvas launches from an account's menu: no course, no services.
        return None
    label, title = text(found.get("label")), text(found.get("title"))
    history = [part.strip() for part in custom.get("context_history", "").split(",")]
    known = [part for part in history if part and part not in NO_HISTORY]
    return Context(key, label, title or label, tuple(known[:MOST_ANCESTORS]))


def _services(claims: dict[str, Any], message: Message) -> Services:
    ags = loose_member(claims, names.AGS)
    memberships = url(loose_member(claims, names.NRPS).get("context_memberships_url"))
    lineitem = url(ags.get("lineitem"))
    if message == Message.SUBMISSION_REVIEW and not lineitem:
        raise LaunchRefused(Reason.CLAIM_MISSING, "lineitem")
    granted = texts(ags.get("scope")) + ((scopes.MEMBERS,) if memberships else ())
    return Services(memberships, url(ags.get("lineitems")), lineitem, granted)


def _notices(claims: dict[str, Any]) -> NoticeService | None:
    found = loose_member(claims, names.NOTICES)
    address = url(found.get("platform_notification_service_url"))
    if not address or scopes.NOTICES not in texts(found.get("scope")):
        return None
    return NoticeService(address, texts(found.get("notice_types_supported"))[:MOST_TYPES])


def _for_user(claims: dict[str, Any], message: Message) -> str:
    if message != Message.SUBMISSION_REVIEW:
        return ""
    found = required({"for_user": member(claims, names.FOR_USER)}, "for_user")
    return identifier(required(found, "user_id"), "for_user.user_id")


def _deep_linking(claims: dict[str, Any]) -> DeepLinking:
    found = member(claims, names.DEEP_LINKING)
    if found is None:
        raise LaunchRefused(Reason.CLAIM_MISSING, "deep_linking_settings")
    return_url = url(found.get("deep_link_return_url"))
    for name in ("accept_types", "accept_presentation_document_targets"):
        if not isinstance(found.get(name), list):
            raise LaunchRefused(Reason.CLAIM_MISSING, name)
    if not return_url:
        raise LaunchRefused(Reason.CLAIM_MISSING, "deep_link_return_url")
    data, line_item = found.get("data"), found.get("accept_lineitem")
    if isinstance(data, str) and (UNKEPT.search(data) or len(data) > LONGEST_DATA):
        # It could not go back to the letter.
        raise LaunchRefused(Reason.CLAIM_MALFORMED, "data")
    return DeepLinking(
        return_url,
        texts(found["accept_types"])[:MOST_TYPES],
        found.get("accept_multiple") is True,
        line_item if isinstance(line_item, bool) else None,
        data if isinstance(data, str) else None,
        text(claims.get(names.PLACEMENT), longest=64),
    )


def _custom(claims: dict[str, Any]) -> dict[str, str]:
    """Canvas sends numbers as text but booleans as booleans; older ones send null."""
    found = {}
    for name, value in loose_member(claims, names.CUSTOM).items():
        plain = str(value).lower() if isinstance(value, bool | int | float) else value
        if kept := text(plain, longest=LONGEST_TEXT * 50):
            found[name] = kept
    return found


def _origins(*addresses: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for a in addresses if (found := origin_of(a))))
