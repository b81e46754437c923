"""Named edge cases and bad input, each with the tests that try it."""

EDGE_CASES = {
    "late evaluation": (
        "test_after_the_decision::test_what_comes_after_the_decision_is_an_addendum_that_alerts_the_instructor",
        "test_reminding::test_a_silent_supervisor_becomes_the_students_word_and_the_offices_task",
    ),
    "supervisor left": (
        "test_hand_over::test_mails_that_wait_for_the_old_address_are_taken_back",
        "test_hand_overs_that_cross::test_who_has_left_gets_no_link_any_more",
        "test_links::test_a_hand_over_closes_the_old_link",
    ),
    "student drops": (
        "test_without_credit::test_the_project_goes_on_and_the_partner_is_told_only_so",
        "test_without_credit::test_back_in_the_course_everything_is_as_it_was",
        "test_departures::test_an_empty_list_drops_nobody_and_says_so",
        "test_dropping::test_by_the_census_the_case_closes_quietly_and_after_it_shows_as_withdrawn",
        "test_dropping::test_student_and_instructor_read_how_it_was_left",
        "test_dropping::test_a_case_with_the_chair_goes_on_there_after_a_return",
    ),
    "listing withdrawn": (
        "test_ends::test_a_withdrawn_listing_ends_offers_and_leaves_running_work_alone",
        "test_curating::test_withdrawing_is_final_and_has_a_reason",
        "test_applying_and_offers::test_a_listing_that_closed_meanwhile_keeps_the_text",
    ),
    "two students, one slot": (
        "test_applying_and_offers::test_two_students_one_slot",
        "test_races::test_two_offers_at_once_for_one_slot_are_one",
        "test_slots::test_eight_at_once_get_no_more_than_there_are",
    ),
    "double approval": (
        "test_at_once::test_of_two_approvers_at_once_the_first_one_wins",
        "test_at_once::test_a_double_click_ends_on_the_one_decision",
        "test_pages::test_the_second_approval_says_who_was_first",
    ),
    "cross-listed": (
        "test_linked_courses::test_whoever_teaches_both_makes_them_one",
        "test_departures::test_two_linked_contexts_do_not_drop_each_other_s_people",
    ),
    "course copied": (
        "test_copied_courses::test_the_instructor_chooses_once_what_comes_along",
        "test_copied_courses::test_the_nearest_ancestor_that_is_known_here_counts",
    ),
    "resubmit after return": (
        "test_student_credit::test_a_returned_case_is_answered_and_goes_back",
        "test_field_comments::test_an_answer_is_enough_and_an_unchanged_part_needs_no_second_signature",
    ),
    "faculty delegate": (
        "test_delegates::test_a_colleague_decides_for_the_instructor_and_it_reads_so",
        "test_delegates::test_before_the_first_and_after_the_last_day_nobody_acts",
        "test_delegates::test_a_delegate_passes_nothing_on_and_does_not_run_the_course",
    ),
}
BAD_INPUT = {
    "two approvers at once": (
        "test_at_once::test_of_two_approvers_at_once_the_first_one_wins",
        "test_at_once_in_chains::test_of_two_chairs_at_once_the_first_decides",
        "test_appeals::test_of_two_readers_the_first_answers_and_the_second_sees_it",
    ),
    "double clicks": (
        "test_at_once::test_a_double_click_ends_on_the_one_decision",
        "test_old_pages::test_what_changed_is_looked_at_again_and_a_second_press_is_the_same",
        "test_returning::test_a_second_press_keeps_the_comments_once",
        "test_appeals::test_the_same_appeal_sent_twice_is_one",
    ),
    "stale tabs": (
        "test_at_once::test_another_decision_from_an_old_page_is_refused",
        "test_at_once_in_chains::test_the_second_chairs_page_says_who_was_faster_and_keeps_"
        "the_comment",
        "test_bulk_approval::test_what_changed_or_was_decided_meanwhile_is_left_out_with_the_"
        "reason",
        "test_rebasing::test_what_went_elsewhere_meanwhile_is_not_changed_unseen",
    ),
    "evidence changed since it was opened": (
        "test_at_once::test_a_page_that_is_too_old_shows_what_changed_and_keeps_the_comment",
        "test_old_pages::test_what_changed_is_looked_at_again_and_a_second_press_is_the_same",
        "test_steps::test_changed_evidence_is_looked_at_again_first_at_every_step",
    ),
    "negative or absurd hours": (
        "test_logging::test_what_is_refused_says_why_and_keeps_what_was_typed",
        "test_logging::test_a_day_has_24_hours_over_all_placements",
        "test_packet::test_academic_work_in_odd_figures_is_refused",
        "test_what_always_holds::test_absurd_hours_are_no_input",
    ),
    "policy edited in mid-term": (
        "test_life_of_a_policy::test_a_change_in_mid_term_leaves_open_cases_where_they_are",
        "test_opening::test_a_later_policy_does_not_change_an_open_case",
    ),
    "roster that empties": (
        "test_departures::test_an_empty_list_drops_nobody_and_says_so",
        "test_dropping::test_a_roster_that_empties_after_the_term_drops_no_case",
        "test_registrar_lists::test_an_empty_list_and_one_without_lines_drop_nobody",
    ),
    "LMS down for a day at the deadline": (
        "test_outage::test_a_day_without_the_platform_at_the_deadline_ends_by_itself",
    ),
    "a student in two linked contexts": (
        "test_departures::test_two_linked_contexts_do_not_drop_each_other_s_people",
        "test_ends_and_copies_in_the_lms::test_a_grade_follows_a_student_who_moves_to_the_"
        "other_section",
        "test_dropping::test_enrolled_twice_and_dropped_once_is_still_enrolled",
    ),
    "a supervisor who is also the instructor": (
        "test_supervising_instructors::test_who_supervised_does_not_decide",
        "test_bulk_approval::test_who_supervised_one_approves_none_of_it",
        "test_appointments::test_a_conflict_of_interest_blocks_at_every_step_and_in_"
        "anybodys_place",
    ),
}
