"""Stories, each with the tests that walk it.

A test is named by file and function; ``tests/structure`` notices one that goes missing.
"""

STUDENT = {
    "S5 two students, one slot": ("test_applying_and_offers::test_two_students_one_slot",),
    "S7 write the agreement": (
        "test_journey::test_three_people_sign_and_the_work_begins",
        "test_field_comments::test_the_supervisor_proposes_words_and_the_student_takes_them",
        "test_field_comments::test_an_answer_is_enough_and_an_unchanged_part_needs_no_second_signature",
        "test_logging::test_hours_before_the_agreement_are_marked_not_refused",
    ),
    "S8 log hours": (
        "test_quick_entry::test_the_work_of_last_time_is_logged_again_by_one_tap",
        "test_logging::test_what_is_refused_says_why_and_keeps_what_was_typed",
        "test_quick_entry::test_the_day_on_which_clocks_go_back_has_25_hours",
        "test_correcting::test_both_versions_are_kept_and_the_supervisor_is_asked_anew",
        "test_who_sees_hours::test_the_office_hears_of_work_well_beyond_the_plan",
    ),
    "S9 deliver": (
        "test_handing_in::test_a_file_is_handed_in_for_an_objective_and_downloaded",
        "test_handing_in::test_confidential_work_is_attested_without_an_upload",
        "test_handing_in::test_a_new_version_stands_beside_the_older",
        "test_bad_files::test_a_refused_file_keeps_the_note_that_was_typed",
    ),
    "S10 check-in, midpoint, self-evaluation": (
        "test_asking::test_at_the_half_of_a_long_project_both_are_asked",
        "test_journey::test_student_reads_the_supervisors_answers_once_their_own_are_in",
        "test_sending::test_neither_student_nor_supervisor_reads_ahead",
        "test_reminding::test_the_student_may_have_it_said_again_after_five_days",
    ),
    "S11 see result": (
        "test_student_credit::test_the_student_sees_the_sum_with_its_clauses",
        "test_student_credit::test_the_decision_is_shown_with_its_reason_and_grade",
        "test_student_credit::test_a_returned_case_is_answered_and_goes_back",
        "test_accepting::test_a_student_accepts_on_their_page_of_credit",
        "test_bundles::test_leaving_out_goes_by_a_reason_and_stands_on_both_pages",
    ),
}
SUPERVISOR = {
    "V4 agree": (
        "test_company_signs::test_the_plan_waits_for_whoever_signs_for_the_company",
        "test_field_comments::test_a_disputed_clause_unlocks_the_plan_and_the_history_stays",
    ),
    "V5 first contact": (
        "test_check_ins::test_first_contact_is_confirmed_by_one_tap_of_either_side",
        "test_check_ins::test_no_first_contact_in_five_days_is_a_task_for_staff_once",
    ),
    "V6 check in": (
        "test_check_ins::test_a_red_answer_goes_to_staff_and_teachers_see_what_is_done",
        "test_check_ins::test_a_question_is_answered_once",
    ),
    "V7 accept or ask for rework": (
        "test_supervisor_answers::test_handed_in_sent_back_once_and_accepted",
        "test_supervisor_answers::test_an_older_version_is_not_accepted_unseen",
        "test_office_settles::test_beyond_the_agreed_rounds_the_office_helps",
        "test_office_settles::test_a_silent_supervisors_work_is_accepted_on_the_evidence",
    ),
    "V8 evaluate": (
        "test_journey::test_the_mail_leads_to_four_steps_and_a_receipt",
        "test_journey::test_own_hours_are_kept_beside_the_reported_ones",
        "test_sending::test_two_tabs_send_one_evaluation",
        "test_evaluation_on_a_phone::test_from_the_mails_link_to_the_receipt",
        "test_correcting::test_a_correction_stands_beside_what_was_sent",
    ),
    "V9 hand over": (
        "test_hand_over::test_the_wrong_person_says_so_before_seeing_anything_and_another_takes_over",
        "test_two_supervisors::test_both_answer_for_their_own_dates_and_their_hours_add_up",
        "test_two_supervisors::test_a_draft_passes_only_where_the_former_supervisor_agreed",
    ),
}
FACULTY = {
    "F1 switch on": (
        "test_course_set_up::test_the_first_launch_leads_through_it_part_by_part",
        "test_course_set_up::test_it_goes_on_where_it_was_left_also_for_somebody_else",
        "test_course_set_up::test_one_click_takes_what_the_office_has_set",
        "test_projects_shown::test_a_project_that_is_hidden_leaves_this_board_and_comes_back",
        "test_course_set_up::test_the_preview_shows_a_student_without_data_and_writes_nothing",
        "test_course_set_up::test_students_are_let_in_before_anybody_set_it_up",
    ),
    "F2 roster and status board": (
        "test_students::test_every_student_has_a_stage_and_somebody_who_moves_next",
        "test_students::test_my_move_is_what_the_rows_say",
        "test_queue::test_each_case_stands_with_whoever_moves_next",
        "test_queue::test_lists_and_rows_agree_on_whose_move_it_is",
        "test_departures::test_who_is_gone_is_marked_and_who_returns_is_not",
        "test_departures::test_a_platform_that_does_not_answer_changes_nothing_and_is_shown",
    ),
    "F3 approve agreements": (
        "test_queue::test_agreements_to_approve_are_the_instructors_move_too",
        "test_together::test_plans_that_say_the_same_are_approved_together",
        "test_pages::test_the_second_approval_says_who_was_first",
        "test_pages::test_returning_needs_a_comment_and_keeps_what_else_there_is",
        "test_routing::test_a_colleague_who_opens_an_agreement_sees_whose_it_is",
    ),
    "F4 amendments": (
        "test_amendments::test_the_supervisor_extends_and_it_holds_once_all_three_have_signed",
        "test_amendments::test_nothing_signed_is_ever_lost",
        "test_amendments::test_a_second_press_and_a_second_tab_sign_once",
        "test_amending_edges::test_hours_that_come_while_an_end_waits_stay_and_are_said",
    ),
    "F5 watch for trouble": (
        "test_check_ins::test_a_red_answer_goes_to_staff_and_teachers_see_what_is_done",
        "test_watching::test_a_week_without_hours_is_flagged",
        "test_who_sees_hours::test_the_office_hears_of_work_well_beyond_the_plan",
        "test_packet::test_a_silent_supervisor_can_be_waited_for",
    ),
    "F6 delegate": (
        "test_delegates::test_a_colleague_decides_for_the_instructor_and_it_reads_so",
        "test_delegates::test_before_the_first_and_after_the_last_day_nobody_acts",
        "test_delegates::test_somebody_from_outside_waits_for_the_career_office",
        "test_delegates_of_sections::test_a_delegate_for_one_section_sees_and_decides_that_one_only",
        "test_delegates::test_who_was_not_asked_to_decide_looks_after_students_only",
        "test_appointments::test_b_for_a_is_dated_ends_by_itself_and_is_not_passed_on",
    ),
    "F7 midpoint": (
        "test_words_and_levels::test_a_comment_at_half_time_is_read_by_the_student_and_"
        "decides_nothing",
        "test_asking::test_at_the_half_of_a_long_project_both_are_asked",
    ),
    "F8 final packet": (
        "test_packet::test_it_shows_evidence_in_reading_order_and_the_sum_with_its_clauses",
        "test_packet::test_the_packet_costs_the_same_whatever_is_in_it",
        "test_packet::test_other_evidence_takes_the_place_of_the_evaluation",
        "test_packet::test_a_silent_supervisors_case_can_be_left_incomplete",
        "test_words_and_levels::test_levels_are_given_line_by_line_and_come_with_the_decision",
        "test_handing_in::test_confidential_work_is_attested_without_an_upload",
        "test_outcome_evidence::test_every_figure_opens_its_students_and_not_seen_stands_apart",
    ),
    "F9 decide": (
        "test_packet::test_an_award_is_one_press",
        "test_packet::test_denying_asks_back_and_the_comment_comes_along",
        "test_packet::test_another_figure_is_asked_for_its_reason",
        "test_bases::test_the_packet_offers_no_choice_that_the_policy_makes",
        "test_returning::test_comments_on_parts_are_answered_and_only_what_changed_is_shown",
        "test_limits_of_returns::test_no_more_rounds_than_the_policy_allows",
        "test_limits_of_returns::test_the_day_is_no_later_than_grades_are_due",
        "test_reminding_of_returns::test_before_the_last_day_the_student_hears_of_it",
        "test_deciding::test_no_award_above_the_enrollment",
        "test_moving::test_the_database_keeps_a_project_in_one_case",
        "test_bulk_approval::test_alike_and_safe_cases_are_approved_each_by_its_own_decision",
        "test_deciding_by_keyboard::test_forty_cases_are_decided_by_keyboard_only",
        "test_steps::test_a_case_goes_through_every_step_and_is_final_with_the_last",
    ),
    "F10 gradebook": (
        "test_what_is_sent::test_the_very_value_is_shown_before_anything_is_sent",
        "test_what_is_sent::test_every_answer_is_shown",
        "test_what_is_sent::test_approved_voided_and_approved_with_other_credits",
        "test_what_is_sent::test_unsent_and_refused_grades_go_together_after_a_look",
        "test_gradebook_page::test_ours_is_sent_only_over_the_grade_that_was_shown",
        "test_gradebook_page::test_a_deleted_column_is_offered_anew",
        "test_outage::test_a_day_without_the_platform_at_the_deadline_ends_by_itself",
    ),
    "F11 appeal reader": (
        "test_appeals::test_a_second_reader_awards_credit_and_both_decisions_stay",
        "test_appeals::test_what_is_upheld_stands_and_is_not_appealed_again",
        "test_appeals::test_a_return_voids_the_decision_and_the_case_goes_on",
        "test_appeals::test_an_award_as_asked_is_not_appealed_and_a_lower_one_only_raised",
        "test_appeals::test_whoever_decided_does_not_read_the_appeal",
        "test_grades_after_appeals::test_a_denial_that_is_appealed",
    ),
    "F12 close the course": (
        "test_closing_a_course::test_what_is_open_is_finished_or_knowingly_left",
        "test_closing_a_course::test_the_cases_go_home_as_a_table_that_runs_nothing",
        "test_closing_a_course::test_two_people_close_it_once_and_nothing_changes_any_more",
        "test_closing_a_course::test_it_opens_again_with_a_reason_that_stays_in_the_history",
        "test_closing_a_course::test_the_office_opens_what_the_lms_concluded",
    ),
}
OFFICE = {
    "enrollments": (
        "test_registrar_lists::test_a_list_is_looked_at_first_and_taken_over_once",
        "test_registrar_lists::test_the_same_list_again_changes_nothing",
        "test_registrar_lists::test_many_drops_ask_for_their_number",
        "test_long_lists::test_a_long_list_is_compared_while_staff_go_on",
        "test_registrar_lists::test_the_original_day_outlives_a_drop_and_a_later_add",
        "test_whom_a_line_means::test_who_is_not_known_yet_is_enrolled_when_they_appear",
        "test_registrar_numbers::test_staff_say_once_which_course_a_number_means",
        "test_registrar_numbers::test_a_drop_and_a_later_add_move_the_case",
    ),
    "C8 chase evaluations": (
        "test_chasing::test_the_list_leads_to_every_way_that_is_left",
        "test_reminding::test_a_silent_supervisor_becomes_the_students_word_and_the_offices_task",
        "test_transcribing::test_what_was_said_on_the_phone_is_marked_and_its_author_gets_it_to_read",
        "test_hand_over::test_the_wrong_person_says_so_before_seeing_anything_and_another_takes_over",
        "test_transcribing::test_staff_close_what_nobody_will_answer",
    ),
    "C11 registrar export": (
        "test_registrar_problems::test_it_is_left_out_and_said_so",
        "test_registrar_files::test_a_line_says_all_that_a_registrar_asks_for",
        "test_registrar_files::test_new_changed_void_and_new_again",
        "test_registrar_files::test_the_graduate_school_has_its_own_file",
        "test_registrar_at_once::test_files_made_at_once_have_a_number_each_and_every_line_once",
        "test_reconciling::test_the_command_prints_a_line_each_and_says_so_by_its_exit_code",
    ),
    "C12 close the term": (
        "test_closing_a_term::test_everything_unfinished_is_counted_and_many_are_done_with_a_reason",
        "test_closing_a_term::test_the_office_asks_and_the_instructor_decides",
        "test_closing_a_term::test_supervisors_are_thanked_once_where_consent_stands",
        "test_closing_a_term::test_a_running_term_is_not_closed_and_a_closed_one_opens_again",
    ),
}
