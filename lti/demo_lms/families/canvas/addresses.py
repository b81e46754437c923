"""Canvas's service addresses."""

from lti.demo_lms.gradebook import LineItem, Result
from lti.demo_lms.lms import Lms


def course_url(lms: Lms, course_id: int) -> str:
    return f"{lms.url}/api/lti/courses/{course_id}"


def line_items_url(lms: Lms, course_id: int) -> str:
    return f"{course_url(lms, course_id)}/line_items"


def line_item_url(lms: Lms, item: LineItem) -> str:
    return f"{line_items_url(lms, item.course_id)}/{item.id}"


def result_url(lms: Lms, item: LineItem, result: Result) -> str:
    return f"{line_item_url(lms, item)}/results/{result.id}"


def memberships_url(lms: Lms, course_id: int) -> str:
    return f"{course_url(lms, course_id)}/names_and_roles"
