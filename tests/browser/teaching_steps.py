"""What instructor and assistant do, and what the gradebook shows."""

from tests.browser.conftest import Running
from tests.browser.names import STUDENT
from tests.browser.people import Member, json_of, wait_for


def approve_agreement(instructor: Member, placement: str) -> None:
    instructor.launch("credit")
    instructor.is_on("cases.queue")
    instructor.sees(STUDENT)
    instructor.go(f"{placement}/agreement")
    instructor.press("Approve agreement")
    instructor.sees("In force")
    instructor.finds_it_sound()


def open_packet(member: Member) -> None:
    member.launch("credit")
    member.is_on("cases.queue")
    member.go(f"{member.address()}?show=all")
    member.follow(STUDENT)
    member.is_on("cases.packet")


def look_but_not_decide(assistant: Member) -> None:
    open_packet(assistant)
    assistant.sees("Asked the mechanics")
    assert assistant.view.get_by_role("button", name="Award").all_inner_texts() == []
    assistant.finds_it_sound()


def award(instructor: Member) -> None:
    open_packet(instructor)
    instructor.finds_it_sound()
    instructor.sees("22.5")
    with instructor.view.expect_navigation():
        instructor.fill(**{"academic-hours": "15"})
        instructor.view.get_by_role("button", name="Save the hours").click()
    instructor.sees("§ 2 Hours")
    instructor.press("Award 0.5 credits")
    # Another case of the class is next; what became of this one is said above it.
    instructor.is_on("cases.packet")
    instructor.sees(f"{STUDENT}: approved, 0.5 credits")
    instructor.finds_it_sound()
    open_packet(instructor)
    instructor.sees("Approved")
    instructor.finds_it_sound()


def posts_so_far(running: Running) -> int:
    """The gradebook is told that work waits, once, before anybody has decided."""

    def told() -> list[int]:
        grades = json_of(f"{running.lms}/gradebook.json")["grades"]
        return [g["applied"] for g in grades if g["person"] == "student1" and g["applied"]]

    (applied,) = wait_for(told, "the note that work waits")
    return int(applied)


def score_arrives(running: Running, instructor: Member, *, posts_before: int) -> None:
    def scores() -> list[dict[str, object]]:
        grades = json_of(f"{running.lms}/gradebook.json")["grades"]
        return [g for g in grades if g["person"] == "student1" and g["score"] is not None]

    (grade,) = wait_for(scores, "the score in the gradebook")
    assert (grade["score"], grade["maximum"]) == (100.0, 100.0)
    assert grade["applied"] == posts_before + 1
    wait_for(lambda: _shown(instructor), "the delivery on the packet")


def _shown(instructor: Member) -> bool:
    instructor.view.goto(instructor.view.url)
    return "shows 100" in instructor.view.locator("main").inner_text()
