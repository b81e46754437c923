"""Our own keys: sealed at rest, published before they sign and after."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.errors import Misconfigured
from lti import keys, sealing
from lti.models import LtiSigningKey
from tests.pages import Visitor

SECRET = "s" * 40


def kids(session: Session) -> list[str]:
    return [key["kid"] for key in keys.key_set(session)["keys"]]


def test_a_key_is_made_once(session: Session) -> None:
    first = keys.signer(session, secret=SECRET)

    assert keys.signer(session, secret=SECRET) == first
    assert kids(session) == [first.kid]
    assert first.key.key_size == 2048


def test_what_it_signs_is_verified_by_the_published_key(session: Session) -> None:
    signer = keys.signer(session, secret=SECRET)
    token = jwt.encode({"x": 1}, signer.key, algorithm="RS256", headers={"kid": signer.kid})
    [public] = keys.key_set(session)["keys"]

    assert jwt.decode(token, jwt.PyJWK(public), algorithms=["RS256"]) == {"x": 1}
    assert "d" not in public
    assert (public["use"], public["alg"], public["kty"]) == ("sig", "RS256", "RSA")


def test_the_next_key_is_published_before_it_signs_and_the_old_one_after(
    session: Session, clock: time_machine.Traveller
) -> None:
    old = keys.signer(session, secret=SECRET).kid
    new = keys.rotate(session, secret=SECRET, actor=None).kid

    assert (kids(session), keys.signer(session, secret=SECRET).kid) == ([old, new], old)
    clock.shift(timedelta(hours=25))
    assert (kids(session), keys.signer(session, secret=SECRET).kid) == ([old, new], new)
    clock.shift(timedelta(hours=48))
    assert kids(session) == [new]


def test_a_stolen_key_is_gone_at_once(session: Session) -> None:
    keys.ensure(session, secret=SECRET)
    new = keys.rotate(session, secret=SECRET, actor=None, now=True)

    assert kids(session) == [new.kid]
    assert keys.signer(session, secret=SECRET).kid == new.kid


def test_the_database_alone_signs_nothing(session: Session) -> None:
    keys.ensure(session, secret=SECRET)
    row = session.scalars(select(LtiSigningKey)).one()

    assert "PRIVATE" not in row.private_key
    assert sealing.unseal(row.private_key, secret="x" * 40, purpose=keys.PURPOSE) is None
    with pytest.raises(Misconfigured, match="secret_key has changed"):
        keys.signer(session, secret="x" * 40)


def test_sealed_texts_fit_one_purpose_and_are_not_altered() -> None:
    sealed = sealing.seal("text", secret=SECRET, purpose="one")

    assert sealing.unseal(sealed, secret=SECRET, purpose="one") == "text"
    assert sealing.unseal(sealed, secret=SECRET, purpose="two") is None
    swapped = sealed[:-4] + ("A" if sealed[-4] != "A" else "B") + sealed[-3:]
    assert sealing.unseal(swapped, secret=SECRET, purpose="one") is None


def test_the_key_set_is_public_and_may_be_kept_a_while(client: Visitor) -> None:
    def get() -> Any:
        return client.raw.get("/lti/jwks.json", base_url=client.base_url)

    answer = get()

    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert len(answer.json["keys"]) == 1
    assert get().json == answer.json
