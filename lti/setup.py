"""What the LTI package registers."""

from careerlink.registry import Registry
from lti import (
    column_delivery,
    columns,
    deep_linking,
    deep_linking_views,
    dynamic_registration_views,
    history_words,
    invitation_views,
    linked_part,
    linked_views,
    logins,
    manual_setup_views,
    notice_views,
    notices,
    roster_registration,
    score_records,
    scores,
    tool_views,
    unsent_grades,
    views,
)
from lti.desk import registration as desk


def register(registry: Registry) -> None:
    """Blueprints for launches and key sets, handlers for scores and rosters."""
    registry.history_words |= history_words.WORDS
    registry.blueprints.append(views.bp)
    registry.blueprints.append(deep_linking_views.bp)
    registry.sweeps += [logins.sweep, deep_linking.sweep]
    registry.outbox_handlers[score_records.KIND] = scores.deliver
    registry.outbox_attempts[score_records.KIND] = score_records.MOST_ATTEMPTS
    registry.outbox_handlers[columns.KIND] = column_delivery.deliver
    roster_registration.register(registry)
    registry.blueprints += [notice_views.bp, linked_views.bp]
    registry.set_up_pages.append(linked_views.pages)
    registry.set_up_steps.append(linked_part.LINKED)
    registry.open_ends.append(unsent_grades.open_ends)
    registry.outbox_handlers[notices.KIND] = notices.deliver
    registry.sweeps.append(notices.sweep)
    desk.register(registry)
    registry.blueprints += [
        tool_views.bp,
        dynamic_registration_views.bp,
        invitation_views.bp,
        manual_setup_views.bp,
    ]
