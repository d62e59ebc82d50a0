"""Rotating the secret key ends no session."""

import pytest

from user.login.sessions import start_session
from user.tests.factories import access_token_for
from user.tests.test_sessions_api import NATIVE, REFRESH

OLD, NEW, OTHER = ("old-key" * 10, "new-key" * 10, "other-key" * 10)


@pytest.fixture
def keys(settings):
    """`keys(current, *fallbacks)` makes keys valid."""

    def use(current, *fallbacks):
        settings.SECRET_KEY = current
        settings.SECRET_KEY_FALLBACKS = list(fallbacks)

    return use


def works(api, token):
    """Whether the API takes an access token."""
    response = api.get("/api/v1/users/me/", headers={"Authorization": f"Bearer {token}"})
    return response.status_code == 200


def test_tokens_of_the_key_before_work_while_it_is_a_fallback(api, owner, keys):
    keys(OLD)
    pair = start_session(owner)
    keys(NEW, OTHER, OLD)
    assert works(api, pair.access)
    refreshed = api.post(REFRESH, {"refresh": pair.refresh}, headers=NATIVE)
    assert refreshed.status_code == 200
    keys(NEW)
    assert works(api, refreshed.json()["access"])
    assert not works(api, pair.access)


def test_a_key_that_was_never_ours_opens_nothing(api, owner, keys):
    keys(OTHER)
    token = str(access_token_for(owner))
    keys(NEW, OLD)
    assert not works(api, token)
