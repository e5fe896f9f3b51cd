"""Offices for the tests: a workspace and the bot that serves it, in each mode.

`office` is shared by the tests of a module; `crash_office` is a fresh one for a test that may kill the bot.
Both fail a test that left a traceback in the bot's log or a call Slack refused by its own rules.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.office import MODES, Office, open_office, watched


@pytest.fixture(scope="session", autouse=True)
def no_proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module", params=MODES)
def shared_office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    for office in open_office(request.param, tmp_path_factory.mktemp(request.param)):
        yield office
        assert office.bot.stop() == 0, office.bot.log


@pytest.fixture
def office(shared_office: Office) -> Iterator[Office]:
    """The module's office; the test is failed for a traceback or a refused call of its own."""
    yield from watched(shared_office)


@pytest.fixture(params=["socket-sqlite", "http-postgresql"])
def crash_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office of its own, whose Slack tells unacknowledged events again within a second, many times."""
    mode, _, database = request.param.partition("-")
    more = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if database == "postgresql" else {}
    for office in open_office(mode, tmp_path, **more):
        office.slack.dispatcher.retry_delays_s = (0.2, 0.5) + (1.0,) * 30
        yield from watched(office)
