"""Why a launch goes no further: the code on the page and in the log, and what helps."""

from enum import Enum

from lti.causes import Cause, again, platform, set_up, switched_off


class Reason(Enum):
    """One member for each way to be refused; its value is what people and documents see."""

    ISSUER_MISSING = platform("issuer-missing", "The login request names no `iss`.")
    LOGIN_HINT_MISSING = platform(
        "login-hint-missing", "The login request names no `login_hint`."
    )
    LOGIN_MALFORMED = platform(
        "login-malformed",
        "A login parameter is too long or holds control characters.",
    )
    REGISTRATION_UNKNOWN = set_up(
        "registration-unknown",
        "No registration has this issuer and client id. Compare both, to the letter, with "
        "`careerlink lti list`; hosted Canvas has one issuer for all schools.",
    )
    CLIENT_MISSING = set_up(
        "client-missing",
        "Several registrations have this issuer and the login request names no `client_id`.",
    )
    REGISTRATION_PENDING = Cause(
        "registration-pending",
        403,
        "CareerLink waits for approval",
        "Your LMS was recognized, but nobody at your institution has approved it yet.",
        "The registration waits for approval: on the page *LMS* of CareerLink's office, or "
        "with `careerlink lti activate ID`.",
    )
    REGISTRATION_INACTIVE = switched_off(
        "registration-inactive",
        "The registration was switched off. Switch it on again on the page *LMS* of "
        "CareerLink's office, or with `careerlink lti activate ID`.",
    )
    DEPLOYMENT_PENDING = Cause(
        "deployment-pending",
        403,
        "CareerLink waits for approval",
        "Your LMS was recognized, but nobody has approved this installation of CareerLink yet.",
        "Approve it on the registration's page in CareerLink's office, or with `careerlink lti "
        "approve-deployment ID DEPLOYMENT`; `lti list` shows what waits. On hosted Canvas make "
        "sure that the deployment is your school's.",
    )
    DEPLOYMENT_INACTIVE = switched_off(
        "deployment-inactive",
        "This deployment was switched off. Switch it on again on the registration's page in "
        "CareerLink's office, or with `careerlink lti approve-deployment ID DEPLOYMENT`.",
    )
    DEPLOYMENT_CHANGED = again(
        "deployment-changed",
        "This launch does not fit together",
        "The login request named another deployment than the token.",
    )
    COOKIE_LOST = Cause(
        "cookie-lost",
        400,
        "Open CareerLink in a new tab",
        "Your browser keeps no cookies for CareerLink inside this page. Nothing is lost.",
        "The browser drops even partitioned cookies in frames. Set the tool to open in a new "
        "window, or allow cookies for CareerLink's address.",
    )
    TOKEN_MISSING = platform(
        "token-missing", "The launch carries neither `id_token` nor `error`."
    )
    TOKEN_MALFORMED = platform("token-malformed", "The `id_token` is not a signed JSON token.")
    MESSAGE_TOO_LARGE = platform(
        "message-too-large", "Logins and launches are no larger than 2 MB.", status=413
    )
    ALGORITHM_REFUSED = platform(
        "algorithm-refused", "Tokens must be signed with RS256; this one says something else."
    )
    KEY_ID_MISSING = platform("key-id-missing", "The token's header has no `kid`.")
    KEY_UNKNOWN = platform(
        "key-unknown",
        "The platform's key set has no usable key with the token's `kid`, also after it was "
        "fetched anew. Keys must be RSA with 2048 bits or more.",
        status=401,
    )
    KEYS_UNREACHABLE = Cause(
        "keys-unreachable",
        502,
        "Your LMS does not answer",
        "CareerLink asked your LMS for its keys and got no usable answer. Try again soon.",
        "The key set address of the registration cannot be fetched, or is not a JSON key set. "
        "Open it from the server; a name on a private network belongs in `private_hosts`.",
    )
    KEYS_WAIT = Cause(
        "keys-wait",
        503,
        "Your LMS does not answer",
        "CareerLink asked your LMS for its keys a moment ago. Try again in ten seconds.",
        "As keys-unreachable; the next fetch is tried eight seconds after the failed one.",
    )
    SIGNATURE_WRONG = platform(
        "signature-wrong", "The token was not signed by the platform's key.", status=401
    )
    AUDIENCE_WRONG = platform(
        "audience-wrong",
        "`aud` must be this registration's client id and nothing else; so must `azp`, if sent.",
        status=401,
    )
    TOKEN_EXPIRED = again(
        "token-expired",
        "This launch is too old",
        "`exp` is over. Where everybody sees this, compare the clocks of both servers.",
        status=401,
    )
    TOKEN_TOO_OLD = again(
        "token-too-old",
        "This launch is too old",
        "`iat` is more than ten minutes ago. Compare the clocks of both servers.",
        status=401,
    )
    TOKEN_FROM_FUTURE = again(
        "token-from-future",
        "The clocks do not agree",
        "`iat` or `nbf` lies ahead. Compare the clocks of both servers.",
        status=401,
    )
    CLAIM_MISSING = platform("claim-missing", "A required claim is missing; the line names it.")
    CLAIM_MALFORMED = platform(
        "claim-malformed", "A claim has the wrong type or length; the line names it."
    )
    USER_MISSING = platform(
        "user-missing",
        "The launch names no user (`sub`). Public courses without sign-in are not served.",
    )
    VERSION_REFUSED = platform("version-refused", "The LTI version must be 1.3.0.")
    MESSAGE_UNSUPPORTED = platform(
        "message-unsupported",
        "CareerLink answers LtiResourceLinkRequest, LtiDeepLinkingRequest and "
        "LtiSubmissionReviewRequest.",
    )
    TARGET_FOREIGN = platform(
        "target-foreign",
        "`target_link_uri` leads to another site. Enter CareerLink's own address in the tool.",
    )
    STATE_UNKNOWN = again(
        "state-unknown",
        "This launch was not begun here",
        "No login waits for this `state`: it was invented, or belongs to another registration.",
        status=401,
    )
    BROWSER_CHANGED = again(
        "browser-changed",
        "This launch was begun in another browser",
        "The login's cookie did not come back: cookies are blocked, or it is another browser.",
        status=401,
    )
    NONCE_WRONG = again(
        "nonce-wrong",
        "This launch does not fit together",
        "The token's `nonce` is not the one of this login.",
        status=401,
    )
    LOGIN_EXPIRED = again(
        "login-expired",
        "This launch took too long",
        "More than ten minutes passed between login and launch.",
        status=401,
    )
    LOGIN_SPENT = again(
        "login-spent",
        "This launch was used already",
        "The same launch came twice: a reloaded page or the back button. Launches work once.",
        status=401,
    )
    LOGIN_REQUIRED = Cause(
        "login-required",
        400,
        "Your LMS does not know you here",
        "Your LMS says that you are not signed in, often because the browser holds back its "
        "cookies inside a page. Sign in to the LMS, or open the course in a tab of its own.",
        "The platform answered `login_required`: the browser holds back the LMS's own cookies "
        "in frames. Set the tool to open in a new window.",
    )
    LAUNCH_OVER = again(
        "launch-over",
        "Your LMS says this launch is over",
        "The platform answered that its launch hint was used before or is too old.",
    )
    PLATFORM_DENIED = set_up(
        "platform-denied",
        "The platform answered `access_denied` or `unauthorized_client`: the tool or key is "
        "off there, another client id is in use, or somebody else is signed in.",
        status=403,
    )
    PLATFORM_ERROR = platform(
        "platform-error", "The platform answered the sign-in request with another `error`."
    )
    NOTICES_MALFORMED = platform(
        "notices-malformed", 'Notices come as JSON: {"notices": [{"jwt": "…"}]}.'
    )
    NOTICES_TOO_MANY = platform(
        "notices-too-many", "At most 100 notices are taken in one request.", status=413
    )
    NOTICES_TOO_LARGE = platform(
        "notices-too-large", "A request with notices may have 1 MB.", status=413
    )
    NOTICE_IS_LAUNCH = platform(
        "notice-is-launch",
        "A notice names no user, no roles and no message type; this token is a launch's.",
    )

    @property
    def code(self) -> str:
        return self.value.code
