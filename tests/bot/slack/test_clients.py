from collections.abc import Iterator

import pytest

from bot.clock import SystemClock
from bot.errors import Misconfigured
from bot.local_slack import LocalSlack
from bot.local_slack.faults import Fault, dropped, rate_limited, refusal, server_error
from bot.people import Profile
from bot.slack.clients import SlackAway, SocketAddresses, demand, profile_of, web_client
from bot.slack.workspaces import Workspaces, permalink


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked", "missing_scope"])
def test_a_refusal_names_the_variable_to_mend(slack: LocalSlack, code: str) -> None:
    slack.faults.on("auth.test", refusal(code))
    client = web_client(slack.api_url, slack.bot_token)
    with pytest.raises(Misconfigured, match=rf"SLACK_BOT_TOKEN \({code}\)"):
        demand("SLACK_BOT_TOKEN", client.auth_test)


@pytest.mark.parametrize(
    "fault",
    [server_error(), rate_limited(), refusal("internal_error"), dropped(takes=False)],
    ids=lambda fault: str(fault.name),
)
def test_what_may_pass_is_no_reason_to_stop(slack: LocalSlack, fault: Fault) -> None:
    slack.faults.on("auth.test", fault)
    with pytest.raises(SlackAway):
        demand("SLACK_BOT_TOKEN", web_client(slack.api_url, slack.bot_token).auth_test)


def test_a_wrong_address_is_no_refused_token(slack: LocalSlack) -> None:
    client = web_client(f"{slack.address}elsewhere/", slack.bot_token)
    with pytest.raises(SlackAway):
        demand("SLACK_BOT_TOKEN", client.auth_test)


def test_nobody_at_the_address_is_slack_being_away() -> None:
    client = web_client("http://127.0.0.1:9/api/", "xoxb-1")
    with pytest.raises(SlackAway, match="cannot be reached"):
        demand("SLACK_BOT_TOKEN", client.auth_test)


def test_a_profile_holds_locale_and_zone(slack: LocalSlack) -> None:
    client = web_client(slack.api_url, slack.bot_token)
    assert profile_of(client, slack.person("mei").id) == Profile("zh-CN", "Asia/Shanghai")


@pytest.mark.parametrize("fault", [server_error(), refusal("user_not_found"), dropped(takes=False)])
def test_a_person_slack_cannot_describe_is_unknown(slack: LocalSlack, fault: Fault) -> None:
    slack.faults.on("users.info", fault)
    assert profile_of(web_client(slack.api_url, slack.bot_token), slack.person("mei").id) is None


def test_the_proven_address_is_the_first_one_used(slack: LocalSlack) -> None:
    addresses = SocketAddresses(slack.api_url, slack.app_token)
    addresses.prove()
    addresses.next()
    assert len(slack.calls("apps.connections.open")) == 1
    addresses.next()
    assert len(slack.calls("apps.connections.open")) == 2


def test_the_bot_asks_once_who_it_is(slack: LocalSlack) -> None:
    workspaces = Workspaces(slack.api_url, lambda team: slack.bot_token)
    first, second = workspaces.identity_of(None), workspaces.identity_of("T")
    assert first is not None
    assert first == second
    assert (first.team, first.bot_user) == (slack.here.team, slack.here.bot_user)
    assert len(slack.calls("auth.test")) == 1
    assert slack.bot_token not in repr(first)


def test_where_it_is_not_installed_it_is_nobody(slack: LocalSlack) -> None:
    workspaces = Workspaces(slack.api_url, lambda team: None)
    assert workspaces.identity_of("T") is None
    assert workspaces.authorize("T") is None


@pytest.mark.parametrize(
    ("thread", "link"),
    [
        (None, "https://x.slack.com/archives/C1/p1700000002000200"),
        ("1700000002.000200", "https://x.slack.com/archives/C1/p1700000002000200"),
        (
            "1700000001.000100",
            "https://x.slack.com/archives/C1/p1700000002000200?thread_ts=1700000001.000100&cid=C1",
        ),
    ],
)
def test_a_permalink_is_the_one_slack_copies(thread: str | None, link: str) -> None:
    assert permalink("https://x.slack.com/", "C1", "1700000002.000200", thread) == link
