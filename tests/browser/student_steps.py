"""What a student does on the way, on a phone."""

from tests.browser.names import PROJECT, STUDENT, SUPERVISOR
from tests.browser.people import Member

HOURS = (("7:30", "Followed thirty tickets by hand"), ("7.5", "Median wait by step"),
         ("7,5", "Dashboard and hand-over"))  # fmt: skip


def apply(student: Member, statement: str) -> str:
    student.launch("board")
    student.is_on("board.list")
    student.view.get_by_role("searchbox").fill("repair customers")
    student.press("Search")
    student.finds_it_sound()
    student.follow(PROJECT)
    student.is_on("board.listing")
    student.sees("$24.00")
    student.finds_it_sound()
    student.follow("Start application")
    student.press("Send application")
    # Nothing typed yet: the form says what to do and links to the fields.
    assert student.view.locator(".error-summary a").count() >= 1
    student.fill(statement=statement)
    student.tick("consent")
    student.press("Send application")
    student.is_on("applications.show")
    student.finds_it_sound()
    return student.address()


def accept(student: Member) -> str:
    student.launch("credit")
    student.go(f"{student.course}/")
    student.sees("Next:")
    student.view.locator(".next-card a.button").click()
    student.view.wait_for_url("**/applications/**")
    student.follow("Accept the offer")
    student.finds_it_sound()
    student.press("Accept the offer")
    student.is_on("placements.show")
    student.finds_it_sound()
    return student.address()


def give_consent(staff: Member, student: Member, placement: str) -> None:
    staff.go("/office/placements/" + placement.split("/")[-1])
    staff.sees(SUPERVISOR)
    staff.finds_it_sound()
    student.go(f"{placement}/consent")
    student.sees(SUPERVISOR)
    student.finds_it_sound()
    student.fill(signed_name=STUDENT)
    student.tick("agree")
    student.press("Sign the consent")
    student.sees_not("Sign the consent")


def sign_agreement(student: Member, placement: str) -> None:
    student.go(f"{placement}/agreement")
    student.view.locator("input[name='chosen']").first.check()
    student.press("Add what I ticked")
    student.press("Add an objective of my own")
    student.fill(**{
        "objectives-0-activity": "Turn the owner's question into one that data can answer.",
        "objectives-0-evidence": "One page with the question and what would change.",
        "objectives-1-text": "Explain a median to people who fix bicycles.",
        "objectives-1-activity": "Show the dashboard to the shop team.",
        "objectives-1-evidence": "Notes of the session and the second version.",
        "region": "Pennsylvania",
    })  # fmt: skip
    student.finds_it_sound()
    # Not signed without the name: the form comes back as it was typed.
    student.press("Sign agreement")
    student.sees("Explain a median")
    student.fill(signed_name=STUDENT)
    student.tick("intent")
    student.press("Sign agreement")
    student.is_on("agreements.show")
    student.sees("Awaiting supervisor")
    student.finds_it_sound()


def log_hours(student: Member, placement: str) -> None:
    student.go(f"{placement}/hours")
    for hours, task in HOURS:
        student.fill(hours=hours, task=task)
        student.view.locator("select[name='objective']").select_option(index=1)
        student.press("Log hours")
        student.sees(task)
    student.sees("22.5 h logged")
    student.finds_it_sound()
    student.fill(hours="0.1", task="Too small to count")
    student.press("Log hours")
    assert student.view.locator(".error-summary a").count() >= 1


def hand_in_evidence(student: Member, placement: str) -> None:
    student.go(f"{placement}/evidence")
    student.follow("Hand in")
    student.view.locator("input[type='file']").set_input_files(
        {"name": "waits.csv", "mimeType": "text/csv", "buffer": b"step,days\norder,4\n"}
    )
    student.view.locator("input[name='objectives']").first.check()
    student.press("Hand it in")
    student.sees("waits.csv")
    student.finds_it_sound()
    student.go(f"{placement}/evidence/reflection")
    for answer in student.view.locator("textarea[name^='answer-']").all():
        answer.fill("I asked the mechanics first, and wrote down what they said. " * 3)
    student.fill(text="I thought the wait was in the repair. It was in the order. " * 12)
    student.finds_it_sound()
    student.press("Hand in the reflection")


def see_it_completed(student: Member, placement: str) -> None:
    """By the supervisor, who accepted everything that was agreed upon."""
    student.go(placement)
    student.sees("Work completed")
    student.finds_it_sound()


def evaluate_oneself(student: Member, placement: str) -> None:
    student.go(f"{placement}/evaluation")
    student.sees_not("Asked the mechanics")
    for scale in student.view.locator("fieldset.level-scale").all():
        scale.locator("input[value='2']").check()
    student.fill(strength="I counted before I guessed.", growth="Ask for feedback in week one.")
    student.finds_it_sound()
    student.press("Send self-evaluation")
    student.sees("Asked the mechanics")


def read_the_record(student: Member, placement: str) -> None:
    student.launch("credit")
    student.is_on("credit.show")
    student.sees("0.5")
    student.finds_it_sound()
    student.go(placement)
    student.follow("What happened so far")
    student.is_on("history.show")
    student.sees(STUDENT)
    student.finds_it_sound()
