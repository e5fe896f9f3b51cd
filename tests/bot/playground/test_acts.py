"""What people do on the page happens in the workspace, and what cannot be done is said in their language."""

from typing import Any

import pytest

from bot.playground.acts import LARGEST_FILE
from tests.bot.playground.house_of_tests import SAMPLES, Browser, Json, Living

ASK = "Hello, we may need valves. Please tell us more."


def latest(living: Living, channel: str = "#inquiries") -> Json:
    return living.house.office.slack.messages(channel)[-1]


def typed(browser: Browser, living: Living, name: str, text: str, channel: str = "") -> Json:
    """Let a person type a message; returns it as it stands."""
    done = browser.act(name, "type", channel=channel or living.inquiries, text=text)
    assert done["ok"], done
    return living.house.office.slack.message(done["result"])


def direct(browser: Browser, name: str) -> str:
    return str(browser.state(name)["channels"][-1]["id"])


def test_typing_brings_advice_into_the_thread(browser: Browser, living: Living) -> None:
    message = typed(browser, living, "emma", SAMPLES)
    card = living.advice(message)
    seen = browser.state("emma")["messages"][living.inquiries]
    assert [one["ts"] for one in seen][-2:] == [message["ts"], card["ts"]]
    assert seen[-1]["blocks"] == card["blocks"]


def test_replies_stay_in_their_thread(browser: Browser, living: Living) -> None:
    message = typed(browser, living, "emma", ASK)
    browser.act("mei", "type", channel=living.inquiries, text="mine", thread_ts=message["ts"])
    reply = living.house.office.slack.thread(message)[-1]
    browser.act("emma", "type", channel=living.inquiries, text="to a reply", thread_ts=reply["ts"])
    said = [one["text"] for one in living.house.office.slack.thread(message)]
    assert {"mine", "to a reply"} <= set(said)


def test_nobody_replies_to_what_only_they_see(browser: Browser, living: Living) -> None:
    browser.act("david", "command", channel=living.inquiries, line="/inquiry types")
    shown = browser.state("david")["ephemerals"][-1]
    before = living.house.office.slack.messages("#inquiries")
    refused = browser.act("david", "type", channel=living.inquiries, text="x", thread_ts=shown["ts"])
    assert refused == {"ok": False, "says": "That message is not there any more."}
    assert living.house.office.slack.messages("#inquiries") == before


def test_a_very_long_paste_becomes_a_snippet(browser: Browser, living: Living) -> None:
    message = typed(browser, living, "emma", f"{SAMPLES} " * 300)
    assert message["files"][0]["mode"] == "snippet"
    living.advice(message)


def test_one_writes_to_the_bot_and_sees_only_ones_own_talk_with_it(browser: Browser, living: Living) -> None:
    talk = direct(browser, "emma")
    message = typed(browser, living, "emma", SAMPLES, talk)
    living.advice(message)
    assert talk not in browser.state("mei")["messages"]
    refused = browser.act("mei", "type", channel=talk, text="hello")
    assert refused == {"ok": False, "says": "这个会话不存在，或者你不在里面。"}


def test_ones_own_message_is_edited_and_deleted(browser: Browser, living: Living) -> None:
    message = typed(
        browser, living, "emma", "helo", living.house.office.slack.workspace.channel("general").id
    )
    place = {"channel": message["channel"], "ts": message["ts"]}
    assert browser.act("emma", "edit", **place, text="hello")["ok"]
    assert living.house.office.slack.message(message)["text"] == "hello"
    assert browser.act("emma", "delete", **place)["ok"]
    gone = browser.act("emma", "edit", **place, text="again")
    assert gone == {"ok": False, "says": "That message is not there any more."}


def test_forwarding_brings_the_message_with_a_comment(browser: Browser, living: Living) -> None:
    general = living.house.office.slack.workspace.channel("general").id
    message = typed(browser, living, "david", SAMPLES, general)
    done = browser.act(
        "mei", "forward", channel=general, ts=message["ts"], to=living.inquiries, comment="看看"
    )
    forwarded = living.house.office.slack.message(done["result"])
    assert forwarded["text"] == "看看"
    living.advice(forwarded)


def test_an_email_arrives_as_in_slack(browser: Browser, living: Living) -> None:
    sender = "Ahmed <ahmed@buyer.ae>"
    done = browser.act(
        "emma", "email", channel=living.inquiries, subject="Samples", body=SAMPLES, **{"from": sender}
    )
    mail = living.house.office.slack.message(done["result"])
    assert (mail["text"], mail["files"][0]["mode"]) == ("", "email")
    living.advice(mail)


def test_files_are_uploaded(browser: Browser, living: Living) -> None:
    fields = {"as": "mei", "channel": living.inquiries, "comment": "请看"}
    answer = browser.upload(fields, ("../询盘.txt", SAMPLES.encode())).json
    message = living.house.office.slack.message(answer["result"])
    assert (message["text"], message["files"][0]["name"]) == ("请看", "询盘.txt")
    living.advice(message)


def test_a_binary_file_is_answered_by_the_bot(browser: Browser, living: Living) -> None:
    fields = {"as": "emma", "channel": living.inquiries}
    done = browser.upload(fields, ("photo.png", bytes(range(256)) * 8)).json
    message = living.house.office.slack.message(done["result"])
    living.wait_for(lambda: living.house.office.slack.thread(message))


def first_buttons(card: Any) -> Any:
    """Return the first row of buttons of a card."""
    return next(block for block in card["blocks"] if block["type"] == "actions")


def test_commands_shortcuts_and_buttons_reach_the_bot(browser: Browser, living: Living) -> None:
    assert browser.act("emma", "command", channel=living.inquiries, line="/inquiry types")["ok"]
    assert browser.state("emma")["ephemerals"]
    assert not browser.state("mei")["ephemerals"]
    message = typed(browser, living, "emma", SAMPLES)
    card = living.advice(message)
    place = {"channel": card["channel"], "ts": card["ts"]}
    actions = first_buttons(card)
    click = {"action_id": "inquiry_correct_type", "block_id": actions["block_id"]}
    assert browser.act("emma", "click", **place, **click, value="x")["ok"]
    modal = browser.state("emma")["modals"][0]
    assert not browser.state("mei")["modals"]
    assert browser.act("emma", "close", view_id=modal["id"])["ok"]
    assert browser.state("emma")["modals"] == []
    assert browser.act(
        "emma", "shortcut", callback_id="classify_inquiry", channel=message["channel"], ts=message["ts"]
    )["ok"]


def test_a_form_is_refused_and_then_accepted(browser: Browser, living: Living) -> None:
    card = living.advice(typed(browser, living, "mei", SAMPLES))
    click = {"action_id": "inquiry_correct_type", "block_id": first_buttons(card)["block_id"], "value": None}
    browser.act("mei", "click", channel=card["channel"], ts=card["ts"], **click)
    modal = browser.state("mei")["modals"][0]
    inputs = [block for block in modal["blocks"] if block["type"] == "input" and not block.get("optional")]
    choice = inputs[0]["element"]
    nothing = {inputs[0]["block_id"]: {choice["action_id"]: None}}
    refused = browser.act("mei", "submit", view_id=modal["id"], values=nothing)
    assert refused == {"ok": True, "result": {"errors": {inputs[0]["block_id"]: "请填写这一项。"}}}
    chosen = {inputs[0]["block_id"]: {choice["action_id"]: choice["options"][0]["value"]}}
    assert browser.act("mei", "submit", view_id=modal["id"], values=chosen) == {"ok": True, "result": {}}
    assert browser.state("mei")["modals"] == []
    living.wait_for(lambda: living.house.office.slack.message(card).get("edited"))


def test_the_home_tab_is_ones_own(browser: Browser, living: Living) -> None:
    assert browser.act("david", "open_home")["ok"]
    living.wait_for(lambda: browser.state("david")["home"])
    assert browser.state("emma")["home"] is None


def test_a_sample_is_put_into_the_channel(browser: Browser, living: Living) -> None:
    offered = browser.get("/api/samples?language=zh").json
    assert len(offered) >= 14
    done = browser.act("emma", "sample", id=offered[0]["id"], channel=living.inquiries)
    living.wait_for(lambda: living.house.office.slack.thread(done["result"]))


def test_the_inspector_shows_the_call(browser: Browser, living: Living) -> None:
    card = living.advice(typed(browser, living, "emma", SAMPLES))
    seen = browser.get(f"/api/inspect?channel={card['channel']}&ts={card['ts']}&language=en").json
    assert seen["calls"][0]["method"] == "chat.postMessage"
    assert seen["why"]["type"] == "sample_hunter"


# what cannot be done

PLACE = {"channel": "C000000001"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"act": "type", **PLACE, "text": " \n"}, "还没有内容"),
        ({"act": "type", **PLACE, "text": "x" * 1_000_001}, "太长"),
        ({"act": "type", "channel": "C000000003", "text": "x"}, "会话不存在"),
        ({"act": "type", "channel": "nowhere", "text": "x"}, "会话不存在"),
        ({"act": "type", **PLACE, "text": "x", "thread_ts": "1.0"}, "已经不在"),
        ({"act": "type", **PLACE}, "text"),
        ({"act": "type", **PLACE, "text": 5}, "text"),
        ({"act": "dance"}, "act"),
        ({}, "act"),
        ({"act": "command", **PLACE, "line": "/weather now"}, "/weather"),
        ({"act": "command", **PLACE, "line": "/inquiry types", "thread_ts": "1.0"}, "消息列"),
        ({"act": "shortcut", **PLACE, "ts": "1.0", "callback_id": "classify_inquiry"}, "已经不在"),
        ({"act": "click", **PLACE, "ts": "1.0", "action_id": "x"}, "已经不在"),
        ({"act": "submit", "view_id": "V1", "values": {}}, "变了"),
        ({"act": "submit", "view_id": "V1", "values": 3}, "变了"),
        ({"act": "close", "view_id": "V1"}, "变了"),
        ({"act": "email", **PLACE, "from": " ", "body": "x"}, "发件人"),
        ({"act": "email", **PLACE, "from": "a@b.cn", "body": " "}, "还没有内容"),
        ({"act": "sample", **PLACE, "id": "none"}, "拒绝"),
    ],
    ids=lambda value: (
        "-".join(str(v)[:12] for v in value.values()) or "nothing" if isinstance(value, dict) else ""
    ),
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    browser: Browser, fields: dict[str, Any], says: str
) -> None:
    answer = browser.post("/api/act", {"as": "mei", **fields})
    assert answer.status == 200
    assert answer.json["ok"] is False
    assert says in answer.json["says"]
    assert "\n" not in answer.json["says"]


def test_other_peoples_messages_are_theirs(browser: Browser, living: Living) -> None:
    message = typed(browser, living, "mei", ASK)
    card = living.advice(message)
    for one, name in ((message, "emma"), (card, "mei")):
        place = {"channel": one["channel"], "ts": one["ts"]}
        assert browser.act(name, "edit", **place, text="changed")["ok"] is False
        assert browser.act(name, "delete", **place)["ok"] is False
    edit = browser.act("emma", "edit", channel=message["channel"], ts=message["ts"], text="changed")
    assert edit["says"] == "You can edit only your own messages."
    assert living.house.office.slack.message(message)["text"] == message["text"]


def test_a_button_that_is_not_there_is_no_crash(browser: Browser, living: Living) -> None:
    card = living.advice(typed(browser, living, "emma", SAMPLES))
    done = browser.act(
        "emma", "click", channel=card["channel"], ts=card["ts"], action_id="gone", block_id="b9"
    )
    assert done == {"ok": False, "says": "This has changed in the meantime. Look again, please."}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "没有收到文件"),
        ([("空.txt", b"")], "空.txt"),
        ([("big.bin", bytes(LARGEST_FILE + 1))], "25 MB"),
    ],
    ids=["none", "empty", "too large"],
)
def test_a_file_that_cannot_be_taken_is_named(
    browser: Browser, living: Living, files: list[tuple[str, bytes]], says: str
) -> None:
    before = len(living.house.office.slack.messages("#general"))
    general = living.house.office.slack.workspace.channel("general").id
    answer = browser.upload({"as": "mei", "channel": general}, *files).json
    assert answer["ok"] is False
    assert says in answer["says"]
    assert len(living.house.office.slack.messages("#general")) == before
