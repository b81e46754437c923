"""Which line item a Moodle launch names."""

from lti.demo_lms.course import Activity
from lti.demo_lms.families.moodle.addresses import line_item_url
from lti.demo_lms.lms import Lms
from lti.demo_lms.tools import Tool


def line_item_claim(lms: Lms, activity: Activity, tool: Tool) -> str | None:
    """The address; "" where the only column is one that the tool posted; else None.

    A column that the tool moved to another activity still counts for both: see
    ``launches/after_line_item_moved_*.json`` among the recordings.
    """
    items = lms.school.line_items
    own = [item for item in items if item.own_activity == activity.id]
    posted = [i for i in items if i.link == activity.id and i.own_activity != activity.id]
    if len(own) + len(posted) != 1:
        return None
    return line_item_url(lms, own[0], tool) if own else ""
