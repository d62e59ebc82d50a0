"""Blocking over HTTP."""

import pytest

from moderation.models import Block
from moderation.services import block
from user.tests.factories import UserFactory

BLOCK = "/api/v1/users/partner/block/"


def test_is_for_people_who_are_signed_in(api, partner):
    for method in (api.get, api.put, api.delete):
        assert method(BLOCK).status_code == 401
    assert api.get("/api/v1/blocks/").status_code == 401


def test_on_and_off_as_often_as_one_likes(as_user, owner, partner):
    client = as_user(owner)
    assert client.get(BLOCK).json() == {"blocked": False}
    for _ in range(2):
        response = client.put(BLOCK)
        assert (response.status_code, response.json()) == (200, {"blocked": True})
    assert client.get(BLOCK).json() == {"blocked": True}
    for _ in range(2):
        response = client.delete(BLOCK)
        assert (response.status_code, response.json()) == (200, {"blocked": False})
    assert not Block.objects.exists()


def test_a_nickname_may_be_written_in_any_case(as_user, owner, partner):
    as_user(owner).put("/api/v1/users/PARTNER/block/")
    assert Block.objects.between(owner.pk, partner.pk)
    as_user(owner).delete("/api/v1/users/Partner/block/")
    assert not Block.objects.exists()


def test_nobody_blocks_themselves(as_user, owner):
    response = as_user(owner).put("/api/v1/users/owner/block/")
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "block_self"
    assert not Block.objects.exists()


@pytest.mark.parametrize("username", ["nobody", "me", "없는사람"])
def test_unknown_people_are_not_there(as_user, owner, username):
    for method in (as_user(owner).put, as_user(owner).delete):
        assert method(f"/api/v1/users/{username}/block/").status_code == 404


def test_a_suspended_person_is_not_there_to_block_but_can_be_let_go(as_user, owner, partner):
    partner.is_active = False
    partner.save()
    assert as_user(owner).put(BLOCK).status_code == 404
    block(owner, partner)
    assert as_user(owner).delete(BLOCK).status_code == 200
    assert not Block.objects.exists()


def test_the_blocked_one_is_not_told(as_user, owner, partner):
    block(owner, partner)
    client = as_user(partner)
    assert client.get("/api/v1/users/owner/block/").json() == {"blocked": False}
    assert client.get("/api/v1/blocks/").json()["results"] == []


def test_my_list_holds_mine_newest_first(as_user, owner, partner, stranger):
    block(owner, partner)
    block(owner, stranger)
    block(partner, stranger)
    results = as_user(owner).get("/api/v1/blocks/").json()["results"]
    assert [row["user"] for row in results] == [
        {"username": "stranger", "image": None},
        {"username": "partner", "image": None},
    ]


def test_the_list_is_read_page_by_page(as_user, owner):
    for person in UserFactory.create_batch(5):
        block(owner, person)
    page = as_user(owner).get("/api/v1/blocks/?page_size=3").json()
    rest = as_user(owner).get(page["next"]).json()
    names = [row["user"]["username"] for row in page["results"] + rest["results"]]
    assert len(set(names)) == 5
    assert rest["next"] is None


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_for_1_and_20(as_user, owner, number, django_assert_num_queries):
    for person in UserFactory.create_batch(number):
        block(owner, person)
    client = as_user(owner)
    with django_assert_num_queries(2):  # who asks, and the page
        assert len(client.get("/api/v1/blocks/").json()["results"]) == number
