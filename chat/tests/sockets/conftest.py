import pytest

from chat.tests.factories import make_room


@pytest.fixture
def room(owner, partner):
    """The room of these two."""
    return make_room(owner, partner)
