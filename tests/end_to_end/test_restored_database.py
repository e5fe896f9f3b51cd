"""The SQLite file is put back from a backup: what is old is asked about, nothing is said twice."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.end_to_end.office import Office, open_office, watched
from tests.end_to_end.reminding import arrived, in_work, make_due, only_reminder, promised

CHANNELS = ("#inquiries",)


@pytest.fixture
def file_office(tmp_path: Path) -> Iterator[Office]:
    for office in open_office("socket", tmp_path):
        yield from watched(office)


def database_file(office: Office) -> Path:
    return Path(str(make_url(office.bot.env["DATABASE_URL"]).database))


def back_up(office: Office) -> Path:
    file = database_file(office)
    copy = file.with_name("backup.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def make_overdue(copy: Path) -> None:
    """Let every reminder in the backup be due since an hour, as if it had lain there for days."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        since = int(time.time() - 3600) * 1000
        connection.execute(
            "UPDATE outbox SET due_at = ?, next_at = ? WHERE kind = 'reminder'", (since, since)
        )


def put_back(office: Office, copy: Path) -> None:
    assert office.bot.stop() == 0
    file = database_file(office)
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copy(copy, file)
    office.run()


def test_after_a_restore_old_reminders_wait_for_their_owners_word(file_office: Office) -> None:
    office = file_office
    said, unsaid = promised(office, CHANNELS * 2)
    copy = back_up(office)
    make_due(office, said)
    only_reminder(office, said)
    assert office.bot.stop() == 0
    office.run()  # the file beside the database is now ahead of the backup
    make_overdue(copy)
    put_back(office, copy)
    question = wait_question(office)
    assert len(arrived(office, said)) == 1
    assert not arrived(office, unsaid)
    assert office.mei.clicks(question, "follow_up_release").trouble is None
    only_reminder(office, unsaid)
    office.slack.wait_for(lambda: not in_work(office, said, unsaid))
    assert len(arrived(office, said)) == 1  # found in its thread
    assert office.ask("SELECT count(*) FROM outbox WHERE kind = 'held'") == 1


def wait_question(office: Office) -> Any:
    direct = office.slack.workspace.direct(office.mei.id, office.slack.here.bot_user)
    return office.slack.wait_for(
        lambda: [one for one in office.slack.messages(direct.id) if "follow_up_release" in str(one)], 30
    )[0]
