"""A village to act in; the dump of everything an act could leave behind."""

from collections.abc import Callable

import pytest
from tests.acts.traces import Traces, traces
from tests.acts.world import World


@pytest.fixture
def world(db: None) -> World:
    """A county, a town, a department, two villages, and who holds which post there; its clock is set by the test."""
    return World()


@pytest.fixture
def live(db: None) -> World:
    """The same on the server's clock, where messages go out."""
    return World(simulated=False)


@pytest.fixture
def traced(db: None) -> Callable[[], Traces]:
    return traces
