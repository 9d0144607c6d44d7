"""A small village and its county to count in."""

import pytest
from tests.acts.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
