"""What each action of the audit trail is called on screen; data, so that a test finds gaps."""

WORDS = {
    "access_link:issue": "A link was made for the supervisor",
    "access_link:open": "The supervisor opened the link",
    "access_link:revoke": "The supervisor’s link was closed",
    "application:accept": "The offer was accepted",
    "application:ask_again": "The student asked again",
    "application:decline": "The offer was declined",
    "application:draft": "A draft was begun",
    "application:expire": "The offer ran out of time",
    "application:extend_offer": "The student was given more time to answer",
    "application:not_select": "The student was not selected",
    "application:offer": "A place was offered",
    "application:read": "Career staff opened this record",
    "application:submit": "The application was sent",
    "application:void": "The offer was voided",
    "application:wait_list": "The application went on the wait list",
    "application:withdraw": "The application was withdrawn",
    "consent:give": "Consent was given",
    "consent:withdraw": "Consent was withdrawn",
    "offer:accept": "The offer was accepted",
    "offer:decline": "The offer was declined",
    "offer:expire": "The offer ran out of time",
    "offer:void": "The offer was voided",
    "outbox_message:done_by_hand": "Career staff did this by hand",
    "outbox_message:queue": "A mail was queued",
    "outbox_message:retry": "Career staff asked for another attempt",
    "placement:cancel": "The placement was cancelled",
    "placement:close": "The placement was closed",
    "placement:complete": "The work was completed",
    "placement:end_early": "The placement ended early",
    "placement:end_supervision": "A supervisor’s part ended",
    "placement:message": "A message was written",
    "placement:plan": "The placement was planned",
    "placement:read": "Career staff opened this record",
    "placement:reopen": "The work was reopened",
    "placement:start": "The work started",
    "placement:supervise": "A supervisor was named",
}


def words(action: str) -> str:
    return WORDS.get(action) or action.partition(":")[2].replace("_", " ").capitalize()
