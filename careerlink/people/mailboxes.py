"""Whether two addresses are one person's."""


def mailbox(address: str) -> str:
    """Where mail to ``address`` arrives: what follows a plus is a tag of it (RFC 5233)."""
    local, _, host = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"
