"""Every recorded or documented answer of the grade services: what we do about it, or why it
is none that we could get."""

import json
from typing import Any

import pytest

from lti.answers import Answer
from lti.models import Family
from lti.products import product_of
from tests.recordings import load, names

DONE, PAUSE, LOOK, AGAIN = "done", "pause", "look", "again"
SEARCH, TOKEN, REFUSED, WITHOUT = "search", "token", "refused", "without attempt"
"""Taken; wait; read back what stands there; try later; look for the column anew; ask for
another token; a task for a person; the same once more without an attempt."""

Answers = dict[str, str]


def each(meaning: str, listed: str) -> Answers:
    return dict.fromkeys(listed.split(), meaning)


CANVAS: dict[str, Answers] = {
    "services/scores": {
        **each(
            DONE,
            "basic_lti_launch comment content_items fully_graded fully_graded_preserve_score"
            " new_submission_false no_score_after_grade over_maximum pass_fail"
            " pending_manual_preserve_score pending_manual_with_score pending_with_score"
            " prioritize_non_tool_grade scaled second_line_item submission_type_none"
            " test_student timestamp_equal timestamp_future zero_of_zero_on_zero_column",
        ),
        **each(WITHOUT, "error_attempts_used_up"),
        **each(LOOK, "error_timestamp_older"),
        **each(AGAIN, "error_file_service"),
        **each(SEARCH, "error_line_item_gone error_concluded_course_older"),
        **each(
            REFUSED,
            "error_concluded_course error_missing_member error_negative"
            " error_negative_maximum error_no_maximum error_online_upload_without_items"
            " error_submitted_at_future error_submitted_at_invalid error_timestamp_invalid"
            " error_user_unknown error_zero_maximum",
        ),
    },
    "services/throttling": {
        **each(PAUSE, "forbidden_403 too_many_429"),
        **each(DONE, "normal_headers"),
    },
    "services/results": {
        **each(
            DONE,
            "list_last_page list_limit_50 list_page_1 not_a_student one_user"
            " one_user_cleared show user_without_result",
        ),
        **each(SEARCH, "wrong_line_item"),
    },
    "services/line_items": {
        **each(
            DONE,
            "get get_created_with_extension get_launch_url list_by_resource_link list_empty"
            " list_limit_2_page_2 list_page_1 post_standalone post_with_resource_link",
        ),
        **each(SEARCH, "get_deleted_assignment get_unknown post_unknown_resource_link"),
        **each(
            REFUSED,
            "other_tools_line_item post_inconsistent_link post_other_tools_resource_link",
        ),
    },
    "services/token": {
        **each(DONE, "ok"),
        **each(
            REFUSED,
            "error_bad_audience error_bad_signature error_client_secret error_expired"
            " error_grant_type error_iat_in_future error_iat_too_old"
            " error_key_set_not_json error_missing_jti error_scope_not_granted",
        ),
        **each(TOKEN, "error_missing_sub error_unknown_client"),
    },
}
MOODLE: dict[str, Answers] = {
    "services/scores": {
        **each(
            DONE,
            "again_without_comment comment_only content_type_charset"
            " final_after_pending_manual graded_after_wipe long_comment negative"
            " no_score_given normal_with_comment onto_overridden_grade over_maximum"
            " pending_after_grade pending_manual_with_score rescaled rescaled_third"
            " score_maximum_zero standalone started_first_contact string_numbers"
            " submission_and_extension suspended_student timestamp_future"
            " timestamp_microseconds_offset timestamp_no_fraction timestamp_other_offset"
            " unknown_progress url_without_type_id user_id_number zero",
        ),
        **each(
            LOOK,
            "conflict_after_future conflict_after_pending_manual conflict_older_timestamp"
            " conflict_same_second conflict_same_timestamp",
        ),
        **each(AGAIN, "onto_locked_column user_id_not_numeric"),
        **each(SEARCH, "deleted_line_item"),
        **each(TOKEN, "bad_token wrong_scope"),
        **each(
            REFUSED,
            "bad_timestamp content_type_json manager_not_enrolled no_grading_progress"
            " no_score_maximum no_timestamp non_editing_teacher teacher unknown_user"
            " url_appended_after_query",
        ),
    },
    "services/results": {
        **each(
            DONE,
            "get_accept_any get_after_pending get_after_pending_manual get_all"
            " get_all_after get_by_user get_by_user_without_grade get_empty"
            " get_overridden get_zero",
        ),
        **each(REFUSED, "get_accept_json"),
        **each(SEARCH, "get_limit_1"),
    },
    "services/lineitems": {
        **each(
            DONE,
            "get_all get_all_in_copied_course get_by_resource_id get_by_resource_link"
            " get_by_resource_link_two get_by_tag get_by_unknown_resource_link get_limit_2"
            " get_limit_2_from_2 get_no_accept get_without_type_id get_after_post_dates"
            " post_again_same_resource_id post_standalone",
        ),
        **each(
            REFUSED,
            "get_accept_any get_accept_json get_accept_list post_content_type_json"
            " post_no_label post_no_score_maximum post_unknown_resource_link",
        ),
    },
    "services/lineitem": {
        **each(
            DONE,
            "get get_accept_any get_after_put get_after_put_coupled"
            " get_after_put_other_resource_link get_other_tool_without_type_id"
            " put_coupled put_standalone",
        ),
        **each(SEARCH, "get_after_delete get_unknown"),
        **each(TOKEN, "get_other_tool"),
        **each(REFUSED, "get_accept_container get_accept_json put_content_type_json"),
    },
    "services/token": {
        **each(DONE, "ok ok_before_activation one_known_one_unknown_scope"),
        **each(TOKEN, "use_expired_token"),
        **each(
            REFUSED,
            "error_bad_kid error_bad_signature error_expired error_grant_type"
            " error_iat_in_future error_no_assertion error_no_kid error_unknown_client"
            " error_unknown_scope",
        ),
    },
}
NO_EXCHANGE = "it is a table, with no answer in it"
NO_DELETE = "no column is ever deleted by us: people's grades stand in it"
NO_COUPLING = "we never ask for a column of another link: launches would lose theirs"
DOES_NOT_APPLY = {
    "canvas": {
        "services/scores/effects": NO_EXCHANGE,
        "services/scores/locked_and_closed": "the sources do not say what is answered",
        "services/line_items/delete_coupled": NO_DELETE,
        "services/line_items/delete_further": NO_DELETE,
        "services/line_items/delete_own": NO_DELETE,
        "services/line_items/post_dates": "our columns have no dates",
        "services/line_items/post_submission_type_external_tool": NO_COUPLING,
        "services/line_items/post_submission_type_invalid": NO_COUPLING,
        "services/line_items/put": "our columns on Canvas are not changed after they are made",
        "services/line_items/put_other_resource_link": NO_COUPLING,
    },
    "moodle-4.5": {
        "services/lineitems/post_broken_json": "our JSON is written by a library",
        "services/lineitems/post_dates": "our columns have no dates",
        "services/lineitems/post_with_resource_link": NO_COUPLING,
        "services/lineitems/post_with_resource_link_no_column": NO_COUPLING,
        "services/lineitems/post_zero_maximum": "our maximum is a whole number from 1 on",
        "services/lineitem/delete_again": NO_DELETE,
        "services/lineitem/delete_coupled": NO_DELETE,
        "services/lineitem/delete_standalone": NO_DELETE,
        "services/lineitem/put_other_resource_link": NO_COUPLING,
    },
}
TABLES = {"canvas": (Family.CANVAS, CANVAS), "moodle-4.5": (Family.MOODLE, MOODLE)}


@pytest.fixture
def database_url() -> str:
    """No database takes part here."""
    return "sqlite:///never-opened.db"


def answer_of(recording: dict[str, Any]) -> Answer:
    given = recording["response"]
    body = json.dumps(given["body_json"]) if "body_json" in given else given.get("body", "")
    return Answer(given["status"], given.get("headers") or {}, body.encode(), "")


def meaning(family: Family, answer: Answer) -> str:
    """In the order in which a sender asks."""
    product = product_of(family)
    if product.throttled_for(answer) is not None:
        return PAUSE
    if product.wants_no_attempt(answer):
        return WITHOUT
    if product.knows_a_later_one(answer):
        return LOOK
    if answer.ok:
        return DONE
    if product.refuses_the_token(answer):
        return TOKEN
    if answer.status >= 500:
        return AGAIN
    return SEARCH if answer.status == 404 else REFUSED


@pytest.mark.parametrize("folder", TABLES)
def test_every_answer_is_in_the_table_or_does_not_apply(folder: str) -> None:
    _family, table = TABLES[folder]
    listed = {f"{part}/{name}" for part, answers in table.items() for name in answers}
    assert not listed & DOES_NOT_APPLY[folder].keys()
    assert listed | DOES_NOT_APPLY[folder].keys() == set(names(folder, *table))


@pytest.mark.parametrize("folder", TABLES)
def test_every_answer_is_understood_as_the_table_says(folder: str) -> None:
    family, table = TABLES[folder]
    understood = {
        part: {name: meaning(family, answer_of(load(folder, f"{part}/{name}"))) for name in one}
        for part, one in table.items()
    }
    assert understood == table
