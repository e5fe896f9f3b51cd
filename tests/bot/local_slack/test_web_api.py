"""The Web API as slack_sdk's own client meets it."""

import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import SystemClock
from bot.local_slack import LocalSlack, faults

ADVICE = {"event_type": "inquiry_advice", "event_payload": {"inquiry_id": "1", "type": "unclear"}}


def refused(call: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


def inquiries(slack: LocalSlack) -> str:
    return slack.workspace.channel("#inquiries").id


def test_auth_test_names_the_bot_and_its_scopes(slack: LocalSlack, client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == slack.here.bot_user
    assert answer["bot_id"] == slack.here.bot
    assert set(answer.headers["x-oauth-scopes"].split(",")) == slack.here.scopes


@pytest.mark.parametrize(
    ("token", "error"),
    [("xoxb-wrong", "invalid_auth"), ("", "not_authed")],
    ids=["unknown", "none"],
)
def test_a_token_nobody_issued_is_refused(slack: LocalSlack, token: str, error: str) -> None:
    client = WebClient(token, base_url=slack.api_url)
    assert refused(client.auth_test)["error"] == error


def test_each_token_opens_only_its_own_methods(slack: LocalSlack, client: WebClient) -> None:
    assert refused(client.apps_connections_open, app_token=slack.bot_token)["error"] == (
        "not_allowed_token_type"
    )
    assert refused(client.auth_test, token=slack.app_token)["error"] == "not_allowed_token_type"


def test_an_unknown_method_is_named(client: WebClient) -> None:
    answer = refused(client.api_call, "chat.shout")
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.shout")


def test_a_scope_the_manifest_does_not_grant_is_missed() -> None:
    manifest: dict[str, Any] = {
        "features": {},
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": []}},
    }
    with LocalSlack(SystemClock(), manifest=manifest) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        answer = refused(client.users_info, user=slack.person("mei").id)
        assert (answer["error"], answer["needed"], answer["provided"]) == (
            "missing_scope",
            "users:read",
            "chat:write",
        )


def test_a_posted_reply_stands_in_its_thread_and_shows_its_metadata_only_when_asked(
    slack: LocalSlack, client: WebClient
) -> None:
    message = slack.person("mei").types("#inquiries", "We need 500 pcs")
    channel = message["channel"]
    answer = client.chat_postMessage(
        channel=channel, thread_ts=message["ts"], text="Advice", metadata=ADVICE, team_id="T1"
    )
    assert answer["message"]["bot_id"] == slack.here.bot
    assert answer["message"]["parent_user_id"] == slack.person("mei").id
    assert [reply["ts"] for reply in slack.thread(message)] == [answer["ts"]]
    plain = client.conversations_replies(channel=channel, ts=message["ts"])["messages"]
    full = client.conversations_replies(channel=channel, ts=message["ts"], include_all_metadata=True)
    assert [m["ts"] for m in plain] == [message["ts"], answer["ts"]]
    assert "metadata" not in plain[1]
    assert full["messages"][1]["metadata"] == ADVICE
    assert plain[0]["reply_count"] == 1


def test_long_threads_come_in_pages(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    message = mei.types("#inquiries", "Hello")
    said = [mei.replies(message, f"answer {n}")["ts"] for n in range(5)]
    pages = client.conversations_replies(channel=message["channel"], ts=message["ts"], limit=2)
    seen = [m["ts"] for page in pages for m in page["messages"]]
    assert seen == [message["ts"], *said]


def test_history_is_newest_first_and_leaves_replies_out(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    first, second = mei.types("#inquiries", "one"), mei.types("#inquiries", "two")
    mei.replies(first, "in the thread")
    history = client.conversations_history(channel=inquiries(slack))["messages"]
    assert [m["ts"] for m in history] == [second["ts"], first["ts"]]
    later = client.conversations_history(channel=inquiries(slack), oldest=first["ts"])["messages"]
    assert [m["ts"] for m in later] == [second["ts"]]


def test_the_bot_may_neither_speak_nor_read_where_it_is_no_member(
    slack: LocalSlack, client: WebClient
) -> None:
    random = slack.workspace.channel("#random").id
    assert refused(client.chat_postMessage, channel=random, text="hello")["error"] == "not_in_channel"
    assert refused(client.conversations_history, channel=random)["error"] == "not_in_channel"
    assert client.conversations_info(channel=random)["channel"]["is_member"] is False


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C999"}, "channel_not_found"),
        ({"text": ""}, "no_text"),
        ({"thread_ts": "1.000001"}, "thread_not_found"),
        ({"blocks": "no json"}, "invalid_blocks_format"),
        ({"metadata": {"event_type": "no spaces", "event_payload": {}}}, "invalid_metadata_schema"),
        (
            {"metadata": {"event_type": "x", "event_payload": {"deep": {"er": {"est": [1]}}}}},
            "invalid_metadata_schema",
        ),
        ({"metadata": {"event_type": "x", "event_payload": {"k": "v" * 8000}}}, "metadata_too_large"),
    ],
    ids=["channel", "text", "thread", "blocks", "metadata-name", "metadata-depth", "metadata-size"],
)
def test_a_post_that_slack_would_refuse_is_refused(
    slack: LocalSlack, client: WebClient, args: dict[str, Any], error: str
) -> None:
    given = {"channel": inquiries(slack), "text": "hello", **args}
    assert refused(client.api_call, "chat.postMessage", json=given)["error"] == error
    assert slack.messages("#inquiries") == ()


def test_a_reply_to_a_reply_is_refused(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    reply = mei.replies(mei.types("#inquiries", "one"), "two")
    answer = refused(client.chat_postMessage, channel=reply["channel"], text="x", thread_ts=reply["ts"])
    assert answer["error"] == "cannot_reply_to_message"


def test_an_update_changes_only_own_messages_and_not_beyond_its_length(
    slack: LocalSlack, client: WebClient
) -> None:
    theirs = slack.person("mei").types("#inquiries", "mine")
    own = client.chat_postMessage(channel=inquiries(slack), text="one")
    client.chat_update(channel=own["channel"], ts=own["ts"], text="two")
    assert slack.message({"channel": own["channel"], "ts": own["ts"]})["text"] == "two"
    assert refused(client.chat_update, channel=own["channel"], ts=theirs["ts"], text="x")["error"] == (
        "cant_update_message"
    )
    assert refused(client.chat_update, channel=own["channel"], ts=own["ts"], text="x" * 4001)["error"] == (
        "msg_too_long"
    )
    client.chat_delete(channel=own["channel"], ts=own["ts"])
    assert len(slack.messages("#inquiries")) == 1


def test_people_have_a_locale_only_when_it_is_asked_for(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei").id
    user = client.users_info(user=mei, include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("zh-CN", "Asia/Shanghai", 28800)
    assert "locale" not in client.users_info(user=mei)["user"]
    assert refused(client.users_info, user="U404")["error"] == "user_not_found"


def test_ephemeral_messages_reach_one_person(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    client.chat_postEphemeral(channel=inquiries(slack), user=mei.id, text="only you")
    assert [m["text"] for m in mei.ephemerals] == ["only you"]
    assert slack.person("emma").ephemerals == ()
    assert slack.messages("#inquiries") == ()


def test_a_permalink_names_the_thread(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    message = mei.types("#inquiries", "one")
    reply = mei.replies(message, "two")
    link = client.chat_getPermalink(channel=reply["channel"], message_ts=reply["ts"])["permalink"]
    assert f"/p{reply['ts'].replace('.', '')}?thread_ts={message['ts']}" in link


def test_a_reaction_stands_once(slack: LocalSlack, client: WebClient) -> None:
    message = slack.person("mei").types("#inquiries", "one")
    where = {"channel": message["channel"], "timestamp": message["ts"], "name": "eyes"}
    client.reactions_add(**where)
    assert refused(client.reactions_add, **where)["error"] == "already_reacted"
    client.reactions_remove(**where)
    assert slack.message(message)["reactions"] == []


def test_the_channels_of_the_bot_can_be_listed(client: WebClient) -> None:
    own = client.users_conversations(types="public_channel,private_channel")["channels"]
    everything = client.conversations_list()["channels"]
    assert [c["name"] for c in own] == ["inquiries", "general"]
    assert [c["name"] for c in everything] == ["inquiries", "general", "random"]


def test_message_times_never_stand_still_or_go_back(slack: LocalSlack, clock: Any) -> None:
    mei = slack.person("mei")
    first = mei.types("#inquiries", "one")["ts"]
    clock.moved = timedelta(days=-1)
    second = mei.types("#inquiries", "two")["ts"]
    clock.moved = timedelta(days=1)
    assert first < second < mei.types("#inquiries", "three")["ts"]


# faults


def test_too_many_calls_get_their_waiting_time(slack: LocalSlack, client: WebClient) -> None:
    slack.faults.on("chat.postMessage", faults.rate_limited(7))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=inquiries(slack), text="one")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    client.chat_postMessage(channel=inquiries(slack), text="two")
    assert [m["text"] for m in slack.messages("#inquiries")] == ["two"]
    assert slack.rejected_calls == ()


@pytest.mark.parametrize(
    ("fault", "posts"),
    [
        (faults.server_error(), 0),
        (faults.server_error(500, takes=True), 1),
        (faults.error_after("fatal_error"), 1),
        (faults.refusal("is_archived"), 0),
    ],
    ids=["5xx", "5xx-after", "error-after", "refusal"],
)
def test_a_call_may_fail_before_or_after_it_was_taken(
    slack: LocalSlack, client: WebClient, fault: faults.Fault, posts: int
) -> None:
    slack.faults.on("chat.postMessage", fault)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=inquiries(slack), text="one")
    assert len(slack.messages("#inquiries")) == posts
    assert slack.calls("chat.postMessage")[0].fault == fault.name


@pytest.mark.parametrize(("takes", "posts"), [(True, 1), (False, 0)], ids=["after", "before"])
def test_the_connection_may_drop_before_or_after_the_call_was_taken(
    slack: LocalSlack, client: WebClient, takes: bool, posts: int
) -> None:
    slack.faults.on("chat.postMessage", faults.dropped(takes=takes))
    with pytest.raises((RemoteDisconnected, ConnectionError, urllib.error.URLError)):
        client.chat_postMessage(channel=inquiries(slack), text="one")
    assert len(slack.messages("#inquiries")) == posts


def test_a_slow_answer_outlasts_an_impatient_client(slack: LocalSlack) -> None:
    slack.faults.on("chat.postMessage", faults.slow(30))
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        client.chat_postMessage(channel=inquiries(slack), text="one")
    assert len(slack.messages("#inquiries")) == 1


def test_a_late_call_is_taken_after_its_client_gave_up(slack: LocalSlack) -> None:
    slack.faults.on("chat.postMessage", faults.late(1.2))
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        client.chat_postMessage(channel=inquiries(slack), text="one")
    slack.wait_for(lambda: slack.messages("#inquiries"))


@pytest.mark.parametrize(("takes", "posts"), [(True, 1), (False, 0)], ids=["after", "before"])
def test_a_call_may_be_held_before_or_after_it_is_taken(
    slack: LocalSlack, client: WebClient, takes: bool, posts: int
) -> None:
    gate = faults.Gate()
    slack.faults.on("chat.postMessage", faults.held(gate, takes=takes))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.chat_postMessage, channel=inquiries(slack), text="one")
        slack.wait_for(lambda: gate.held)
        slack.wait_for(lambda: len(slack.messages("#inquiries")) == posts)
        assert not answer.done()
        gate.open()
        assert answer.result()["ok"]
    assert len(slack.messages("#inquiries")) == 1


@pytest.mark.parametrize(("takes", "posts"), [(True, 1), (False, 0)], ids=["after", "before"])
def test_a_held_call_may_be_cut(slack: LocalSlack, client: WebClient, takes: bool, posts: int) -> None:
    gate = faults.Gate()
    slack.faults.on("chat.postMessage", faults.held(gate, takes=takes))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.chat_postMessage, channel=inquiries(slack), text="one")
        slack.wait_for(lambda: gate.held)
        slack.faults.clear()
        with pytest.raises((RemoteDisconnected, ConnectionError, urllib.error.URLError)):
            answer.result()
    assert len(slack.messages("#inquiries")) == posts


# files


def fetch(url: str, token: str = "") -> tuple[int, str, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.status, answer.headers.get_content_type(), answer.read()


def test_a_file_is_given_to_the_token_and_to_nobody_else(slack: LocalSlack, client: WebClient) -> None:
    message = slack.person("mei").uploads("#inquiries", ("inquiry.eml", b"From: a@b.c\n\nhello"))
    file = message["files"][0]
    url = file["url_private_download"]
    assert fetch(url, slack.bot_token) == (200, "message/rfc822", b"From: a@b.c\n\nhello")
    assert fetch(url)[1] == "text/html"
    assert client.files_info(file=file["id"])["file"]["size"] == 18
    assert refused(client.files_info, file="F404")["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("answers", "content_type"),
    [("login_page", "text/html"), ("redirect", "text/html")],
)
def test_a_file_may_hide_behind_the_login_page(slack: LocalSlack, answers: str, content_type: str) -> None:
    message = slack.person("mei").uploads("#inquiries", ("a.txt", b"x"), answers=answers)
    url = message["files"][0]["url_private_download"]
    assert fetch(url, slack.bot_token)[1] == content_type


def test_a_deleted_file_is_gone(slack: LocalSlack, client: WebClient) -> None:
    message = slack.person("mei").uploads("#inquiries", ("a.txt", b"x"), answers="gone")
    file = message["files"][0]
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        fetch(file["url_private_download"], slack.bot_token)
    caught.value.close()
    assert refused(client.files_info, file=file["id"])["error"] == "file_deleted"


# views


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": "Draft"}, "blocks": [], **more}


def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: LocalSlack, client: WebClient, clock: Any
) -> None:
    mei = slack.person("mei")
    triggers = slack.parts.triggers
    trigger = triggers.issue(mei.id)
    opened = client.views_open(trigger_id=trigger, view=modal())["view"]
    assert mei.modal is not None
    assert mei.modal["id"] == opened["id"]
    assert refused(client.views_open, trigger_id=trigger, view=modal())["error"] == "exchanged_trigger_id"
    assert refused(client.views_open, trigger_id="1.2.x", view=modal())["error"] == "invalid_trigger_id"
    old = triggers.issue(mei.id)
    clock.waited_s = 3.5
    assert refused(client.views_open, trigger_id=old, view=modal())["error"] == "expired_trigger_id"


def test_a_view_is_updated_only_from_its_latest_state(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    opened = client.views_open(trigger_id=slack.parts.triggers.issue(mei.id), view=modal())["view"]
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(callback_id="second"))
    assert mei.modal is not None
    assert mei.modal["callback_id"] == "second"
    answer = refused(client.views_update, view_id=opened["id"], hash=opened["hash"], view=modal())
    assert answer["error"] == "hash_conflict"


def test_at_most_three_modals_are_stacked(slack: LocalSlack, client: WebClient) -> None:
    issue = slack.parts.triggers.issue
    mei = slack.person("mei").id
    client.views_open(trigger_id=issue(mei), view=modal())
    client.views_push(trigger_id=issue(mei), view=modal())
    client.views_push(trigger_id=issue(mei), view=modal())
    assert refused(client.views_push, trigger_id=issue(mei), view=modal())["error"] == "push_limit_reached"


def test_a_home_tab_belongs_to_its_person(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    client.views_publish(user_id=mei.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    assert mei.home is not None
    assert slack.person("emma").home is None
    assert refused(client.views_publish, user_id=mei.id, view=modal())["error"] == "invalid_arguments"


# channels and people


def test_the_bot_may_join_a_public_channel_when_it_is_granted(slack: LocalSlack, client: WebClient) -> None:
    random = slack.workspace.channel("#random").id
    assert refused(client.conversations_join, channel=random)["needed"] == "channels:join"


def test_members_and_people_can_be_listed(slack: LocalSlack, client: WebClient) -> None:
    members = client.conversations_members(channel=slack.workspace.channel("#random").id)["members"]
    people = {user["id"]: user for user in client.users_list(include_locale=True)["members"]}
    assert set(members) == {slack.person(name).id for name in ("emma", "mei", "david")}
    assert people[slack.person("mei").id]["locale"] == "zh-CN"
    assert people[slack.here.bot_user]["is_bot"]


def test_a_direct_message_is_opened_once(slack: LocalSlack, client: WebClient) -> None:
    mei = slack.person("mei")
    first = client.conversations_open(users=mei.id)["channel"]["id"]
    posted = client.chat_postMessage(channel=mei.id, text="hello")
    assert posted["channel"] == first == mei.types("@bot", "hi")["channel"]
    assert refused(client.conversations_info, channel=first)["needed"] == "im:read"


def test_a_private_channel_is_unknown_to_those_outside(slack: LocalSlack, client: WebClient) -> None:
    secret = slack.workspace.add_channel("secret", [slack.person("mei").id], kind="group").id
    assert refused(client.conversations_info, channel=secret)["error"] == "channel_not_found"
    slack.person("mei").invites_bot(secret)
    assert client.conversations_info(channel=secret)["channel"]["is_private"]
    listed = client.conversations_list(types="private_channel")["channels"]
    assert [channel["name"] for channel in listed] == ["secret"]


def test_channels_come_in_pages(client: WebClient) -> None:
    pages = client.conversations_list(limit=2)
    assert [len(page["channels"]) for page in pages] == [2, 1]
    assert refused(client.conversations_list, types="fax")["error"] == "invalid_types"


def test_an_archived_channel_takes_nothing(slack: LocalSlack, client: WebClient) -> None:
    slack.workspace.channel("#general").is_archived = True
    general = slack.workspace.channel("#general").id
    assert refused(client.chat_postMessage, channel=general, text="x")["error"] == "is_archived"
    names = [c["name"] for c in client.conversations_list(exclude_archived=True)["channels"]]
    assert names == ["inquiries", "random"]


def test_a_page_can_follow_the_changes_and_start_over(slack: LocalSlack) -> None:
    seen = slack.workspace.changes
    slack.person("mei").uploads("#inquiries", ("a.txt", b"x"))
    assert slack.workspace.next_change(seen, 5) > seen
    slack.workspace.empty()
    assert slack.messages("#inquiries") == ()
    assert slack.workspace.files == {}
    assert slack.person("mei").types("#inquiries", "again")["ts"]
    assert slack.workspace.next_change(-1, 5) > seen


def test_text_beyond_slacks_limit_is_cut_without_a_word(slack: LocalSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=inquiries(slack), text="x" * 41_000)
    assert len(posted["message"]["text"]) == 40_000
