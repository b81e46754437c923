"""What a supervisor does by link, without an account."""

from tests.browser.names import SUPERVISOR
from tests.browser.people import Supervisor


def sign_by_link(supervisor: Supervisor, link: str) -> None:
    supervisor.open(link)
    supervisor.is_on("supervisor.greet")
    supervisor.sees_not("Okafor")
    supervisor.finds_it_sound()
    supervisor.press("Continue")
    supervisor.is_on("agreements.link")
    supervisor.sees("Explain a median")
    supervisor.finds_it_sound()
    supervisor.fill(signed_name=SUPERVISOR)
    supervisor.tick("intent")
    supervisor.press("Sign agreement")
    supervisor.finds_it_sound()


def accept_by_link(supervisor: Supervisor, link: str) -> None:
    supervisor.open(link)
    supervisor.is_on("supervisor.tasks")
    supervisor.finds_it_sound()
    supervisor.follow("Look at it")
    supervisor.is_on("supervisor.look")
    supervisor.sees("waits.csv")
    supervisor.finds_it_sound()
    # Rework needs words; the form comes back and says so.
    supervisor.press("Ask for rework")
    supervisor.finds_it_sound()
    assert supervisor.view.locator(".error-summary a").count() >= 1
    supervisor.fill(words="It shows where they wait; we use it already.")
    supervisor.press("Accept it")
    supervisor.finds_it_sound()


def evaluate_by_link(supervisor: Supervisor, link: str) -> None:
    supervisor.open(link)
    if supervisor.page.locator("body").get_attribute("data-page") == "supervisor.tasks":
        supervisor.follow("Start the evaluation")
    supervisor.sees("22.5")
    supervisor.finds_it_sound()
    supervisor.press("Yes, 22.5")
    for scale in supervisor.view.locator("fieldset.level-scale").all():
        scale.locator("input[value='3']").check()
    supervisor.view.locator("input[value='not_observed']").last.check()
    supervisor.finds_it_sound()
    supervisor.press("Save and continue")
    supervisor.fill(
        strength="Asked the mechanics before touching the data.",
        growth="Say earlier when something will take longer.",
    )
    supervisor.tick("work_again", "yes")
    supervisor.finds_it_sound()
    supervisor.press("Save and continue")
    supervisor.sees("Asked the mechanics")
    supervisor.finds_it_sound()
    supervisor.press("Send evaluation")
    # The same link is the receipt from now on.
    supervisor.open(link)
    supervisor.finds_it_sound()
    supervisor.follow("Open the receipt")
    supervisor.sees("22.5")
    supervisor.sees("Asked the mechanics")
    assert supervisor.view.get_by_role("button", name="Send evaluation").count() == 0
    supervisor.finds_it_sound()
