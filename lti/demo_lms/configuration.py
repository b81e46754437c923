"""The OpenID configuration of the platform, in each family's words."""

from typing import Any

from lti.demo_lms.lms import Lms
from lti.demo_lms.tools import LINE_ITEM, LINE_ITEM_READ, MEMBERS, NOTICES, RESULT_READ, SCORE

MOODLE_PATH = "/mod/lti/openid-configuration.php"
MOODLE_REGISTRATION = "/mod/lti/openid-registration.php"
CANVAS_PATH = "/api/lti/security/openid-configuration"
CANVAS_REGISTRATION = "/api/lti/registrations"
PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
SHARED: dict[str, Any] = {
    "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
    "response_types_supported": ["id_token"],
    "id_token_signing_alg_values_supported": ["RS256"],
}
SCOPES = [LINE_ITEM_READ, RESULT_READ, SCORE, LINE_ITEM, MEMBERS]

RESOURCE_LINK_PLACES = ["account_navigation", "assignment_selection", "course_navigation"]
DEEP_LINKING_PLACES = [
    "assignment_selection", "course_assignments_menu", "editor_button", "link_selection",
    "module_index_menu_modal",
]  # fmt: skip


def moodle(lms: Lms) -> dict[str, Any]:
    return {
        **SHARED,
        "issuer": lms.url,
        "token_endpoint": f"{lms.url}/mod/lti/token.php",
        "jwks_uri": f"{lms.url}/mod/lti/certs.php",
        "authorization_endpoint": f"{lms.url}/mod/lti/auth.php",
        "registration_endpoint": f"{lms.url}{MOODLE_REGISTRATION}",
        "scopes_supported": [*SCOPES, "openid"],
        "subject_types_supported": ["public", "pairwise"],
        "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
        PLATFORM: {
            "product_family_code": "moodle",
            "version": "4.5.6 (Build: 20250811)",
            "messages_supported": [
                {"type": "LtiResourceLinkRequest"},
                {"type": "LtiDeepLinkingRequest", "placements": ["ContentArea"]},
            ],
            "variables": ["Context.id", "Context.id.history", "Person.address.timezone"],
        },
    }


def canvas(lms: Lms) -> dict[str, Any]:
    return {
        **SHARED,
        "issuer": lms.issuer,
        "token_endpoint": lms.token_url,
        "jwks_uri": f"{lms.auth_url.removesuffix('/authorize_redirect')}/security/jwks",
        "authorization_endpoint": lms.auth_url,
        "registration_endpoint": f"{lms.url}{CANVAS_REGISTRATION}",
        "scopes_supported": [*SCOPES, NOTICES],
        "subject_types_supported": ["public"],
        "claims_supported": [
            "sub", "picture", "email", "name", "given_name", "family_name", "locale",
        ],
        PLATFORM: {
            "product_family_code": "canvas",
            "version": "vCloud",
            "messages_supported": [
                {"type": "LtiResourceLinkRequest", "placements": RESOURCE_LINK_PLACES},
                {"type": "LtiDeepLinkingRequest", "placements": DEEP_LINKING_PLACES},
            ],
            "notice_types_supported": ["LtiHelloWorldNotice", "LtiContextCopyNotice"],
            "variables": ["Context.id", "Context.id.history", "Canvas.api.baseUrl"],
            "https://canvas.instructure.com/lti/account_name": lms.school.name,
            "https://canvas.instructure.com/lti/account_lti_guid": lms.school.guid,
        },
    }  # fmt: skip
