"""Keys of both sides: ours as others see them, and the platform's."""

from urllib.parse import urlsplit

from careerlink.errors import Misconfigured
from lti import http, key_sets, keys
from lti.self_test import remedies
from lti.self_test.found import Asked, Found, fails, works


def own_keys(asked: Asked) -> Found:
    """A key signs, and whoever asks at our public address is shown it."""
    settings = asked.settings
    address = f"{settings.server.public_url}/lti/jwks.json"
    try:
        with asked.database.write() as session:
            signer = keys.signer(session, secret=settings.server.secret)
    except Misconfigured:
        return fails("The signing key cannot be decrypted.", "own-secret")
    # Our own host may well be on a private address, seen from here.
    host = urlsplit(address).hostname or ""
    lti = settings.lti.model_copy(update={"private_hosts": [*settings.lti.private_hosts, host]})
    reaching = settings.model_copy(update={"lti": lti})
    try:
        with asked.platform(settings=reaching) as platform:
            shown = key_sets.kids(platform.get_json(address))
    except http.PlatformFault as fault:
        return fails(f"{address} {fault}.", "own-address")
    if signer.kid not in shown:
        return fails(f"{address} does not show the key {signer.kid} that signs.", "own-keys")
    return works(f"Key {signer.kid} signs, and {address} shows it.")


def platform_keys(asked: Asked) -> Found:
    try:
        with asked.platform() as platform:
            found = key_sets.kids(platform.get_json(asked.jwks_url))
    except http.PlatformFault as fault:
        return fails(f"{asked.jwks_url} {fault}.", remedies.of_fault(fault))
    if not found:
        return fails(f"{asked.jwks_url} shows no usable key.", "weak-keys")
    many = "1 key" if len(found) == 1 else f"{len(found)} keys"
    return works(f"{asked.jwks_url} shows {many} of 2048 bits or more.")
