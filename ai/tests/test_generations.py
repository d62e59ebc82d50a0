"""Generations of files: what a reader finds, and what is said when it is damaged."""

import json
import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from ai.files import generations
from ai.files.generations import (
    HEADER,
    TASTE_HEADER,
    DamagedError,
    Manifest,
    NoGenerationError,
    check_parts,
    clean_up,
    count_shards,
    current_generation,
    find_lines,
    new_generation,
    note_checked,
    publish,
    read_manifest,
    read_neighbours,
    read_part,
    read_taste_part,
    read_tastes,
)
from ai.files.storage import LocalStore, open_store

WRITTEN = "2026-01-02T03:04:05+00:00"
STACKS = [HEADER + b"2,3,0.5000\n2,5,0.2500\n4,2,0.7500\n", HEADER + b"1,3,0.9000\n"]
TASTES = [TASTE_HEADER + b"2,5,1.5,0.2500\n", TASTE_HEADER]


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path))


def written(store: LocalStore, name="g1", stacks=STACKS, tastes=TASTES) -> Manifest:
    """A whole generation, which is not active yet."""
    names = generations.part_name, generations.taste_name
    for name_of, contents in zip(names, (stacks, tastes), strict=True):
        for shard, content in enumerate(contents):
            store.write(name_of(name, shard), content)
    sums = [[(len(part), zlib.crc32(part)) for part in parts] for parts in (stacks, tastes)]
    return Manifest(
        *(name, WRITTEN, 4, 100, 0.1, len(stacks), 1.5, 4, sums[0]),
        taste_k=50,
        taste_users=1,
        taste_parts=sums[1],
    )


@pytest.fixture
def manifest(store):
    manifest = written(store)
    publish(store, manifest)
    return manifest


@pytest.fixture(autouse=True)
def read_afresh():
    generations.cached_manifest.cache_clear()


def test_a_manifest_is_read_back_as_it_was_written(store, manifest):
    assert current_generation(store) == "g1"
    found = read_manifest(store, "g1")
    parts = [tuple(part) for part in found.parts]
    tastes = [tuple(part) for part in found.taste_parts]
    assert replace(found, parts=parts, taste_parts=tastes) == manifest
    assert found.created == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert b" " not in store.read("g1/manifest.json")


def test_names_are_new_in_the_same_second_too_and_say_the_time():
    before = timezone.now().replace(microsecond=0)
    one, other = new_generation(), new_generation()
    assert one != other
    shape = re.fullmatch(r"g(\d{8}-\d{6})-[0-9a-f]{8}", one)
    assert shape
    said = datetime.strptime(shape[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    assert before <= said <= timezone.now()


@pytest.mark.parametrize(
    ("sizes", "shards"),
    [
        ((0, 100), 1),
        ((1, 42_857), 1),  # 899,997 bytes
        ((1, 42_858), 2),
        ((2, 42_857), 2),
        ((5, 42_857), 8),
        ((0, 100, 1, 26_470), 1),  # 899,980 bytes
        ((0, 100, 1, 26_471), 2),
        ((0, 100, 5, 26_471), 8),
        ((5, 42_857, 1, 26_471), 8),
    ],
)
def test_parts_are_a_power_of_two_of_less_than_a_megabyte_each(sizes, shards):
    assert count_shards(*sizes) == shards


def test_parts_are_numbered():
    assert generations.part_name("g1", 7) == "g1/part-00007.csv"
    assert generations.taste_name("g1", 7) == "g1/taste-00007.csv"


class TestCurrent:
    def test_before_the_first_job_there_is_none(self, store):
        with pytest.raises(NoGenerationError):
            current_generation(store)

    def test_a_line_end_does_no_harm(self, store):
        store.replace("CURRENT", b"g1\n")
        assert current_generation(store) == "g1"

    @pytest.mark.parametrize("content", [b"", b"x1", b"../g1", b"g1/../../x", "g부엉이".encode()])
    def test_what_is_no_name_is_damage(self, store, content):
        store.replace("CURRENT", content)
        with pytest.raises(DamagedError):
            current_generation(store)

    def test_what_cannot_be_read_is_damage(self, store, tmp_path):
        (tmp_path / "CURRENT").mkdir()
        with pytest.raises(DamagedError):
            current_generation(store)


class TestManifest:
    @pytest.mark.parametrize(
        "change",
        [
            {"generation": "g2"},
            {"shards": 3},
            {"shards": 0, "parts": [], "taste_parts": []},
            {"shards": 1},
            {"taste_parts": [(1, 1)]},
            {"taste_parts": [(1, 1)] * 3},
            {"created_at": "yesterday"},
            {"created_at": None},
            {"parts": None},
            {"unknown": 1},
        ],
        ids=str,
    )
    def test_one_that_contradicts_itself_is_damage(self, store, manifest, change):
        values = json.loads(manifest.to_json()) | change
        store.write("g1/manifest.json", json.dumps(values).encode())
        with pytest.raises(DamagedError):
            read_manifest(store, "g1")

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff"])
    def test_one_that_is_none_is_damage(self, store, manifest, content):
        store.write("g1/manifest.json", content)
        with pytest.raises(DamagedError):
            read_manifest(store, "g1")

    def test_one_that_is_gone_is_damage(self, store):
        with pytest.raises(DamagedError):
            read_manifest(store, "g1")

    def test_a_single_part_is_enough(self, store):
        publish(store, written(store, stacks=STACKS[:1], tastes=[]))
        assert read_manifest(store, "g1").shards == 1


class TestParts:
    def test_whole_ones_pass_whatever_the_minute(self, store, manifest):
        for minute in range(60):
            check_parts(store, manifest, minute)

    @pytest.mark.parametrize("name", ["part-00000", "part-00001", "taste-00000", "taste-00001"])
    @pytest.mark.parametrize("change", ["shorter", "gone"])
    def test_a_size_is_noticed_at_once(self, store, manifest, tmp_path, name, change):
        path = tmp_path / f"g1/{name}.csv"
        if change == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(DamagedError, match=name):
            check_parts(store, manifest, 30)

    @pytest.mark.parametrize(("name", "shard"), [("part-00001", 1), ("taste-00000", 0)])
    def test_content_of_the_same_size_is_noticed_in_its_minute(
        self, store, manifest, tmp_path, name, shard
    ):
        path = tmp_path / f"g1/{name}.csv"
        path.write_bytes(path.read_bytes()[:-2] + b"9\n")
        check_parts(store, manifest, 59)
        with pytest.raises(DamagedError, match=name):
            check_parts(store, manifest, shard)
        with pytest.raises(DamagedError, match=name):
            (read_part if "part" in name else read_taste_part)(store, manifest, shard)

    @pytest.mark.parametrize(("shards", "apart"), [(60, 60), (64, 60), (1024, 128)])
    def test_each_is_looked_into_once_an_hour_and_eight_a_minute_at_most(
        self, store, shards, apart, monkeypatch
    ):
        manifest = written(store, stacks=[HEADER] * shards, tastes=[])
        for minute in (0, 59):
            read: list[int] = []
            monkeypatch.setattr(
                generations, "read_part", lambda _s, _m, shard, to=read: to.append(shard)
            )
            check_parts(store, manifest, minute)
            assert read == list(range(minute, shards, apart))

    def test_one_of_another_content_or_gone_is_damage(self, store, manifest, tmp_path):
        for content in (STACKS[0][:-1], STACKS[0][:-2] + b"9\n"):
            (tmp_path / "g1/part-00000.csv").write_bytes(content)
            with pytest.raises(DamagedError, match="part-00000"):
                read_part(store, manifest, 0)
        (tmp_path / "g1/part-00000.csv").unlink()
        with pytest.raises(DamagedError, match="part-00000"):
            read_part(store, manifest, 0)


class TestNeighbours:
    def test_are_read_from_the_part_of_their_user(self, manifest, tmp_path):
        found, lists = read_neighbours(str(tmp_path), 2)
        assert (found.generation, lists) == ("g1", [(3, 0.5), (5, 0.25)])
        assert read_neighbours(str(tmp_path), 4)[1] == [(2, 0.75)]
        assert read_neighbours(str(tmp_path), 1)[1] == [(3, 0.9)]
        assert read_neighbours(str(tmp_path), 6)[1] == []
        assert read_tastes(str(tmp_path), 2) == [(5, 1.5, 0.25)]
        assert read_tastes(str(tmp_path), 1) == []

    def test_by_taste_there_are_none_in_a_generation_of_the_version_before(self, store, tmp_path):
        publish(store, written(store, tastes=[]))
        assert read_tastes(str(tmp_path), 2) == []
        check_parts(store, read_manifest(store, "g1"), 0)

    @pytest.mark.parametrize("read", [read_neighbours, read_tastes])
    def test_a_switch_in_between_leads_to_the_newer_ones(
        self, store, manifest, tmp_path, read, monkeypatch
    ):
        names = iter(["g0", "g1"])
        monkeypatch.setattr(generations, "current_generation", lambda _: next(names))
        assert read(str(tmp_path), 2)

    def test_damage_without_a_switch_is_raised(self, manifest, tmp_path):
        (tmp_path / "g1/part-00000.csv").unlink()
        with pytest.raises(DamagedError):
            read_neighbours(str(tmp_path), 2)

    def test_the_manifest_is_read_once(self, manifest, tmp_path):
        read_neighbours(str(tmp_path), 2)
        (tmp_path / "g1/manifest.json").unlink()
        assert read_neighbours(str(tmp_path), 2)[1]


class TestLines:
    DATA = HEADER + b"2,3,0.5\n2,4,0.4\n12,2,0.3\n22,12,0.2\n"

    @pytest.mark.parametrize(
        ("user", "lines"),
        [(2, b"2,3,0.5\n2,4,0.4\n"), (12, b"12,2,0.3\n"), (22, b"22,12,0.2\n"), (3, b""), (1, b"")],
    )
    def test_are_those_of_the_user_and_no_one_else(self, user, lines):
        start, end = find_lines(self.DATA, user)
        assert self.DATA[start:end] == lines
        if not lines:
            assert start == end == len(self.DATA)


def test_that_the_files_are_up_to_date_is_remembered_with_the_time(store, tmp_path):
    note_checked(store)
    said = datetime.fromisoformat((tmp_path / "CHECKED").read_text())
    assert timedelta() <= timezone.now() - said < timedelta(minutes=1)


def test_all_other_generations_are_removed(store):
    for name in ("g1", "g2", "g3", "g4"):
        written(store, name)
    assert clean_up(store, {"g2", "g4"}) == 2
    assert sorted(store.generations()) == ["g2", "g4"]
    assert clean_up(store, {"g2", "g4"}) == 0
