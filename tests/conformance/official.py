"""Every case of the certification (LTI.md 2), so that a test that goes missing is noticed.

A test shows a case by naming its id in its own name, in the id of its parameters or in its
docstring: ``test_x_24_a_new_key…``, ``BAD-03 wrong LTI version``, ``AGS-04``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    id: str
    change: str
    """What is changed of a good launch, or asked of a service."""
    expected: str
    """``4xx`` and a reason code, ``303`` and the role, or in words what must hold."""


def _cases(*rows: tuple[str, str, str]) -> tuple[Case, ...]:
    return tuple(Case(*row) for row in rows)


BAD = _cases(
    ("BAD-01", "no kid in the header", "400 key-id-missing"),
    ("BAD-02", "kid of no key", "401 key-unknown"),
    ("BAD-03", "version 11.3", "400 version-refused"),
    ("BAD-04", "no version", "400 claim-missing"),
    ("BAD-05", "a message of another kind", "400 claim-missing"),
    ("BAD-06a", "no message_type, version, roles", "400 claim-missing"),
    ("BAD-06b", "no aud, iss, sub, deployment_id, roles", "400 claim-missing"),
    ("BAD-07", "iat 11111, exp 22222", "401 token-expired"),
    ("BAD-08", "no message_type", "400 claim-missing"),
    ("BAD-09", "no roles", "400 claim-missing"),
    ("BAD-10", "no deployment_id", "400 claim-missing"),
    ("BAD-11", "no resource_link, or no id in it", "400 claim-missing"),
    ("BAD-12", "no sub, or an empty one", "400 user-missing"),
)
VALID = _cases(
    ("TCH-01", "an instructor's launch", "200 instructor"),
    ("TCH-02", "institution roles beside it", "200 instructor"),
    ("TCH-03", "the short role name", "200 instructor"),
    ("TCH-04", "an unknown role only", "200 none"),
    ("TCH-05", "an empty role", "200 none"),
    ("TCH-06", "e-mail only", "200 instructor"),
    ("TCH-07", "names only", "200 instructor"),
    ("TCH-08", "neither", "200 instructor"),
    ("TCH-09", "e-mail only, no context", "200 none"),
    ("STU-01", "a student's launch", "200 student"),
    ("STU-02", "Student and Mentor beside it", "200 student"),
    ("STU-03", "the short role name", "200 student"),
    ("STU-04", "an unknown role beside it", "200 student"),
    ("STU-05", "an empty role", "200 none"),
    ("STU-06", "e-mail only", "200 student"),
    ("STU-07", "names only", "200 student"),
    ("STU-08", "neither", "200 student"),
    ("STU-09", "e-mail only, no context", "200 none"),
)
SERVICES = _cases(
    ("DLK-01", "deep linking request without target or link", "the picker opens"),
    ("DLK-02", "the answer", "the browser posts JWT to deep_link_return_url"),
    ("DLK-03", "its form", "message type and content items"),
    ("DLK-04", "its times", "iat now, exp shortly after"),
    ("DLK-05", "its signature", "RS256, kid in our key set"),
    ("DLK-06", "its claims", "all required; data echoed iff given"),
    ("DLK-07", "its values", "what was picked, to the letter"),
    ("DLK-08", "launch of the linked item", "custom arrives, the item opens"),
    ("NRP-01", "an instructor's launch", "the roster's address is kept"),
    ("NRP-02", "the roster", "GET context_memberships_url"),
    ("NRP-03", "its Accept header", "membershipcontainer+json"),
    ("NRP-04", "its bearer token", "from the platform's token address"),
    ("NRP-05", "its scope", "contextmembership.readonly"),
    ("AGS-01", "launch with lineitems, without lineitem", "accepted, address kept"),
    ("AGS-02", "GET line items", "lineitemcontainer+json, scope lineitem"),
    ("AGS-03", "POST a line item", "lineitem+json; the returned id is used"),
    ("AGS-04", "POST a score", "score+json, all required members"),
    ("AGS-05", "GET results", "below the line item's path"),
)
EXTRA = _cases(
    ("X-01", "no exp", "400 claim-missing"),
    ("X-02", "no iat", "400 claim-missing"),
    ("X-03", "iat years old", "401 token-too-old"),
    ("X-04", "iat ten seconds ahead", "303"),
    ("X-05", "exp five seconds ago", "303"),
    ("X-06", "a second audience", "401 audience-wrong"),
    ("X-07", "a first audience, azp ours", "401 audience-wrong"),
    ("X-08", "azp is another", "401 audience-wrong"),
    ("X-09", "nonce of another login", "401 nonce-wrong"),
    ("X-10", "the same post again", "401 login-spent"),
    ("X-11", "state of another browser", "401 browser-changed"),
    ("X-11b", "an invented state with planted cookies", "401 state-unknown"),
    ("X-11c", "state of one login, nonce of the next", "401 nonce-wrong"),
    ("X-12", "token of another registration", "401 state-unknown"),
    ("X-13", "another deployment than the login named", "400 deployment-changed"),
    ("X-14", "no target", "400 claim-missing"),
    ("X-15", "target on another site", "400 target-foreign"),
    ("X-16", "roles are a text", "400 claim-malformed"),
    ("X-17", "resource link is a text, header is a list", "400 token-malformed"),
    ("X-18", "alg none; HS256 with the public key", "400 algorithm-refused"),
    ("X-19", "unknown issuer, client, deployment", "400 registration-unknown"),
    ("X-20", "membership/Learner#Instructor", "200 student"),
    ("X-21", "unknown/unknown#Instructor", "200 none"),
    ("X-22", "only membership/Instructor#PrimaryInstructor", "200 instructor"),
    ("X-23", "Instructor elsewhere, Learner here", "200 student"),
    ("X-24", "a new key in the key set", "303"),
    ("X-25", "the key set hangs, fails, is HTML", "502 keys-unreachable"),
    ("X-26", "error=login_required", "400 login-required"),
)
CASES = (*BAD, *VALID, *SERVICES, *EXTRA)
