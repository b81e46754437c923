"""Long texts in lists and on buttons of other programs."""


def cut_between_words(text: str, most: int) -> str:
    """At most so many letters, on one line; no comma or hyphen hangs before the dots."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[: most - 1]
    return f"{cut[: most - 1].rstrip(' ,;:.–-')}…"
