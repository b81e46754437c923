"""Values of the address line, made safe to compare and to show again."""

from flask import request

LONGEST = 200


def asked(name: str) -> str:
    """What ``?name=`` says, trimmed; PostgreSQL takes no NUL in a text."""
    return request.args.get(name, "").replace("\0", " ").strip()[:LONGEST]
