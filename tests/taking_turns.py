"""Tests that take turns with the two databases: each runs on one, the next on the other.

What they prove, no query decides: which move is allowed, what a page says, what a form refuses,
what a platform is sent. Half the tests of each file meet each database, and with them the
queries of its pages. All others run on both: whole journeys, what happens at once, lists and
searches, who sees what, constraints and triggers, files of registrars, everything with blocks
and seals, and the certification. So does, in these files, what ``BOTH`` recognizes by its name.
``make databases`` runs everything on both.
"""

import re
from zlib import crc32

import pytest

OPTION = "--both-databases"
DATABASES = ("sqlite", "postgresql")
BOTH = re.compile(
    r"at_once|twice|double|two_tabs|second_(press|tab)|once_in|meanwhile|old_page|faster"
    r"|never_changed|_database|quer(y|ies)|the_same_for|costs_the_same|search|overtakes"
    r"|two_workers|few_statements|nothing_is_lost"
)
"""Two who act at once, rows that triggers keep, and how many queries a page takes."""
CREDIT = {
    "agreements": (
        "amending_edges amendments changed_hours company_signs company_signs_changes"
        " field_comments named_signers office_part pages papers reminders signing workflow"
    ),
    "approvals": "after_appeals appeals appointments old_pages",
    "cases": (
        "absurd_answers accepting bases bundles deciding delegates dropping explain finishing"
        " handing_over moving packet rebasing returning student_credit telling words_and_levels"
    ),
    "check_ins": "check_ins",
    "competencies": "course_choice editing",
    "evaluations": (
        "after_the_decision asking correcting course_choice forms_by_length reminding sending"
        " transcribing two_supervisors workflow"
    ),
    "evidence": (
        "bad_files handing_in judging objective_board plan_of_deliverables reflection"
        " supervisor_answers when_evidence_is_taken"
    ),
    "gradebook": "grades_after_appeals gradebook_page",
    "hours": "changing_entries confirming correcting disputes logging quick_entry",
    "policy": "life_of_a_policy policy_pages typing_a_policy",
    "routing": "routing",
}
CAREERLINK = {
    "courses": "course_set_up",
    "files": "downloads",
    "home": "campus_sign_in deliveries homes",
    "institutions": "terms",
    "listings": "board_visitors curating workflow_of_a_listing",
    "mail": "bounces choices mailbox",
    "partners": "vetting workflow_of_a_partner",
    "placements": "ends placement_page",
    "reminders": "in_between pages",
    "supervisors": (
        "consent hand_over links spoken_codes stand_ins students_page without_credit"
    ),
}
LTI = {
    ".": (
        "access_tokens column_choices columns damaged_lists departures grades_of_teachers"
        " progress refused_tokens roster_actions rosters scores_in_the_gradebook"
        " unusual_lists who_gets_a_score"
    ),
    "desk": (
        "former_address newcomers platforms roles_and_visitors self_test self_test_page"
        " setting_up"
    ),
    "launches": (
        "answers_with_links choosing_links concluded_courses copied_courses"
        " language_and_contrast places reviews two_frames way_back"
    ),
}
FILES = frozenset(
    f"tests/functional/{package}/{folder}/test_{name}.py".replace("/./", "/")
    for package, folders in (("credit", CREDIT), ("careerlink", CAREERLINK), ("lti", LTI))
    for folder, names in folders.items()
    for name in names.split()
)


def turn_away(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each test that takes turns on the one database whose turn it is."""
    if config.getoption(OPTION):
        return
    kept, left = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        fits = not isinstance(item, pytest.Function) or has_turn(item)
        (kept if fits else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def has_turn(item: pytest.Function) -> bool:
    file, _, name = item.nodeid.partition("::")
    if file not in FILES or BOTH.search(name) or "database_url" not in item.fixturenames:
        return True
    if any("database_url" in mark.args[0] for mark in item.iter_markers("parametrize")):
        return True  # the test itself says on which it runs
    database = str(item.callspec.params["database_url"])
    case = item.callspec.id.replace(database, "", 1)
    return database == DATABASES[(_place(item) + crc32(case.encode())) % 2]


def _place(item: pytest.Function) -> int:
    """Which test of its file it is: the same whatever part of the tests is run."""
    tests = [name for name in vars(item.module) if name.startswith("test_")]
    return tests.index(item.originalname)
