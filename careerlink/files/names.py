"""The name under which a file is downloaded: as the person gave it, without tricks."""

import re
import unicodedata
from pathlib import PurePosixPath

from careerlink.files.kinds import FileKind

LONGEST = 120
RESERVED = re.compile(r'[<>:"|?*;%]')


def safe_name(given: str, kind: FileKind) -> str:
    """The last part of ``given``, readable everywhere, with an ending that tells the truth."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    # Turning marks would show "exe.pdf" for "fdp.exe"; control characters split headers.
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    shown = RESERVED.sub("_", " ".join(shown.split())).strip(". ")
    stem, ending = PurePosixPath(shown).stem, PurePosixPath(shown).suffix.lower()
    if ending not in kind.endings:
        ending = kind.endings[0]
    return f"{stem.strip('. ')[:LONGEST] or 'file'}{ending}"
