"""A real Bolt app on the embedded Slack, in both modes: what is sent arrives as slack_bolt expects it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask import request as incoming
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from werkzeug.serving import make_server

from bot.clock import SystemClock
from bot.local_slack import LocalSlack, Mail

Seen = list[dict[str, Any]]


def modal(**more: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Note"}
    note = {"type": "plain_text_input", "action_id": "note"}
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": label,
        "submit": {"type": "plain_text", "text": "Save"},
        "notify_on_close": True,
        "blocks": [{"type": "input", "block_id": "note", "label": label, "element": note}],
        **more,
    }


BUTTON = {
    "type": "button",
    "action_id": "inquiry_ask",
    "value": "7",
    "text": {"type": "plain_text", "text": "?"},
}


def build(slack: LocalSlack, seen: Seen) -> App:
    """An app that answers each message once, and knows a command, a button, a shortcut and a modal."""
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=client, signing_secret=slack.signing_secret)

    @app.event("message")
    def message(event: dict[str, Any], client: WebClient, context: dict[str, Any]) -> None:
        seen.append(event | {"retry": context["retry"]} if "retry" in context else event)
        if event.get("subtype") in (None, "file_share"):
            client.chat_postMessage(
                channel=event["channel"],
                thread_ts=event["ts"],
                text="seen",
                blocks=[{"type": "actions", "elements": [BUTTON]}],
            )

    @app.event("app_mention")
    @app.event("app_home_opened")
    @app.event("member_joined_channel")
    def other(event: dict[str, Any]) -> None:
        seen.append(event)

    @app.command("/inquiry")
    def command(ack: Any, body: dict[str, Any], respond: Any) -> None:
        seen.append(body)
        ack(f"you said {body['text']}")
        respond("later")

    @app.action("inquiry_ask")
    def button(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.shortcut("classify_inquiry")
    def shortcut(ack: Any, body: dict[str, Any]) -> None:
        ack()
        seen.append(body)

    @app.view("ask")
    def submitted(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        note = body["view"]["state"]["values"]["note"]["note"]["value"]
        ack(response_action="errors", errors={"note": "too short"}) if len(note) < 3 else ack()

    @app.view_closed("ask")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        seen.append(body)

    return app


def run_socket(slack: LocalSlack, app: App) -> Callable[[], None]:
    handler = SocketModeHandler(app, slack.app_token, ping_interval=1)
    handler.connect()
    slack.wait_for(lambda: slack.sockets.lines)

    def stop() -> None:
        # The client's reader would hold its own farewell up for three seconds: hang up first.
        handler.client.auto_reconnect_enabled = False
        slack.sockets.cut()
        handler.close()

    return stop


def run_http(slack: LocalSlack, app: App) -> Callable[[], None]:
    web, bolt = Flask("bot"), SlackRequestHandler(app)
    web.add_url_rule("/slack/events", "events", lambda: bolt.handle(incoming), methods=["POST"])
    server = make_server("127.0.0.1", 0, web, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    assert slack.push_to(f"http://127.0.0.1:{server.server_port}/slack/events").verify("three")

    def stop() -> None:
        server.shutdown()
        server.server_close()

    return stop


@pytest.fixture
def seen() -> Seen:
    return []


@pytest.fixture(params=[run_socket, run_http], ids=["socket", "http"])
def connected(request: pytest.FixtureRequest, seen: Seen) -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        stop = request.param(slack, build(slack, seen))
        yield slack
        assert slack.rejected_calls == ()
        stop()


def test_a_message_is_answered_in_its_thread_and_acknowledged(connected: LocalSlack, seen: Seen) -> None:
    message = connected.person("mei").types("#inquiries", "Price < 5 & mail a@b.cn or https://x.cn/?a=1&b=2")
    connected.wait_for(lambda: connected.thread(message) and not connected.undelivered)
    assert seen[0]["text"] == (
        "Price &lt; 5 &amp; mail <mailto:a@b.cn|a@b.cn> or <https://x.cn/?a=1&amp;b=2>"
    )
    assert [leaf["type"] for leaf in seen[0]["blocks"][0]["elements"][0]["elements"]] == [
        "text",
        "link",
        "text",
        "link",
    ]
    assert len(connected.dispatcher.deliveries) == 2, "the bot's own reply is an event too"
    assert len(seen) == 1, "which Bolt keeps from the app"


def test_every_way_in_arrives(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    original = connected.person("emma").types("#random", "forward me")
    said = [
        mei.forwards(original, "#inquiries"),
        mei.forwards(original, "#inquiries", comment="look"),
        mei.uploads("#inquiries", ("a.eml", b"x"), ("b.pdf", b"y"), comment="two"),
        mei.pastes_snippet("#inquiries", "long\n" * 500),
        connected.email_to("#inquiries", Mail("Ahmed <a@buyer.ae>", "LED", "Dear sir")),
        mei.types("@bot", "in private"),
    ]
    connected.wait_for(lambda: all(connected.thread(message) for message in said))
    arrived = {event["ts"]: event for event in seen}
    share, commented, upload, snippet, email, private = (arrived[message["ts"]] for message in said)
    assert (share["text"], share["attachments"][0]["text"]) == ("", "forward me")
    assert (commented["text"], "blocks" in share, "blocks" in commented) == ("look", False, True)
    assert [file["name"] for file in upload["files"]] == ["a.eml", "b.pdf"]
    assert (snippet["files"][0]["mode"], snippet["files"][0]["lines"]) == ("snippet", 501)
    assert (email["user"], email["text"], email["files"][0]["plain_text"]) == ("USLACKBOT", "", "Dear sir")
    assert private["channel_type"] == "im"


def test_a_mention_is_two_events(connected: LocalSlack, seen: Seen) -> None:
    connected.person("mei").types("#general", "@bot hello @emma")
    connected.wait_for(lambda: len(seen) == 2)
    assert {event["type"] for event in seen} == {"message", "app_mention"}
    assert len({event["ts"] for event in seen}) == 1
    assert seen[0]["text"] == f"<@{connected.here.bot_user}> hello <@U0EMMA00001>"


def test_edits_unfurls_and_deletions_are_changes(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    parent, lone = mei.types("#inquiries", "https://x.cn"), connected.other_app_posts("#inquiries", "build 7")
    connected.wait_for(lambda: len(connected.thread(parent)) == 1 and len(connected.thread(lone)) == 1)
    seen.clear()
    connected.unfurls(parent, "https://x.cn", "X")
    connected.wait_for(lambda: len(seen) == 1)
    assert "edited" not in seen[0]["message"]
    mei.edits(parent, "changed")
    connected.wait_for(lambda: len(seen) == 2)
    assert (seen[1]["previous_message"]["text"], seen[1]["message"]["text"]) == ("<https://x.cn>", "changed")
    mei.deletes(parent)
    connected.wait_for(lambda: len(seen) == 3)
    assert seen[2]["message"]["subtype"] == "tombstone"


def test_a_message_without_replies_is_deleted_outright(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    line = mei.sets_topic("#inquiries", "Buyers")
    connected.wait_for(lambda: len(seen) == 1)
    mei.deletes(line)
    connected.wait_for(lambda: len(seen) == 2)
    assert (seen[1]["subtype"], seen[1]["deleted_ts"]) == ("message_deleted", line["ts"])


def test_nothing_is_heard_of_channels_without_the_bot(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    mei.types("#random", "among us")
    mei.invites_bot("#random")
    connected.wait_for(lambda: len(seen) == 1 and not connected.undelivered)
    assert seen[0]["type"] == "member_joined_channel"
    assert seen[0]["user"] == connected.here.bot_user


def test_a_command_is_answered_at_once_and_later(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    outcome = mei.runs("/inquiry classify 100% “cotton” & more")
    assert outcome.shown is not None
    assert outcome.shown["text"] == "you said classify 100% “cotton” & more"
    connected.wait_for(lambda: "later" in [m["text"] for m in mei.ephemerals])
    assert "thread_ts" not in seen[0]
    assert mei.runs("/inquiry help", in_thread=True).trouble == "not_in_thread"
    assert mei.runs("/unheard").trouble == "invalid_command"


def test_a_button_opens_a_modal_that_is_checked_and_closed(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    message = mei.types("#inquiries", "hello")
    (answer,) = connected.wait_for(lambda: connected.thread(message))
    assert mei.clicks(answer, "inquiry_ask").trouble is None
    view = connected.wait_for(lambda: mei.modal)
    click = seen[-1]
    assert (click["actions"][0]["value"], click["container"]["thread_ts"]) == ("7", message["ts"])
    assert click["message"]["ts"] == answer["ts"]
    assert mei.submits(view).errors == {"note": "Please complete this required field."}
    assert mei.submits(view, {"note": "no"}).errors == {"note": "too short"}
    assert mei.modal is not None
    assert mei.submits(view, {"note": "long enough"}).trouble is None
    assert mei.modal is None


def test_a_closed_modal_is_told_of_when_asked(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    view = connected.views.open(mei.id, modal())
    assert mei.closes(view).trouble is None
    assert seen[-1]["type"] == "view_closed"


def test_a_shortcut_works_on_replies_and_where_the_bot_is_not(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    reply = mei.replies(mei.types("#random", "one"), "two")
    assert mei.uses_shortcut("classify_inquiry", reply).trouble is None
    assert (seen[0]["message"]["text"], seen[0]["message"]["thread_ts"]) == ("two", reply["thread_ts"])


def test_the_home_tab_is_told_of(connected: LocalSlack, seen: Seen) -> None:
    connected.person("mei").opens_home()
    connected.wait_for(lambda: seen)
    assert (seen[0]["type"], seen[0]["tab"]) == ("app_home_opened", "home")


def test_clicks_in_a_modal_and_on_ephemeral_messages_are_told(connected: LocalSlack, seen: Seen) -> None:
    mei = connected.person("mei")
    channel = connected.workspace.channel("#inquiries").id
    buttons = [{"type": "actions", "elements": [BUTTON]}]
    connected.responses.answer(channel, mei.id, {"text": "only you", "blocks": buttons})
    assert mei.clicks(mei.ephemerals[0], "inquiry_ask").trouble is None
    assert seen[-1]["container"]["is_ephemeral"]
    assert "message" not in seen[-1]
    view = connected.views.open(mei.id, modal(blocks=buttons))
    assert mei.clicks_in(view, "inquiry_ask").trouble is None
    assert seen[-1]["container"] == {"type": "view", "view_id": view["id"]}
    assert "channel" not in seen[-1]
