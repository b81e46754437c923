"""Why a platform is not registered: the code on the page, and what the admin should do."""

from enum import Enum

from lti.causes import Cause

AGAIN = "Start the registration again in your LMS with the same address."
USED_UP = "Ask the career office for a new registration URL."
FAULTY = "Your LMS sent something that CareerLink cannot register."
NOTHING_KEPT = "Nothing was registered, and the registration URL still works."


def _invitation(code: str, heading: str, explanation: str, *, status: int = 410) -> Cause:
    return Cause(code, status, heading, explanation, USED_UP)


def _document(code: str, explanation: str, remedy: str, *, status: int = 400) -> Cause:
    heading = "The configuration of your LMS cannot be used"
    return Cause(code, status, heading, f"{explanation} {NOTHING_KEPT}", remedy)


def _answer(
    code: str, heading: str, explanation: str, remedy: str, *, status: int = 502
) -> Cause:
    return Cause(code, status, heading, explanation, remedy)


class RegistrationReason(Enum):
    """One member for each way to be refused; its value is what people and documents see."""

    INVITATION_UNKNOWN = _invitation(
        "invitation-unknown",
        "This registration URL is not known",
        "It was never given out, or a part of it was lost when it was copied.",
        status=404,
    )
    INVITATION_USED = _invitation(
        "invitation-used",
        "This registration URL was used already",
        "Each one registers one LMS. If that was you, nothing is left to do here: CareerLink "
        "opens as soon as the career office has approved it.",
    )
    INVITATION_EXPIRED = _invitation(
        "invitation-expired",
        "This registration URL is too old",
        "Each one works for seven days.",
    )
    INVITATION_REVOKED = _invitation(
        "invitation-revoked",
        "This registration URL was taken back",
        "The career office closed it before it was used.",
    )
    INVITATION_BUSY = Cause(
        "invitation-busy",
        409,
        "Somebody is registering with this URL right now",
        "Two at once would add CareerLink to your LMS twice.",
        "Wait half a minute, then look whether CareerLink is in the list of your LMS's tools.",
    )
    TOKEN_MALFORMED = _document(
        "registration-token-malformed",
        "The registration token is too long, or holds signs that no token has.",
        AGAIN,
    )
    ADDRESS_REFUSED = _document(
        "configuration-address-refused",
        "Its address is not https, leads to a private network, or redirects elsewhere.",
        "Give the LMS a public https address; the operator can name an LMS on campus in "
        "`private_hosts`. The address must answer by itself, without a redirect.",
    )
    TOO_LARGE = _document(
        "configuration-too-large", "It is larger than 256 kB.", "Set CareerLink up by hand."
    )
    UNFINISHED = _document(
        "configuration-unfinished",
        "It began and did not end within five seconds.",
        "Look whether something between LMS and CareerLink holds answers back.",
    )
    CONFIGURATION_REFUSED = _document(
        "configuration-refused",
        "Your LMS would not show it; the link from your LMS may be too old.",
        AGAIN,
    )
    CONFIGURATION_FAILED = _document(
        "configuration-failed",
        "Your LMS could not be reached, or answered with an error of its own.",
        "Open the configuration address from CareerLink's server; then start again.",
        status=502,
    )
    CONFIGURATION_LATE = _document(
        "configuration-late",
        "Your LMS did not answer within five seconds.",
        "Try again soon. If it stays so, set CareerLink up by hand.",
        status=504,
    )
    MALFORMED = _document(
        "configuration-malformed",
        "It is not the document that LTI 1.3 asks for; the line below names the member.",
        "Compare the named member with the LTI Dynamic Registration specification.",
    )
    ENDPOINT_REFUSED = _document(
        "endpoint-refused",
        "An address in it is not https, or leads to a private network; the line names it.",
        "Give the LMS its public https address, in Moodle `$CFG->wwwroot`.",
    )
    ISSUER_FOREIGN = _document(
        "issuer-foreign",
        "It names an issuer that does not belong to the host that it came from.",
        "In Moodle set `$CFG->wwwroot` to the public address. A Canvas of your own that "
        "calls itself canvas.instructure.com is set up by hand.",
    )
    TOKEN_USED = _answer(
        "registration-token-used",
        "Your LMS has taken this registration already",
        "It says that its token was used before. An earlier try reached your LMS, but its "
        "answer did not reach CareerLink.",
        "Delete the CareerLink tool that the earlier try left in your LMS. Then start again "
        "there with the same registration URL.",
        status=409,
    )
    TOKEN_REFUSED = _answer(
        "registration-token-refused",
        "Your LMS does not accept this registration any more",
        f"Its token is too old, or not its own. {NOTHING_KEPT}",
        AGAIN,
        status=403,
    )
    PLATFORM_REFUSED = _answer(
        "platform-refused",
        "Your LMS refused to add CareerLink",
        f"Its answer is in the line below. {NOTHING_KEPT}",
        "Pass the line on to the career office, or set CareerLink up by hand.",
        status=422,
    )
    PLATFORM_FAILED = _answer(
        "platform-failed",
        "Your LMS failed while it added CareerLink",
        NOTHING_KEPT,
        "Look whether CareerLink is in the list of your LMS's tools; delete it there if so. "
        "Then start again with the same registration URL.",
    )
    PLATFORM_LATE = _answer(
        "platform-late",
        "Your LMS did not answer in time",
        "It may have added CareerLink all the same; CareerLink has kept nothing.",
        "Look whether CareerLink is in the list of your LMS's tools; delete it there if so. "
        "Then start again with the same registration URL.",
        status=504,
    )
    REPLY_UNUSABLE = _answer(
        "reply-unusable",
        "Your LMS answered something unexpected",
        "It may have added CareerLink, but it named no client id that can be kept.",
        "Delete CareerLink in your LMS and set it up by hand.",
    )
    REGISTERED_ELSEWHERE = _answer(
        "registered-elsewhere",
        "This registration belongs to another institution",
        "CareerLink knows this issuer and client id already, for somebody else.",
        "Use a registration URL of the institution that has it, or register a new tool.",
        status=409,
    )

    @property
    def code(self) -> str:
        return self.value.code


class RegistrationRefused(Exception):
    """``detail`` names a member or the platform's own short code, never a token."""

    def __init__(self, reason: RegistrationReason, detail: str = "") -> None:
        super().__init__(reason.code, detail)
        self.reason = reason
        self.detail = detail
