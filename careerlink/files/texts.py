"""Plain text, and not markup that a browser would run."""

import codecs
import re
from typing import IO

from careerlink.errors import InvalidInput

CHUNK = 1024 * 1024
MARKUP = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|style|\?xml|\?php|!--)",
    re.IGNORECASE,
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def is_text(stream: IO[bytes]) -> bool:
    """UTF-8, or an older Western code page; no control characters but tabs and line ends."""
    stream.seek(0)
    decoder, is_utf8 = codecs.getincrementaldecoder("utf-8")(), True
    while chunk := stream.read(CHUNK):
        if CONTROL.search(chunk):
            return False
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
    return True


def require_harmless(head: bytes, *, field: str) -> None:
    if MARKUP.search(head):
        raise InvalidInput(
            "This is a web page or a drawing in code. Save it as PDF or an image.", field=field
        )
