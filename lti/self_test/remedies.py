"""What helps against what a check found, and how to tell from an LMS's own words."""

from lti.answers import Answer, BadStatus, ForbiddenAddress, NotJson, PlatformFault, Unreachable

REMEDIES = {
    "own-address": "CareerLink’s server must reach its own public address, as the LMS does. "
    "Check the name in DNS, the certificate and the proxy in front (docs/production.md).",
    "own-keys": "Something other than this CareerLink answers at that address: a proxy that "
    "keeps an old answer, or another installation. It must pass /lti/ on.",
    "own-secret": "The secret key of the server has changed. Put the old one back, or let the "
    "operator run “careerlink lti keys rotate --now”.",
    "address": "The address does not answer from CareerLink’s server. Open it in a browser to "
    "see whether it is right; a firewall may hold back the server.",
    "private-address": "For safety CareerLink calls only public https addresses. For an LMS "
    "inside the campus network the operator adds its name to private_hosts.",
    "wrong-address": "Something answers there, but not what it should. Compare the address "
    "with the one that the LMS shows for this tool; on Canvas the key’s page names it.",
    "weak-keys": "The LMS must publish RSA keys of 2048 bits or more, each with a key id.",
    "client-unknown": "The LMS does not know this client id, or the tool is off there. Compare "
    "the client id; on Canvas set the developer key to ON, on Moodle activate the tool.",
    "scope": "The tool may not do this there. Canvas: turn the scopes on in the developer key. "
    "Moodle: in the tool’s Services choose “Use this service …” for grades and names.",
    "our-keys": "The LMS checked our signature with other keys. Enter CareerLink’s key set "
    "address there in place of a pasted key, and remove what it has kept.",
    "reads-no-keys": "The LMS cannot fetch CareerLink’s key set. Moodle: HTTP security may "
    "block the host or its port. Canvas: the address must be public.",
    "audience": "The token address of this registration belongs to another host than the LMS "
    "expects. On hosted Canvas it is that of sso.canvaslms.com or of your school’s own host.",
    "clocks": "The clocks of the two servers differ. Let both follow a time server (NTP).",
    "busy": "The LMS asks for a pause. Try again in some minutes; CareerLink waits by itself "
    "when it sends grades.",
    "lms-broken": "The LMS itself answers with an error. Look at its status page or log; "
    "CareerLink sends what waits once it is back.",
    "no-header": "The LMS gave a token and then refused it. On Moodle behind Apache the header "
    "gets lost: add “CGIPassAuth On” to the site.",
    "no-permission": "The LMS gave a token and then refused the course. The course may be "
    "concluded there, or the tool removed from it.",
    "gone": "That course may be gone in the LMS. Open CareerLink from another course, then try "
    "again.",
    "no-course": "Open CareerLink from a course as its teacher; the launch names the address.",
    "no-deployment": "Approve a deployment first: see the registration’s page.",
    "mail-server": "Check the table [mail] of the configuration: host, port, account, and "
    "whether the server lets this machine in.",
    "in-frame": "Open CareerLink from a course in the LMS, go to this page inside it, and try "
    "again there.",
    "new-tab": "This browser keeps no cookie in the LMS’s page. People are offered a new tab "
    "by themselves; to spare them that, let the LMS open the tool in a new window.",
    "roles": "Say on the page Roles of this registration what its role names mean.",
    "look-again": "Try again. If it stays, tell the operator the line above.",
}

SAYINGS = (
    # Canvas and Moodle, from the recorded and documented answers in tests/fixtures.
    ("jwk error", "reads-no-keys"),
    ("fix_jwks_alg", "reads-no-keys"),
    ("signature", "our-keys"),
    ("unable to lookup correct key", "our-keys"),
    ("kid must be provided", "our-keys"),
    ("'aud' is invalid", "audience"),
    ("must not be in the future", "clocks"),
    ("iat prior to", "clocks"),
    ("expired", "clocks"),
    ("invalid_scope", "scope"),
    ("invalid_client", "client-unknown"),
    ("unauthorized_client", "client-unknown"),
)


def of_token_answer(answer: Answer) -> str:
    """From the words with which an LMS refuses a token; it names no person."""
    said = answer.text()[:4000].lower()
    for words, remedy in SAYINGS:
        if words in said:
            return remedy
    return "lms-broken" if answer.status >= 500 else "wrong-address"


def of_fault(fault: PlatformFault) -> str:
    """From the way in which a call of an address failed."""
    if isinstance(fault, ForbiddenAddress):
        return "private-address"
    if isinstance(fault, Unreachable):
        return "address"
    if isinstance(fault, BadStatus):
        return "lms-broken" if fault.status >= 500 else "wrong-address"
    return "wrong-address" if isinstance(fault, NotJson) else "look-again"


def of_service(fault: PlatformFault) -> str:
    """From the way in which a service refused what our token should open."""
    if not isinstance(fault, BadStatus):
        return of_fault(fault)
    by_status = {401: "no-header", 403: "no-permission", 404: "gone", 410: "gone"}
    return by_status.get(fault.status) or of_fault(fault)
