"""A registered platform whose key set is served without sockets."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
import responses
from flask import Flask

from careerlink.config import Settings
from careerlink.db import Database
from tests.factories.lti import Platform, mocked_network
from tests.factories.registering import Registering

# Open edX's packages are in an environment of their own: `make oracles`.
collect_ignore = [] if find_spec("lti_consumer") else ["test_oracle_open_edx.py"]


@pytest.fixture
def network() -> Iterator[responses.RequestsMock]:
    yield from mocked_network()


@pytest.fixture
def platform(app: Flask, database: Database, network: responses.RequestsMock) -> Platform:
    found = Platform().register(database)
    found.serve_keys(network)
    return found


@pytest.fixture
def moodle(
    app: Flask, database: Database, settings: Settings, network: responses.RequestsMock
) -> Registering:
    """Registers itself by an invitation."""
    found = Registering(network, database, settings)
    found.serve()
    return found
