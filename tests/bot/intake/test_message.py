from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.message import (
    arrival_of,
    arrival_of_mention,
    arrival_of_shortcut,
    deletion_of,
    edit_of,
    reply_of,
    words_after_mention,
)
from bot.intake.model import Arrival, Deletion, Reply, Via
from tests.bot.intake.payloads import (
    APP,
    BOT,
    BOT_ID,
    CHANNEL,
    OTHER_TS,
    TEAM,
    TS,
    Event,
    changed,
    emailed,
    file,
    mail_file,
    rich_text,
    shared,
    typed,
    uploaded,
)


def arrives(event: Mapping[str, Any], *, is_inquiry_channel: bool = True) -> Arrival | None:
    return arrival_of(
        event,
        TEAM,
        bot_user_id=BOT,
        own_bot_id=BOT_ID,
        app_id=APP,
        is_inquiry_channel=lambda channel: is_inquiry_channel,
    )


def in_direct_message(event: Event) -> Event:
    return event | {"channel": "D0MEI", "channel_type": "im"}


@pytest.mark.parametrize(
    ("event", "via", "text", "forwarded", "files"),
    [
        (typed(), Via.MESSAGE, "Please quote 500 pcs, CIF Hamburg", (), 0),
        (typed("thanks, got it :+1:"), Via.MESSAGE, "thanks, got it :+1:", (), 0),
        (typed(thread_ts=TS), Via.MESSAGE, "Please quote 500 pcs, CIF Hamburg", (), 0),
        (typed(f"<@{BOT}> 40 pcs"), Via.MESSAGE, "40 pcs", (), 0),
        (typed("", blocks=rich_text({"type": "text", "text": "40 < 50"})), Via.MESSAGE, "40 < 50", (), 0),
        (typed("", attachments=[shared()]), Via.FORWARD, "", ("Need 40 pallets of tiles",), 0),
        (typed("who?", attachments=[shared("A &amp; B")]), Via.FORWARD, "who?", ("A & B",), 0),
        (
            typed(
                "",
                attachments=[
                    shared(
                        "",
                        message_blocks=[
                            {"message": {"blocks": rich_text({"type": "text", "text": "tiles"})}}
                        ],
                    )
                ],
            ),
            Via.FORWARD,
            "",
            ("tiles",),
            0,
        ),
        (typed("", attachments=[shared("", files=[mail_file()])]), Via.FORWARD, "", (), 1),
        (emailed(), Via.EMAIL, "", (), 1),
        (emailed(subtype="bot_message", user=None), Via.EMAIL, "", (), 1),
        (uploaded(file(), file("b.txt", id="F0TWO")), Via.FILE, "", (), 2),
        (uploaded(file(), file()), Via.FILE, "", (), 1),
        (uploaded(mail_file(), text="from the inbox"), Via.FILE, "from the inbox", (), 1),
        (in_direct_message(typed()), Via.DIRECT_MESSAGE, "Please quote 500 pcs, CIF Hamburg", (), 0),
    ],
    ids=[
        "typed",
        "chatter at the top is taken at its word",
        "a thread's first message",
        "mention at the start",
        "blocks without text",
        "forwarded",
        "forwarded with a comment",
        "forwarded, words in blocks only",
        "forwarded email",
        "emailed to the channel",
        "emailed by an add-in",
        "two files",
        "one file twice",
        "Slackbot's email shared by hand",
        "direct message",
    ],
)
def test_an_inquiry_arrives(
    event: Event, via: Via, text: str, forwarded: tuple[str, ...], files: int
) -> None:
    arrival = arrives(event)
    assert arrival is not None
    assert (arrival.team, arrival.channel, arrival.ts) == (TEAM, event["channel"], TS)
    assert arrival.thread_ts == TS
    assert arrival.via is via
    assert (arrival.received.text, arrival.received.forwarded) == (text, forwarded)
    assert len(arrival.received.files) == files


@pytest.mark.parametrize(
    "event",
    [
        typed(thread_ts=OTHER_TS, parent_user_id="U0LEO"),
        typed(subtype="thread_broadcast", thread_ts=OTHER_TS, root={"ts": OTHER_TS}),
        typed(bot_id="B0OTHER", app_id="A0OTHER", bot_profile={"id": "B0OTHER"}),
        typed(subtype="bot_message", user=None, bot_id="B0HOOK"),
        typed(user=BOT),
        typed(bot_id=BOT_ID),
        typed(app_id=APP),
        typed(user="USLACKBOT"),
        typed(subtype="channel_join"),
        typed(subtype="channel_topic", topic="x"),
        typed(subtype="me_message"),
        typed(subtype="tombstone"),
        typed(hidden=True),
        typed(is_ephemeral=True),
        typed(" "),
        typed(f"<@{BOT}>"),
        typed(
            "", attachments=[{"service_name": "YouTube", "title_link": "https://y.example", "text": "video"}]
        ),
        typed("", attachments=[shared(is_share=False, id=1, original_url="https://desk.slack.com/x")]),
        changed(typed("new"), typed("old")),
        emailed(thread_ts=OTHER_TS),
        {},
    ],
)
def test_everything_else_is_passed_over(event: Event) -> None:
    assert arrives(event) is None


def test_outside_inquiry_channels_only_direct_messages_are_inquiries() -> None:
    assert arrives(typed(), is_inquiry_channel=False) is None
    assert arrives(emailed(), is_inquiry_channel=False) is None
    assert arrives(in_direct_message(typed()), is_inquiry_channel=False) is not None


def test_a_direct_message_is_known_by_its_channel_too() -> None:
    event = {key: value for key, value in typed(channel="D0LIN").items() if key != "channel_type"}
    arrival = arrives(event, is_inquiry_channel=False)
    assert arrival is not None
    assert arrival.via == Via.DIRECT_MESSAGE


def test_an_email_has_no_one_who_posted_it() -> None:
    mailed, said = arrives(emailed()), arrives(typed())
    assert mailed is not None
    assert said is not None
    assert (mailed.posted_by, said.posted_by) == (None, "U0MEI")


def test_an_email_comes_with_what_slack_read_of_it() -> None:
    arrival = arrives(emailed())
    assert arrival is not None
    mail = arrival.received.files[0].mail
    assert mail is not None
    assert (mail.subject, mail.sender) == ("Inquiry for LED panels", "Ahmed <ahmed@buyer.example>")
    assert mail.plain_text == "Dear sir, please quote 600 LED panels."
    assert (mail.date, mail.message_id) == ("Fri, 16 Jan 2026 18:58:30 +0000", "<m@buyer.example>")
    assert mail.attachments == ("drawing.pdf",)


def test_a_file_hidden_by_slack_connect_waits_to_be_looked_up() -> None:
    arrival = arrives(uploaded({"id": "F9", "mode": "file_access", "file_access": "check_file_info"}))
    assert arrival is not None
    (waiting,) = arrival.received.files
    assert (waiting.id, waiting.url, waiting.file_access) == ("F9", None, "check_file_info")


def test_half_a_surrogate_pair_does_not_reach_the_database() -> None:
    arrival = arrives(typed("500 pcs \ud83d"))
    assert arrival is not None
    arrival.received.text.encode()


# mentions


def mention(text: str = f"<@{BOT}> 40 pallets", **more: Any) -> Event:
    event = typed(text, type="app_mention", **more)
    del event["channel_type"]
    return event


def test_a_mention_is_an_inquiry_anywhere() -> None:
    arrival = arrival_of_mention(mention(), TEAM, bot_user_id=BOT)
    assert arrival is not None
    assert (arrival.ts, arrival.thread_ts, arrival.via) == (TS, TS, Via.MENTION)
    assert arrival.received.text == "40 pallets"


def test_a_mention_with_words_in_a_thread_is_answered_in_that_thread() -> None:
    arrival = arrival_of_mention(mention(thread_ts=OTHER_TS), TEAM, bot_user_id=BOT)
    assert arrival is not None
    assert (arrival.ts, arrival.thread_ts) == (TS, OTHER_TS)


def test_a_mention_without_words_in_a_thread_means_its_first_message() -> None:
    arrival = arrival_of_mention(mention(f"<@{BOT}> ", thread_ts=OTHER_TS), TEAM, bot_user_id=BOT)
    assert arrival is not None
    assert (arrival.ts, arrival.thread_ts) == (OTHER_TS, OTHER_TS)
    assert arrival.received.is_elsewhere


@pytest.mark.parametrize(
    "event",
    [mention(f"<@{BOT}>"), mention(bot_id="B0OTHER"), mention(user="USLACKBOT"), mention(hidden=True), {}],
)
def test_a_mention_with_nothing_to_read_is_no_inquiry(event: Event) -> None:
    assert arrival_of_mention(event, TEAM, bot_user_id=BOT) is None


def test_a_mention_and_the_message_event_of_the_same_post_are_one_inquiry() -> None:
    named, seen = arrival_of_mention(mention(), TEAM, bot_user_id=BOT), arrives(typed(f"<@{BOT}> 40 pallets"))
    assert named is not None
    assert seen is not None
    assert (named.team, named.channel, named.ts) == (seen.team, seen.channel, seen.ts)
    assert named.received == seen.received


def test_the_words_after_a_mention_can_be_a_command() -> None:
    assert words_after_mention(mention(f"<@{BOT}> help &amp; more"), BOT) == "help & more"


# the shortcut


def shortcut(message: Event, **more: Any) -> Event:
    return {
        "type": "message_action",
        "callback_id": "classify_inquiry",
        "message_ts": message.get("ts"),
        "team": {"id": TEAM, "domain": "desk"},
        "user": {"id": "U0LIN", "team_id": "T0HOME"},
        "channel": {"id": "C0ELSE", "name": "random"},
        "message": message,
        **more,
    }


def test_the_shortcut_takes_a_reply_and_answers_in_its_thread() -> None:
    arrival = arrival_of_shortcut(shortcut(typed(thread_ts=OTHER_TS)))
    assert arrival is not None
    assert (arrival.team, arrival.channel, arrival.ts, arrival.thread_ts) == (TEAM, "C0ELSE", TS, OTHER_TS)
    assert (arrival.via, arrival.posted_by) == (Via.SHORTCUT, "U0LIN")


def test_the_shortcut_takes_what_bots_posted_too() -> None:
    arrival = arrival_of_shortcut(shortcut(emailed(), team=None))
    assert arrival is not None
    assert arrival.team == "T0HOME"
    assert arrival.received.files[0].mail is not None


@pytest.mark.parametrize(
    "shown",
    [
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "500 pcs &amp; FOB please"}}]},
        {"attachments": [{"title": "Web form", "text": "500 pcs &amp; FOB please"}]},
        {"attachments": [{"fields": [{"title": "Message", "value": "500 pcs &amp; FOB please"}]}]},
    ],
    ids=["blocks", "attachment", "fields"],
)
def test_what_an_apps_post_shows_is_read_though_its_text_is_a_notification(shown: Event) -> None:
    arrival = arrival_of_shortcut(shortcut(typed("New lead", user="", bot_id="B0FORM", **shown)))
    assert arrival is not None
    assert arrival.received.text.endswith("500 pcs & FOB please")


def test_the_preview_of_a_link_is_no_part_of_an_apps_post() -> None:
    preview = {"from_url": "https://a.example", "service_name": "A", "text": "We sell all kinds of lamps"}
    arrival = arrival_of_shortcut(shortcut(typed("New lead", bot_id="B0FORM", attachments=[preview])))
    assert arrival is not None
    assert arrival.received.text == "New lead"


def test_the_shortcut_on_a_message_without_words_finds_nothing() -> None:
    assert arrival_of_shortcut(shortcut(typed(""))) is None
    assert arrival_of_shortcut({}) is None


# edits and deletions


def test_an_edit_brings_the_new_words_under_the_old_ts() -> None:
    edit = edit_of(changed(typed("600 pcs", edited={"user": "U0MEI"}), typed("500 pcs")))
    assert edit is not None
    assert (edit.channel, edit.ts, edit.received.text) == (CHANNEL, TS, "600 pcs")


@pytest.mark.parametrize(
    "event",
    [
        changed(typed(attachments=[{"service_name": "x", "id": 1}]), typed()),
        changed(typed(reply_count=2, subscribed=True), typed()),
        changed(uploaded(file(mode="tombstone")), uploaded()),
        changed(uploaded(file(), text="x"), uploaded(file(), file("b", id="F2"), text="x")),
        changed(typed(subtype="tombstone"), typed("old")),
        changed(typed(""), typed("old")),
        changed(typed(), None),
        typed(),
        {},
    ],
)
def test_a_change_of_anything_but_words_and_new_files_is_no_edit(event: Event) -> None:
    assert edit_of(event) is None


def test_a_file_added_later_is_an_edit() -> None:
    edit = edit_of(changed(uploaded(file(), file("b.eml", id="F0TWO")), uploaded(file())))
    assert edit is not None
    assert len(edit.received.files) == 2


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "subtype": "message_deleted", "channel": CHANNEL, "ts": "2.2", "deleted_ts": TS},
        {"type": "message", "subtype": "message_deleted", "channel": CHANNEL, "previous_message": {"ts": TS}},
        changed(typed("This message was deleted.", subtype="tombstone"), typed("old")),
    ],
    ids=["deleted", "deleted, named by what it was", "tombstone of one with replies"],
)
def test_a_deletion_names_the_message_that_is_gone(event: Event) -> None:
    assert deletion_of(event) == Deletion(CHANNEL, TS)


def test_other_messages_delete_nothing() -> None:
    assert deletion_of(typed()) is None
    assert deletion_of(changed(typed("a"), typed("b"))) is None


# whatever comes

KEY_NAMES = """
    type subtype text user bot_id ts thread_ts channel channel_type files attachments blocks message hidden
    previous_message is_share message_blocks elements mode from headers name id team edited
"""
KEYS = st.sampled_from(KEY_NAMES.split())
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from([TS, CHANNEL, "email"])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6)
)
EVENTS = st.dictionaries(KEYS, JSON, max_size=9)


@given(EVENTS)
def test_no_event_is_too_odd(event: Event) -> None:
    arrives(event)
    arrival_of_mention(event, TEAM, bot_user_id=BOT)
    arrival_of_shortcut(event)
    edit_of({"subtype": "message_changed", **event})
    deletion_of(event)


def replies(event: Event) -> Reply | None:
    return reply_of(event, TEAM, bot_user_id=BOT, own_bot_id=BOT_ID, app_id=APP)


def test_what_is_brought_into_a_thread_is_a_reply() -> None:
    reply = replies(uploaded(thread_ts=OTHER_TS))
    assert reply is not None
    assert (reply.team, reply.channel, reply.ts, reply.thread_ts) == (TEAM, CHANNEL, TS, OTHER_TS)
    assert len(reply.received.files) == 1


@pytest.mark.parametrize(
    "event",
    [
        typed(),
        typed(thread_ts=TS),
        typed(thread_ts=OTHER_TS, subtype="thread_broadcast"),
        typed("", thread_ts=OTHER_TS),
        typed(thread_ts=OTHER_TS, user=BOT),
        typed(thread_ts=OTHER_TS, bot_id=BOT_ID),
        typed(thread_ts=OTHER_TS, hidden=True),
    ],
    ids=["no thread", "the thread's first", "broadcast", "nothing", "our own", "our app's", "hidden"],
)
def test_all_else_is_no_reply(event: Event) -> None:
    assert replies(event) is None
