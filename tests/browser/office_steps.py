"""What career staff do on the way: partner, listing, offer."""

from tests.browser.names import ADDRESS, PARTNER, PROJECT, SITE, STUDENT, SUPERVISOR, day
from tests.browser.people import Member

CHECKS = (
    "register", "address", "website", "domain", "work", "fees", "conflict", "safety", "phone",
    "second",
)  # fmt: skip


def vet_a_partner(staff: Member) -> None:
    staff.launch()
    staff.go("/office/")
    staff.sees("Needs attention")
    staff.finds_it_sound()
    staff.go("/office/partners/new")
    staff.fill(
        name=PARTNER, website=SITE, city="Eastmoor", region="PA",
        about="A workshop that repairs bicycles and scooters.",
    )  # fmt: skip
    staff.press("Propose partner")
    staff.is_on("partners.show")
    staff.follow("Add a contact")
    staff.fill(name=SUPERVISOR, email=ADDRESS, title="Workshop manager")
    staff.press("Add contact")
    staff.follow("Verify")
    staff.fill(how="Called the number on their website; she read the address to me.")
    staff.press("Verify address")
    staff.press("Start review")
    staff.follow("Record checks")
    for item in CHECKS:
        staff.choose(**{f"{item}_outcome": "passed"})
        staff.fill(**{f"{item}_evidence": "Seen and noted in the file."})
    staff.press("Save checks")
    staff.follow("Approve partner")
    staff.fill(until=day(365))
    staff.press("Approve partner")
    staff.sees("Approved")
    staff.finds_it_sound()


def publish_a_listing(staff: Member) -> None:
    staff.follow("Write a listing")
    staff.fill(
        title=PROJECT,
        deliverable="A dashboard of waiting times with one recommendation.",
        description="Customers wait up to nine days, and nobody knows where.",
        skill_names="Spreadsheets, Interviewing", hours="25",
        starts_on=day(0), ends_on=day(28), apply_by=day(5), fee="400", slots="1",
    )  # fmt: skip
    staff.view.locator("input[name='objectives']").first.check()
    staff.tick("where", "remote")
    staff.view.locator("select[name='supervisor']").select_option(index=1)
    staff.press("Save draft")
    # $16.00 per hour is below the campus floor of $20.00.
    staff.sees("$16.00")
    staff.sees("Missing: the campus floor")
    staff.follow("Edit")
    staff.fill(fee="600")
    staff.press("Save")
    staff.sees_not("The fee is below the campus floor")
    staff.press("Submit for review")
    staff.press("Publish listing")
    staff.follow("Release to students")
    staff.finds_it_sound()
    staff.tick("to", "course")
    staff.view.get_by_label("BUS-310").check()
    staff.press("Release listing")
    staff.sees("BUS-310")


def pause_another_partner(staff: Member) -> None:
    staff.go("/office/partners?state=approved")
    with staff.view.expect_navigation():
        staff.view.locator("main tbody a").nth(3).click()
    staff.follow("Pause partner")
    staff.fill(reason="Two students waited three weeks for an answer.")
    staff.press("Pause partner")
    staff.sees("Paused")
    assert staff.view.get_by_role("link", name="Write a listing").count() == 0


def offer_and_wait_list(staff: Member, application: str) -> None:
    staff.go("/office/applications/" + application.split("/")[-1])
    staff.sees(STUDENT)
    staff.press("Make the offer")
    staff.sees("Offered")
