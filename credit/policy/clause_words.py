"""The rarer clauses in plain sentences; nothing where a policy does not have them."""

from credit.policy.checks import credit_figure, hours
from credit.policy.parameters import Parameters

ROLES = {"instructor": "the instructor", "chair": "the chair", "registrar": "the registrar"}


def mark(policy: Parameters) -> str:
    if policy.non_credit_minutes is None:
        return ""
    return f" From {hours(policy.non_credit_minutes)} hours there is a mark without credit."


def grade(policy: Parameters) -> str:
    return {
        "letter": "",
        "pass_fail": "Graded pass or no pass.",
        "non_credit": "A mark without credit; no grade.",
    }[policy.grade_basis]


def site_share(policy: Parameters) -> str:
    if policy.site_share_max is None:
        return ""
    part, whole = policy.site_share_max
    return f"Site time counts for at most {part}/{whole} of all work; the rest is academic."


def agreement_day(policy: Parameters) -> str:
    if not policy.agreement_lead_days:
        return "the learning agreement is in force"
    days = _days(policy.agreement_lead_days)
    return f"the learning agreement has been in force for {days}"


def retroactivity(policy: Parameters) -> str:
    if policy.retro_days is None or policy.not_before_enrollment:
        return ""
    sentence = (
        f"Work counts from {_days(policy.retro_days)} before the original enrollment."
        if policy.retro_days
        else "Work before the original enrollment does not count."
    )
    if policy.enroll_by_week is None:
        return sentence
    week = policy.enroll_by_week
    return f"{sentence} Whoever enrolls by week {week} of the term may have begun earlier."


def term(policy: Parameters) -> str:
    if not policy.within_term:
        return ""
    if policy.carry_terms == 1:
        sentence = "Work counts in its own term or in the next one"
    elif policy.carry_terms:
        sentence = f"Work counts in its own term or in one of the next {policy.carry_terms}"
    else:
        sentence = "Work counts in its own term only"
    end = "; what began there may run past its end" if policy.past_term_end else ""
    return f"{sentence}{end}."


def start_week(policy: Parameters) -> str:
    if policy.latest_start_week is None:
        return ""
    return f"The work starts by the end of week {policy.latest_start_week} of the term."


def lifetime(policy: Parameters) -> str:
    most, two = policy.lifetime_maximum_thousandths, policy.lifetime_two_majors_thousandths
    if most is None:
        return ""
    more = f", {credit_figure(two)} with two majors" if two is not None else ""
    return f"At most {credit_figure(most)} credits from internships in all{more}."


def lifetime_cases(policy: Parameters) -> str:
    if policy.lifetime_cases is None:
        return ""
    what = "this course" if policy.lifetime_scope == "same_course" else "internships for credit"
    times = {1: "once", 2: "twice"}.get(policy.lifetime_cases, f"{policy.lifetime_cases} times")
    return f"A student takes {what} at most {times}."


def major(policy: Parameters) -> str:
    if policy.major_share_max is None:
        return ""
    part, whole = policy.major_share_max
    return f"Internships make up at most {part}/{whole} of the credits of a major."


def syllabus(policy: Parameters) -> str:
    return "The course has a syllabus for the internship." if policy.syllabus_required else ""


def payer(policy: Parameters) -> str:
    return (
        "" if policy.paid_by_university_ok else "Work that the university pays is not credited."
    )


def double_count(policy: Parameters) -> str:
    return {
        "allowed": "",
        "with_consent": "Work counts a second time elsewhere only with written consent.",
        "never": "Work that counts elsewhere does not count here.",
    }[policy.double_count]


def supervisor(policy: Parameters) -> str:
    return (
        ""
        if policy.instructor_may_supervise
        else "Whoever teaches the course does not supervise."
    )


def host(policy: Parameters) -> str:
    if policy.related_host_ok:
        return ""
    return "No host of the student’s family or of the faculty, unless a tie is waived by name."


def hold(policy: Parameters) -> str:
    return "A hold on the registration ends the internship." if policy.no_hold_required else ""


def approval(policy: Parameters) -> str:
    names = [ROLES[role] for role in policy.approver_chain]
    if names == ["the instructor"]:
        return "The instructor decides."
    chain = f"First {', then '.join(names)}" if len(names) > 1 else f"Only {names[0]}"
    return f"{chain} approve{'' if len(names) > 1 else 's'}."


def sending_back(policy: Parameters) -> str:
    appeal = (
        f" A decision can be appealed for {_days(policy.appeal_days)}."
        if policy.appeal_days
        else " Decisions cannot be appealed."
    )
    if not policy.most_returns:
        return f"A case is not sent back for changes.{appeal}"
    times = "once" if policy.most_returns == 1 else f"up to {policy.most_returns} times"
    days = _days(policy.resubmit_days)
    return f"A case can be sent back {times}; the student then has {days}.{appeal}"


def incomplete(policy: Parameters) -> str:
    return "" if policy.incomplete_allowed else "No Incomplete is given."


def acceptance(policy: Parameters) -> str:
    if not policy.final_acceptance_required:
        return ""
    return "An award stands once the student has accepted it."


def census(policy: Parameters) -> str:
    stays = (
        "leaves the lists of the course"
        if policy.census_rule == "close"
        else "stays in the lists of the course, closed"
    )
    return f"The case of a student who leaves by the census day {stays}; all evidence is kept."


def gradebook(policy: Parameters) -> str:
    points = credit_figure(policy.score_maximum_thousandths)
    return {
        "points": f"An approved case shows {points} points in the gradebook, a denied one 0.",
        "pass_fail": "The gradebook shows pass or no pass.",
        "credits": "The gradebook shows the credits.",
    }[policy.score_kind]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
