"""Which inputs a policy asks for: what it does not ask for is neither read nor frozen."""

from credit.policy.parameters import Parameters


def earlier_credit(policy: Parameters) -> bool:
    bounds = (
        policy.lifetime_maximum_thousandths,
        policy.lifetime_cases,
        policy.major_share_max,
    )
    return any(bound is not None for bound in bounds)


def majors(policy: Parameters) -> bool:
    two = policy.lifetime_two_majors_thousandths
    return policy.major_share_max is not None or two is not None


def term(policy: Parameters) -> bool:
    weeks = (policy.latest_start_week, policy.enroll_by_week)
    return policy.within_term or any(week is not None for week in weeks)


def elsewhere(policy: Parameters) -> bool:
    return policy.double_count != "allowed"


def anything_on_record(policy: Parameters) -> bool:
    """What staff put on record by hand, since no other system tells it."""
    return (
        earlier_credit(policy)
        or majors(policy)
        or elsewhere(policy)
        or not policy.related_host_ok
    )
