"""RSA keys for tests: each test gets other keys than the one before only where it must.

Making one takes 50 ms, and most tests of launches and services need two.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

import lti.keys


class FewKeys:
    """The first key of every test is the same, so is the second; within a test all differ."""

    def __init__(self, make: Callable[..., RSAPrivateKey]) -> None:
        self._make = make
        self._made: list[RSAPrivateKey] = []
        self._given = 0

    def start_again(self) -> None:
        self._given = 0

    def give(self, public_exponent: int, key_size: int) -> RSAPrivateKey:
        if (public_exponent, key_size) != (65537, 2048):
            return self._make(public_exponent=public_exponent, key_size=key_size)
        if self._given == len(self._made):
            self._made.append(self._make(public_exponent=65537, key_size=2048))
        self._given += 1
        return self._made[self._given - 1]


@contextmanager
def making_few_keys() -> Iterator[FewKeys]:
    keys = FewKeys(rsa.generate_private_key)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rsa, "generate_private_key", keys.give)
        patch.setattr(lti.keys, "generate_private_key", keys.give)
        yield keys
