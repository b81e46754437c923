"""When two partners look like one: by name, and by the domain of their website."""

import re
import unicodedata
from urllib.parse import urlsplit

LEGAL_FORMS = {
    "ag", "co", "company", "corp", "corporation", "ev", "gmbh", "inc", "incorporated", "llc",
    "llp", "ltd", "limited", "plc", "sa", "the",
}  # fmt: skip


def name_key(name: str) -> str:
    """``The Näh-Werk, LLC`` and ``nah werk`` have the same key."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[^\W_]+", plain.replace("&", " and "))
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)


def domain_of(website: str) -> str:
    """``https://www.northlight.example/shop`` is ``northlight.example``; "" for none."""
    address = website.strip().lower()
    if not address:
        return ""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def mail_domain(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def same_house(email: str, domain: str) -> bool:
    """Is the address at the partner's own domain, or below it?"""
    host = mail_domain(email)
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))
