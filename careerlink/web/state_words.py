"""Which of the six status marks stands beside a state."""

# One word means the same for every record, so one table serves all of them.
KINDS = {
    "done": {
        "approved", "published", "accepted", "closed", "work_completed", "in_force", "confirmed",
        "delivered", "met", "succeeded", "awarded", "completed",
    },
    "active": {
        "active", "offered", "in_progress", "ready", "in_approval", "sending", "open",
    },
    "wait": {
        "under_review", "submitted", "awaiting_supervisor", "awaiting_instructor", "requested",
        "reported", "queued", "wait_listed", "returned", "paused", "incomplete", "appealed",
        "disputed",
    },
    "stop": {"declined", "denied", "refused", "failed", "lapsed", "expired", "ended_early"},
    "ended": {"withdrawn", "cancelled", "not_selected", "dropped", "superseded", "voided", "replaced"},
}  # fmt: skip
_KIND_OF = {state: kind for kind, states in KINDS.items() for state in states}


def status_kind(state: str) -> str:
    """One of done, active, wait, stop, ended, or none for what has not begun."""
    return _KIND_OF.get(str(state).replace("-", "_").replace(" ", "_"), "none")
