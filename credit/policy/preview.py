"""What a policy means, in examples that the real rules compute."""

from credit.policy.amounts import awardable, earned_credits, needed_minutes
from credit.policy.editor_questions import CHANGES, SIGNERS
from credit.policy.parameters import Parameters
from credit.policy.wording import credits_in_words

MOST_EXAMPLES = 4
MOST_BARS = 12


def examples(policy: Parameters) -> list[str]:
    """Just enough and a minute less: "45 h → 1 credit", "44 h 59 min → 0.5 credits"."""
    minutes: set[int] = set()
    for level in _levels(policy, MOST_EXAMPLES):
        least = needed_minutes(policy, level)
        minutes |= {least - 1, least}
    return [f"{duration(one)} → {worth(policy, one)}" for one in sorted(minutes) if one > 0]


def edges(policy: Parameters) -> list[int]:
    """Minutes from which one more amount is earned, a mark without credit among them."""
    found = [needed_minutes(policy, level) for level in _levels(policy, MOST_BARS)]
    mark = policy.non_credit_minutes
    return found if mark is None else [*found, mark]


def worth(policy: Parameters, minutes: int) -> str:
    if policy.grade_basis != "non_credit":
        earned = earned_credits(policy, minutes)
        if earned:
            return credits_in_words(earned)
    least = policy.non_credit_minutes
    return "a mark without credit" if least is not None and minutes >= least else "no credit"


def bars(policy: Parameters) -> list[dict[str, object]]:
    """Credit by the hours from which it is earned, for the chart and its table."""
    levels = _levels(policy, MOST_BARS)
    return [
        {
            "label": duration(needed_minutes(policy, level)),
            "value": level // 1000 if level % 1000 == 0 else level / 1000,
            "strong": level == levels[-1],
        }
        for level in levels
    ]


def bars_title(policy: Parameters) -> str:
    levels = _levels(policy, MOST_BARS)
    if not levels:
        return ""
    return f"{credits_in_words(levels[-1])} from {duration(needed_minutes(policy, levels[-1]))}"


def signers(policy: Parameters) -> list[tuple[str, str]]:
    """Who signs which change to an agreement in force."""
    names = dict(SIGNERS)
    return [
        (words, ", ".join(names[one] for one in policy.signers_of(change)).capitalize())  # type: ignore[arg-type]
        for change, words in CHANGES.items()
    ]


def duration(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole} h"
    if rest % 15 == 0:
        return f"{whole + rest / 60:g} h"
    return f"{whole} h {rest} min" if whole else f"{rest} min"


def _levels(policy: Parameters, most: int) -> list[int]:
    """Amounts of credit that hours can earn, from the least to the most, thinned out."""
    if policy.grade_basis == "non_credit":
        return []
    step, least, top = (
        policy.step_thousandths,
        max(policy.minimum_thousandths, policy.step_thousandths),
        policy.maximum_thousandths,
    )
    if policy.hours_table:
        rows = {awardable(policy, min(one.thousandths, top)) for one in policy.hours_table}
        found = sorted(rows - {0})
    else:
        first = -(-least // step) * step
        found = list(range(first, top + 1, step))
    if len(found) <= most:
        return found
    return [found[at * (len(found) - 1) // (most - 1)] for at in range(most)]
