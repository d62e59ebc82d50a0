"""Loading CSV files: everything good is kept, everything bad is named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from project.models import Project
from user.models import Profile, User

PEOPLE = "user_id,skills\n1,Python;Django\n2,React\n3,\n"
PROJECTS = (
    "title,description,url,skills,lang,source,licence\n"
    "책장,이웃과 책을 바꿔 읽습니다,https://github.com/owl/books,Django;React,ko,hackathon,MIT\n"
    'Queue,"A queue, for humans",https://github.com/owl/queue,Redis,en,awesome,CC0-1.0\n'
)


@pytest.fixture
def write(tmp_path: Path):
    """`write("users.csv", text)` makes a file and returns its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.django_db
def test_loads_people_with_their_skills(write, capsys: pytest.CaptureFixture[str]) -> None:
    before = timezone.now()
    call_command("load_data", users=write("users.csv", PEOPLE))
    person = User.objects.get(email="1@load.invalid")
    assert person.username == "load-1"
    assert not person.has_usable_password()
    assert sorted(skill.name for skill in person.profile.skills.all()) == ["Django", "Python"]
    assert person.joined_at < before
    assert person.profile.skills_changed_at >= before, "the similarity job must notice"
    assert Profile.objects.get(user__username="load-3").skills.count() == 0
    assert "people: 3 added, 0 there already, 0 rows left out" in capsys.readouterr().out


@pytest.mark.django_db
def test_people_are_loaded_once(write, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_data", users=write("users.csv", PEOPLE))
    call_command("load_data", users=write("users.csv", PEOPLE + "4,Java\n4,Java\n"))
    assert User.objects.count() == Profile.objects.count() == 4
    assert "people: 1 added, 4 there already" in capsys.readouterr().out


@pytest.mark.django_db
def test_projects_are_found_dated_and_by_loaded_people(write) -> None:
    call_command(
        "load_data", users=write("users.csv", PEOPLE), projects=write("projects.csv", PROJECTS)
    )
    project = Project.objects.get(search_text__has_words="책장 django")
    assert project.author.email.endswith("@load.invalid")
    assert project.github_url == "https://github.com/owl/books"
    assert project.created_at < timezone.now()
    assert sorted(skill.name for skill in project.skills.all()) == ["Django", "React"]
    assert Project.objects.filter(
        search_text__has_words=f"queue {Project.objects.get(title='Queue').author}"
    ).exists()


@pytest.mark.django_db
def test_count_uses_rows_again_and_the_seed_repeats_the_draw(write) -> None:
    users, projects = write("users.csv", PEOPLE), write("projects.csv", PROJECTS)
    draws = []
    for _ in range(2):
        Project.objects.all().delete()
        call_command("load_data", users=users, projects=projects, count=7, seed=3)
        draws.append(list(Project.objects.order_by("id").values_list("author__username")))
    assert len(draws[0]) == 7
    assert draws[0] == draws[1]


@pytest.mark.django_db
def test_bad_people_are_named_and_the_others_kept(
    write, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        b"1,Python\n"
        b"2,Cobolt\n"
        b"3\n"
        b"4,Java,extra\n"
        b"../5,Java\n"
        b"6,\xff\xfe\n"
        b'"7\n",Java\n'
        b"\n"
        b"8,Ja\x00va\n"
        b"9,React\n"
    )
    call_command("load_data", users=write("users.csv", b"user_id,skills\n" + rows))
    assert set(User.objects.values_list("username", flat=True)) == {"load-1", "load-7", "load-9"}
    out, err = capsys.readouterr()
    assert "people: 3 added, 0 there already, 6 rows left out" in out
    for problem in (
        "users.csv:3: unknown skill 'Cobolt'",
        "users.csv:4: 1 columns instead of 2",
        "users.csv:5: 3 columns instead of 2",
        "users.csv:6: user_id '../5'",
        "users.csv:7: not UTF-8",
        "users.csv:11: a null character",
    ):
        assert problem in err


@pytest.mark.django_db
def test_bad_projects_are_named_once_and_the_others_kept(
    write, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "title,description,url,skills\n"
        f"{'가' * 101},,,Django\n"
        ",no title,,Django\n"
        "Bad url,,javascript:alert(1),Django\n"
        "Too much,,https://example.com/" + "a" * 200 + ",Django\n"
        f'Huge,"{"a" * 140_000}",,Django\n'
        "Good,,,Django\n"
    )
    files = {"users": write("users.csv", PEOPLE), "projects": write("projects.csv", rows)}
    call_command("load_data", **files, count=2)
    assert list(Project.objects.values_list("title", flat=True)) == ["Good", "Good"]
    out, err = capsys.readouterr()
    assert "projects: 2 added, 0 there already, 5 rows left out" in out
    for line in range(2, 7):
        assert err.count(f"projects.csv:{line}: ") == 1


@pytest.mark.django_db
def test_long_description_is_kept_whole_in_the_text(write) -> None:
    rows = f"title,description,url,skills\nLong,{'word ' * 100},,\n"
    call_command("load_data", users=write("u.csv", PEOPLE), projects=write("p.csv", rows))
    project = Project.objects.get()
    assert len(project.summary) == 200
    assert project.content.count("word") == 100


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", ["", "id,skills\n1,Python\n", "user_id;skills\n1;Python\n", "user_id,skills\nx y,\n"]
)
def test_file_without_use_is_refused(write, content: str) -> None:
    with pytest.raises(CommandError):
        call_command("load_data", users=write("users.csv", content))
    assert not User.objects.exists()


@pytest.mark.django_db
def test_missing_file_and_missing_authors_are_said_clearly(write, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no-such"):
        call_command("load_data", users=tmp_path / "no-such.csv")
    with pytest.raises(CommandError, match="load --users first"):
        call_command("load_data", projects=write("projects.csv", PROJECTS))
    with pytest.raises(CommandError, match="Name a file"):
        call_command("load_data")


@pytest.mark.django_db
def test_wrong_projects_file_stops_before_people_are_loaded(write) -> None:
    files = {"users": write("users.csv", PEOPLE), "projects": write("p.csv", "name\nx\n")}
    with pytest.raises(CommandError, match=r"p\.csv:1: .* title"):
        call_command("load_data", **files)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_nickname_that_somebody_else_has_is_a_bad_row(
    write, capsys: pytest.CaptureFixture[str]
) -> None:
    User.objects.create_user("real@example.com", "Load-2", "correct-horse-battery")
    call_command("load_data", users=write("users.csv", PEOPLE))
    assert User.objects.count() == 3
    assert "load-2" in capsys.readouterr().err
