"""What PyLTI1p3 2.0.0 leaves open (LTI.md 6.2), and the tests that show how each is covered."""

from dataclasses import dataclass

CORE = "tests/conformance/test_core.py"
LOGINS = "tests/conformance/test_login_answers.py"
KEYS = "tests/conformance/test_platform_keys.py"
FRAMES = "tests/conformance/test_frames.py"
TOKENS = "tests/functional/lti/test_access_tokens.py"
NOTICES = "tests/conformance/test_notices.py"
CANVAS = "tests/conformance/test_services_canvas.py"
CALLS = "tests/unit/lti/services/test_calls_to_platforms.py"


@dataclass(frozen=True)
class Gap:
    id: str
    what: str
    cases: tuple[str, ...] = ()
    """Of the certification table."""
    tests: tuple[str, ...] = ()
    """Others, as ``file::function``."""


GAPS = (
    Gap("G1", "a nonce is never spent", ("X-09", "X-10")),
    Gap("G2", "a post replays without the state cookie", ("X-10",)),
    Gap("G3", "state bound to nothing", ("X-11", "X-11b", "X-11c", "X-12", "X-13")),
    Gap("G4", "exp and iat not required, no leeway", ("X-01", "X-02", "X-03", "X-04", "X-05")),
    Gap("G5", "audiences and azp", ("X-06", "X-07", "X-08")),
    Gap("G6", "issuer only a lookup key", ("X-19", "X-12")),
    Gap(
        "G7",
        "registrations of one configuration leak into another",
        tests=(
            "tests/functional/lti/launches/test_identity.py::"
            "test_schools_on_one_issuer_and_client_stay_apart",
        ),
    ),
    Gap("G8", "unknown clients and malformed claims crash", ("X-16", "X-17", "X-19")),
    Gap("G9", "deployments: no hint, nothing waits", ("X-13", "X-19")),
    Gap("G10", "keys fetched always or never", ("X-24", "X-25", "BAD-02")),
    Gap(
        "G11",
        "the algorithm comes from the key",
        ("X-18",),
        (f"{KEYS}::test_a_short_key_is_no_key",),
    ),
    Gap(
        "G12",
        "no time limits",
        ("X-25",),
        (
            f"{CALLS}::test_bytes_that_trickle_for_ever_end_at_the_time_limit",
            f"{CALLS}::test_a_silent_platform_times_out",
            f"{CALLS}::test_redirects_within_the_host_are_followed_and_no_others",
        ),
    ),
    Gap(
        "G13",
        "the launch's data kept for a day",
        tests=("tests/conformance/test_decisions.py::test_nothing_of_the_token_is_kept",),
    ),
    Gap(
        "G14",
        "cookies not partitioned, one for each login",
        tests=(
            f"{FRAMES}::test_the_first_login_sets_a_cookie_that_frames_keep_and_tries_it_once",
        ),
    ),
    Gap("G15", "message checks too strict and too loose", ("X-14", "X-15", "X-16", "DLK-01")),
    Gap("G16", "roles read by their last word", ("X-20", "X-21", "X-22", "X-23")),
    Gap(
        "G17",
        "access tokens of one school given to another",
        tests=(
            f"{TOKENS}::test_schools_that_share_an_issuer_do_not_share_tokens",
            "tests/functional/lti/test_refused_tokens.py::test_a_refused_token_is_replaced_once",
            f"{TOKENS}::test_a_token_is_renewed_a_minute_before_it_ends",
        ),
    ),
    Gap(
        "G18",
        "the client assertion",
        tests=(f"{TOKENS}::test_the_assertion_is_what_platforms_check",),
    ),
    Gap(
        "G19",
        "paging",
        tests=(
            "tests/functional/lti/test_rosters.py::test_pages_are_read_to_the_end",
            f"{CANVAS}::test_bookmarks_of_the_next_page_keep_their_capitals",
            f"{CANVAS}::test_a_next_page_on_another_host_gets_no_token",
        ),
    ),
    Gap("G20", "grades", ("AGS-03", "AGS-04", "AGS-05")),
    Gap(
        "G21",
        "bodies of answers in error texts",
        tests=(f"{CALLS}::test_a_status_but_success_is_an_error_that_says_no_body",),
    ),
    Gap("G22", "deep linking answers", ("DLK-02", "DLK-03", "DLK-06")),
    Gap(
        "G23",
        "a second question mark",
        tests=(f"{LOGINS}::test_the_query_of_the_platform_s_address_is_kept",),
    ),
    Gap(
        "G24",
        "redirect pages made of raw texts",
        tests=(
            f"{FRAMES}::test_a_lost_cookie_offers_the_same_login_in_a_new_tab",
            f"{FRAMES}::test_a_return_address_cannot_smuggle_anything_into_the_policy",
        ),
    ),
    Gap("G25", "the platform's errors", ("X-26",)),
    Gap(
        "G26",
        "notices",
        tests=(
            f"{NOTICES}::test_a_good_notice_is_taken_and_acted_upon_later",
            f"{NOTICES}::test_each_refusal_changes_one_thing",
            f"{NOTICES}::test_a_key_that_is_not_the_platform_s_vouches_for_nothing",
        ),
    ),
)


if __name__ == "__main__":
    tests = {test for gap in GAPS for test in gap.tests}
    print(*sorted(t for t in tests if not t.startswith("tests/conformance/")))  # noqa: T201
