"""What would make an objective clearer. Advice beside the field; it never stops anybody."""

import re

VAGUE = {
    "understand": "explain, compare or choose",
    "know": "name, explain or use",
    "learn": "build, write or calculate",
    "appreciate": "describe or justify",
    "be familiar with": "use or compare",
    "become familiar with": "use or compare",
    "be aware of": "name or check",
    "explore": "compare or test",
    "gain experience": "carry out or produce",
    "get experience": "carry out or produce",
    "gain insight": "describe or analyze",
    "get better": "carry out without help",
    "improve": "measure or revise",
    "see how": "describe or sketch",
}
SHORTEST = 4
THINGS = (
    "file|report|page|talk|note|slide|sheet|deck|dashboard|code|repository|table|chart|plan|memo",
    "document|list|map|model|video|recording|presentation|log|test|survey|summary|draft|design",
    "prototype|script|article|poster|analysis|protocol|minutes|hand-?over|brief|data|interview",
    "spreadsheet|feedback|review|text|copy|guide|mail|form|figure|sketch|screenshot",
)
THING = re.compile(r"\b(" + "|".join(THINGS) + ")", re.IGNORECASE)
PASSIVE = re.compile(r"^\W*(watch|observ|attend|shadow|sit in|listen)", re.IGNORECASE)


def hints(*, text: str, activity: str, evidence: str) -> list[str]:
    """In plain words, at most one a field; only of fields that are filled in."""
    found = [_of_text(text), _of_activity(activity), _of_evidence(evidence, activity)]
    return [hint for hint in found if hint]


def _of_text(text: str) -> str:
    if not text.strip():
        return ""
    for word, better in VAGUE.items():
        if re.search(rf"\b{word}\w*", text, re.IGNORECASE):
            return (
                f"“{word.capitalize()}” is hard to judge. Say what you will be able to do: "
                f"{better} …"
            )
    if len(text.split()) < SHORTEST:
        return "Say a little more: what will you be able to do, and with what?"
    return ""


def _of_activity(activity: str) -> str:
    if activity.strip() and PASSIVE.match(activity):
        return "Add something you do yourself; watching alone seldom teaches it."
    return ""


def _of_evidence(evidence: str, activity: str) -> str:
    if not evidence.strip():
        return ""
    if evidence.strip().casefold() == activity.strip().casefold():
        return "This repeats the activity. Name what is there afterwards and can be looked at."
    if not THING.search(evidence):
        return "Name the thing one can look at: a file, a page, a talk."
    return ""
