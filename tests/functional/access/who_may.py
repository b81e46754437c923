"""Which kinds of visitors a rule lets in, and the routes that are closer than their rule."""

from credit.outcomes.lines import OWN

REFUSED = {401, 403, 404}
WITHOUT_TOKEN = {
    "launch.login", "launch.receive", "notices.receive", "stop_mail.stop",
    "stop_mail.again",
    "supervisor.fresh", "supervisor.proceed", "not_me.ask", "not_me.take_back",
    "stand_in.answer", "spoken_codes.enter",
}  # fmt: skip
"""Messages of platforms carry their own proof; a supervisor's address is itself the secret."""

SUPERVISORS = {"supervisor", "supervisor by another link"}
OFFICE = {"staff", "auditor", "admin"}
TEACHING = {"instructor", "assistant"}
STUDENTS = {"student", "other student"}
COURSE = OFFICE | TEACHING | STUDENTS | {"observer"}
SIGNED_IN = COURSE | {
    "chair",
    "instructor elsewhere",
    "staff of another institution",
    "instructor of another institution",
}
EVERYBODY = SIGNED_IN | SUPERVISORS | {"nobody"}
BY_RULE = {
    "anyone": EVERYBODY,
    "link_named": EVERYBODY,
    "signed_in": SIGNED_IN,
    "in_course": COURSE,
    "studies": STUDENTS,
    "looks_after": TEACHING,
    "teaches": {"instructor"},
    "sets_up": {"instructor", "staff", "admin"},
    "teaches_or_office": {"instructor"} | OFFICE,
    "office": OFFICE | {"staff of another institution"},
    "office_staff": {"staff", "admin", "staff of another institution"},
    "supervisor_link": {"supervisor"},
    # Links of other purposes than the world's own: their tests try them.
    "students_link": set(),
    "stand_in_link": set(),
    "admin_desk": {"admin"},
    "approves_cases": {"chair"},
}
OF_ONE_STUDENT = {
    "agreement_papers", "agreements", "amendments", "applications", "cases_projects", "cases",
    "cases_recording", "check_ins", "earlier", "evaluation_notes", "evaluations", "evidence",
    "files", "history", "hours", "hours_answers", "objectives", "placements", "reflections",
    "without_credit",
}  # fmt: skip
"""Blueprints whose records belong to one student, and to those who look after that one."""
CLOSER = {
    **dict.fromkeys(("appeals.write", "appeals.file", "appeals.withdraw"), {"student"}),
    "applications.apply": STUDENTS,
    "cases.show": TEACHING | OFFICE,
    "routing.hand_over": {"instructor", "staff", "admin"},
    "cases.show_queue": TEACHING | OFFICE,
    **dict.fromkeys(
        (
            "agreements_office.signing",
            "agreements_office.verify",
            "agreements_office.decline",
            "agreements_office.paper",
        ),
        {"staff", "admin"},
    ),
    "evaluation_desk.ask_close": {"staff", "admin"},
    "evaluation_desk.close": {"staff", "admin"},
    "files.download": {"student", "chair"} | TEACHING | OFFICE,
    "gradebook.keep": TEACHING | OFFICE,
    "gradebook.read_now": TEACHING | OFFICE,
    "gradebook.replace": TEACHING | OFFICE,
    "gradebook.send_again": TEACHING | OFFICE,
    "gradebook.show": TEACHING | OFFICE,
    "gradebook_column.choose": TEACHING | OFFICE,
    "gradebook_sending.case": TEACHING | OFFICE,
    "gradebook_sending.send": TEACHING | OFFICE,
    "history.show": {"student"} | TEACHING | OFFICE,
    "cases_projects.arrange": {"instructor", "staff", "admin"},
    "cases_moves.show": TEACHING | OFFICE,
    **dict.fromkeys(
        (
            "cases_moves.ask",
            "cases_moves.withdraw",
            "cases_rebasing.rebase",
            "cases_rebasing.rebase_all",
            "cases_rebasing.show",
            "cases_rebasing.show_all",
        ),
        {"staff", "admin"},
    ),
    **dict.fromkeys(("outcomes.show", "outcomes.rows", "outcomes.table"), TEACHING | OFFICE),
    **dict.fromkeys(("closing_proposals.show", "closing_proposals.decline"), TEACHING | OFFICE),
    "status_board.show": TEACHING | OFFICE,
    "submissions.nothing_there": STUDENTS | TEACHING | OFFICE,
    "submissions.show": {"student"} | TEACHING | OFFICE,
    "roster.approver": {"staff", "admin"},
    "roster.confirm": {"instructor"} | OFFICE,
    "roster.read_now": TEACHING | OFFICE,
    "roster.show": TEACHING | OFFICE,
    "files.download_by_link": {"supervisor"},
    "settling.settle": {"staff", "admin"},
    "settling.show": {"staff", "admin"},
    # What a platform asked one person; this one was asked in a course, not outside.
    **dict.fromkeys(("links.show", "links.send", "links.cancel"), {"instructor"}),
    **dict.fromkeys(
        ("links.show_outside", "links.send_outside", "links.cancel_outside"), set()
    ),
}
HISTORIES = {
    "approver_appointment": OFFICE,
    "credit_case_move": TEACHING | OFFICE,
    "hand_over_request": OFFICE,
    "routing_rule": OFFICE, "concern": TEACHING | OFFICE,
    "enrollment_upload": OFFICE,
    "registrar_export": OFFICE,
    "partner": OFFICE, "listing": OFFICE, "application": {"student"} | OFFICE,
    "course": {"instructor"} | OFFICE,
    "instructor_delegation": {"instructor"} | OFFICE,
}  # fmt: skip
ASKED = {
    **dict.fromkeys(
        ("outcomes.rows", "outcomes_office.rows"), f"?target={OWN}&side=supervisor"
    ),
}
"""What an address says behind its path, where without it there is no page."""
LOOKS_ONLY = {"auditor", "observer"}
OF_ONESELF = {
    "sign_in.logout", "mail_choices.choose", "mail_choices.confirm", "mail_choices.give_up",
    "mail_choices.name_address",
}  # fmt: skip
"""Also whoever may only look ends their own session and chooses what mail they get."""
CALLS_OUT = ("desk_checks.try_all", "desk_checks.try_one")
"""Forms of one button that ask other servers, which are not there."""

SEEN_BY_QUERIES = {
    "student", "other student", "instructor", "instructor elsewhere", "assistant", "observer",
    "chair", "staff", "auditor", "admin", "staff of another institution", "supervisor",
    "supervisor by another link",
}  # fmt: skip
"""Whom queries tell apart; the rest never come to one, and are tried on one database."""
READERS = {"student", "instructor", "staff", "admin", "chair", "supervisor"}
"""One for each way in which a page is laid out; the rest see one of these, or a part of it."""
