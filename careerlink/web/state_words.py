"""Which of the six status marks stands beside a state."""

# One word means the same for every record, so one table serves all of them.
KINDS = {
    "done": {
        "approved", "published", "accepted", "closed", "work_completed", "in_force",
        "confirmed", "delivered", "met", "final", "passed", "on_track", "amended", "upheld",
        "used", "accepted_on_evidence",
    },
    "active": {
        "active", "offered", "in_progress", "ready", "in_approval", "sending", "open",
        "planned",
    },
    "wait": {
        "under_review", "submitted", "awaiting_supervisor", "awaiting_instructor",
        "awaiting_signatures", "requested",
        "reported", "queued", "wait_listed", "returned", "paused", "incomplete",
        "asked", "disputed", "pending", "needs_attention", "appealed", "proposed",
        "not_heard_from", "rework_asked", "with_office", "handed_in", "partly",
    },
    "stop": {"declined", "denied", "refused", "failed", "lapsed", "expired", "ended_early"},
    "ended": {
        "withdrawn", "cancelled", "not_selected", "dropped", "superseded",
        "voided", "void", "replaced", "inactive", "not_applicable", "revoked",
        "no_longer_agreed",
    },
}  # fmt: skip
# A mail or grade that something newer replaced, or that nobody needs any more.
PLAINER = {"superseded": "no longer needed"}
_KIND_OF = {state: kind for kind, states in KINDS.items() for state in states}


def status_kind(state: str) -> str:
    """One of done, active, wait, stop, ended, or none for what has not begun."""
    return _KIND_OF.get(str(state).replace("-", "_").replace(" ", "_"), "none")
