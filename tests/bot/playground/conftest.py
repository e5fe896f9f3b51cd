"""A house with everything in it, and its page served on a port of its own."""

from collections.abc import Iterator

import pytest

from bot.clock import SystemClock
from bot.playground.desk import Desk
from bot.playground.server import PageServer
from tests.bot.playground.house_of_tests import Browser, Living, opened


@pytest.fixture(scope="module", autouse=True)
def no_proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A house that the tests of a module share."""
    house = opened(tmp_path_factory.mktemp("house"))
    yield Living(house)
    house.close()


@pytest.fixture(scope="module")
def browser(living: Living) -> Iterator[Browser]:
    """The page of the module's house."""
    page = PageServer(living.house, Desk(living.house, SystemClock()), 0)
    page.start()
    yield Browser(int(page.address.rstrip("/").rpartition(":")[2]))
    living.house.send_home()
    page.stop()
