"""Opening a database, and what people read when it cannot be."""

import os
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import BotError, Misconfigured
from bot.storage import Database, DatabaseAway, DatabaseInUse, Door, door_of, open_database
from tests.postgres import PostgresServer


def sentence_of(error: pytest.ExceptionInfo[BotError]) -> str:
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path}/a/b/bot.db").close()
    assert (tmp_path / "a/b/bot.db").exists()


def test_sqlite_keeps_what_it_committed_even_at_a_power_cut(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.begin() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous")
        ]
    database.close()
    assert pragmas == ["wal", 2]


def test_a_second_process_is_sent_to_postgresql(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    child = os.fork()
    if child == 0:
        try:
            open_database(sqlite_url)
        except DatabaseInUse as error:
            os._exit(7 if "PostgreSQL" in str(error) and str(os.getppid()) in str(error) else 1)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    database.close()


def test_a_killed_process_leaves_the_file_free(sqlite_url: str) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        open_database(sqlite_url)
        os.write(writer, b"open")
        signal.pause()
    os.read(reader, 4)
    with pytest.raises(DatabaseInUse):
        open_database(sqlite_url)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    open_database(sqlite_url).close()


def lock_of(sqlite_url: str) -> Path:
    lock = Path(f"{sqlite_url.removeprefix('sqlite:///')}.lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    return lock


def test_who_has_the_file_says_where_they_listen_to_those_who_may_know(sqlite_url: str) -> None:
    lock = lock_of(sqlite_url)
    lock.write_text("4711\n")  # of another release, readable to all
    lock.chmod(0o644)
    database = open_database(sqlite_url)
    assert door_of(sqlite_url) is None
    door = Door("http://127.0.0.1:3000", "s3cret")
    database.show(door)
    assert (door_of(sqlite_url), lock.stat().st_mode & 0o777) == (door, 0o600)
    assert "s3cret" not in repr(door)
    database.show(None)
    assert door_of(sqlite_url) is None
    database.show(door)
    database.close()
    assert lock.read_text() == ""


@pytest.mark.parametrize("said", ["", "4711\n", "{", "[]", '{"pid": 1}', "\x00"])
def test_a_file_that_says_nothing_of_use_names_no_door(sqlite_url: str, said: str) -> None:
    lock_of(sqlite_url).write_text(said)
    assert door_of(sqlite_url) is None


def test_two_databases_in_one_process_do_not_share_a_file(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(DatabaseInUse):
        open_database(sqlite_url)
    database.close()
    open_database(sqlite_url).close()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://bot:s3cret@word@db.example/x", id="at sign in the password"),
        pytest.param("mysql://bot:s3cret@db.example/x", id="another kind of database"),
        pytest.param("s3cret", id="no URL"),
        pytest.param("postgresql://bot:s3cret@db.example:port/x", id="no port"),
        pytest.param("sqlite:///x.db?password=s3cret", id="options on SQLite"),
    ],
)
def test_a_wrong_url_is_a_setting_to_mend_and_its_password_stays_secret(url: str) -> None:
    with pytest.raises(Misconfigured) as error:
        open_database(url)
    assert "DATABASE_URL" in sentence_of(error)
    assert "cret" not in str(error.value)
    assert "@db" not in str(error.value)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured) as error:
        open_database(f"sqlite:///{tmp_path}/file/bot.db")
    assert f"{tmp_path}/file/bot.db" in sentence_of(error)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("Dear Sir, please send us your catalogue. " * 100)
    with pytest.raises(Misconfigured) as error:
        open_database(f"sqlite:///{tmp_path}/bot.db")
    assert "file is not a database" in sentence_of(error)


def test_a_postgresql_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(BotError) as error:
        open_database("postgresql://bot:s3cret@127.0.0.1:1/inquiries")
    assert "127.0.0.1:1" in sentence_of(error)
    assert "s3cret" not in str(error.value)
    assert not isinstance(error.value, Misconfigured)


def test_a_postgresql_database_that_is_not_there_is_a_setting_to_mend(postgres: PostgresServer) -> None:
    with pytest.raises(Misconfigured) as error:
        open_database(postgres.url_of("nowhere"))
    assert 'database "nowhere" does not exist' in sentence_of(error)


def write_too_much(database: Database) -> None:
    large = {"user": "secret" * 100_000}
    with database.begin() as connection:
        connection.execute(text("INSERT INTO seen_events VALUES ('Ev1', 1)"))
        connection.execute(text("INSERT INTO people VALUES ('T', :user, NULL, NULL, 1)"), large)


def test_a_full_disk_is_one_sentence_and_nothing_is_kept(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DatabaseAway) as error:
        write_too_much(database)
    assert "full" in sentence_of(error)
    assert "secret" not in str(error.value)
    with database.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM seen_events")).scalar_one() == 0
    database.close()


def announce_in_vain(database: Database) -> None:
    with database.begin() as connection:
        database.announce(connection)
        raise ZeroDivisionError


def test_news_ring_after_the_commit_and_not_for_what_is_rolled_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        announce_in_vain(database)
    with database.begin():
        pass
    assert not database.news.is_set()
    with database.begin() as connection:
        database.announce(connection)
        assert not database.news.is_set()
    assert database.news.is_set()


def test_many_threads_share_the_one_sqlite_connection(sqlite_url: str) -> None:
    database = open_database(sqlite_url)

    def insert(number: int) -> None:
        for count in range(10):
            with database.begin() as connection:
                connection.execute(text(f"INSERT INTO seen_events VALUES ('{number}:{count}', 1)"))

    threads = [threading.Thread(target=insert, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM seen_events")).scalar_one() == 80
    database.close()
