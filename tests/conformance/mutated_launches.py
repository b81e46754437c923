"""Complete launches of each kind, with every claim that platforms send, to be spoiled."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from careerlink import clock
from tests.factories.lti import INSTRUCTOR, LEARNER, LTI, PUBLIC_URL, Platform

AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
KINDS = ("LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest")


def launch_of(kind: str) -> dict[str, Any]:
    """``IAT``, ``EXP`` and ``NONCE`` are filled in when it is sent."""
    platform = Platform()
    services = f"{platform.issuer}/services/2"
    found = platform.claims(
        INSTRUCTOR,
        LEARNER,
        **{
            "nonce": "NONCE",
            "iat": "IAT",
            "exp": "EXP",
            "azp": platform.client_id,
            "locale": "en-US",
            f"{LTI}message_type": kind,
            f"{LTI}target_link_uri": f"{PUBLIC_URL}/home?placement=x",
            f"{LTI}lis": {
                "person_sourcedid": "s-1",
                "course_offering_sourcedid": "o-1",
                "course_section_sourcedid": "c-1",
            },
            f"{LTI}custom": {
                "content": "board",
                "context_history": "1,2",
                "person_time_zone": "Europe/Berlin",
                "canvas_api_base_url": "https://school.example.org",
                "canvas_user_id": 7,
                "masquerading_user_id": "",
            },
            f"{LTI}role_scope_mentor": ["user-2"],
            f"{LTI}for_user": {"user_id": "a6d5c443-1f51-4783-ba1a-7686ffe3b54a"},
            f"{AGS}claim/endpoint": {
                "scope": [f"{AGS}scope/lineitem", f"{AGS}scope/score"],
                "lineitems": f"{services}/lineitems",
                "lineitem": f"{services}/lineitems/1/lineitem",
            },
            f"{NRPS}claim/namesroleservice": {
                "context_memberships_url": f"{services}/members",
                "service_versions": ["2.0"],
            },
            f"{DL}deep_linking_settings": {
                "deep_link_return_url": f"{platform.issuer}/deep_linking",
                "accept_types": ["ltiResourceLink", "html"],
                "accept_presentation_document_targets": ["iframe", "window"],
                "accept_multiple": True,
                "accept_lineitem": True,
                "auto_create": False,
                "title": "a title",
                "data": "opaque",
            },
        },
    )
    if kind == "LtiDeepLinkingRequest":
        del found[f"{LTI}resource_link"]
    return found


LAUNCHES = tuple(launch_of(kind) for kind in KINDS)
FORMS: tuple[dict[str, Any], ...] = (
    {"state": ""},
    {"state": "\x00"},
    {"state": "x" * 1_000_000},
    {"state": "😀"},
    {"state": ["STATE", "other"]},
    {"id_token": ""},
    {"error": "login_required"},
    {"error": "x" * 100_000, "id_token": ""},
    {"error": "\x00", "error_description": "\x00", "id_token": ""},
    {"x" * 5000: "x", "\x00": "\x00"},
)
forms = st.sampled_from([{}] * 90 + [*FORMS])


def values_of(begun: Mapping[str, str]) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    return {"NONCE": begun["nonce"], "STATE": begun["state"], "IAT": now, "EXP": now + 60}
