"""The whole path, as the people of the course walk it, in one demo.

From a vetted partner to the score in the gradebook: career staff, two students, a supervisor
without an account, the instructor and the assistant, in the frame of another site.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import office_steps, student_steps, supervisor_steps, teaching_steps
from tests.browser.conftest import Running
from tests.browser.names import ADDRESS, ASKED, PROJECT
from tests.browser.people import Member, Supervisor, newest_link


@pytest.fixture
def people(running: Running, new_page: Callable[..., Page]) -> Callable[..., Member]:
    return lambda key, width=1200: Member(running, new_page(width), key)


def test_the_first_steps_of_the_readme_are_where_it_says(
    people: Callable[..., Member],
) -> None:
    """Before anybody has done anything; nothing is sent here."""
    hana, tomasz = people("instructor"), people("admin")

    hana.launch("credit")
    hana.follow("Kwame Asante")
    hana.is_on("cases.packet")
    expect(hana.view.get_by_role("button", name="Award 1 credit").first).to_be_visible()

    tomasz.launch("credit")
    tomasz.follow("Career office")
    tomasz.view.get_by_text("More", exact=True).click()
    tomasz.follow("LMS")
    expect(tomasz.view.get_by_role("link", name="Connect an LMS").first).to_be_visible()


def test_from_a_vetted_partner_to_the_gradebook(
    running: Running, people: Callable[..., Member], new_page: Callable[..., Page]
) -> None:
    staff, maya, jonas = people("staff"), people("student1", 320), people("student2")
    instructor, assistant = people("instructor"), people("assistant", 700)

    office_steps.vet_a_partner(staff)
    office_steps.publish_a_listing(staff)
    office_steps.pause_another_partner(staff)

    application = student_steps.apply(maya, "I repair bicycles at home and count everything.")
    student_steps.apply(jonas, "I waited in such a queue last week.")
    office_steps.offer_and_wait_list(staff, application)
    placement = student_steps.accept(maya)
    jonas.launch("board")
    jonas.go(f"{jonas.course}/")
    jonas.sees("Wait listed")

    student_steps.give_consent(staff, maya, placement)
    student_steps.sign_agreement(maya, placement)
    supervisor = Supervisor(new_page(360, 740))
    link = newest_link(running, ADDRESS, PROJECT)
    supervisor_steps.sign_by_link(supervisor, link)
    teaching_steps.approve_agreement(instructor, placement)

    student_steps.log_hours(maya, placement)
    student_steps.hand_in_evidence(maya, placement)
    supervisor_steps.accept_by_link(supervisor, link)
    student_steps.see_it_completed(maya, placement)
    supervisor_steps.evaluate_by_link(supervisor, newest_link(running, ADDRESS, ASKED))
    student_steps.evaluate_oneself(maya, placement)

    teaching_steps.look_but_not_decide(assistant)
    before = teaching_steps.posts_so_far(running)
    teaching_steps.award(instructor)
    teaching_steps.score_arrives(running, instructor, posts_before=before)
    student_steps.read_the_record(maya, placement)
    audit_trail_is_whole(running)


def audit_trail_is_whole(running: Running) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "careerlink",
        "--config",
        running.directory / "careerlink.toml",
    ]
    found = subprocess.run([*command, "audit", "verify"], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
