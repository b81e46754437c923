"""Forms on their way: sent once however often a button is pressed; Back asks for nothing."""

from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Running
from tests.browser.people import Member

PRESS_TWICE = (
    "() => { const b = document.querySelector('main form.form button'); b.click(); b.click(); }"
)


def test_a_second_press_sends_nothing_and_back_leads_to_the_form(
    running: Running, page: Page
) -> None:
    instructor = Member(running, page, "instructor")
    instructor.launch("credit")
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.method == "POST":
            sent.append(request.url)

    page.on("request", note)
    instructor.go(f"{instructor.course}/delegations")
    for _ in range(2):
        with instructor.view.expect_navigation():
            instructor.view.evaluate(PRESS_TWICE)
        expect(instructor.view.locator(".error-summary")).to_be_focused()
    assert len(sent) == 2

    with instructor.view.expect_navigation():
        instructor.view.evaluate("() => history.back()")
    instructor.is_on("delegations.listed")
    expect(instructor.view.locator(".error-summary")).to_have_count(0)
    assert len(sent) == 2
