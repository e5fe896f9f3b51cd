"""The card of the playground is the card of Slack, to the byte."""

import json
from pathlib import Path

from tests.browser.inquiries import INQUIRY
from tests.browser.playground import Json, Playground, wait_for
from tests.end_to_end.office import open_office


def test_the_playground_posts_what_the_bot_posts_to_slack_over_http(
    own_playground: Playground, tmp_path: Path
) -> None:
    inquiries = own_playground.channel("inquiries")
    typed = {"as": "emma", "act": "type", "channel": inquiries, "text": INQUIRY}
    assert own_playground.post("/api/act", typed)["ok"]
    shown = wait_for(lambda: own_playground.messages()[1:])[0]
    (tmp_path / "slack").mkdir()
    for office in open_office("http", tmp_path / "slack"):
        message = office.emma.types("#inquiries", INQUIRY)
        posted = office.only_advice(message)
        (call,) = office.slack.calls("chat.postMessage")
    assert written(call_of(own_playground, shown)["blocks"]) == written(blocks_of(call.args))
    assert written(shown["blocks"]) == written(posted["blocks"])


def call_of(playground: Playground, message: Json) -> Json:
    channel = playground.channel("inquiries")
    _, answer = playground.ask("GET", f"/api/inspect?channel={channel}&ts={message['ts']}&language=en")
    body: Json = json.loads(answer)["calls"][0]["body"]
    return body


def blocks_of(body: Json) -> object:
    blocks = body["blocks"]
    return json.loads(blocks) if isinstance(blocks, str) else blocks


def written(blocks: object) -> bytes:
    return json.dumps(blocks, ensure_ascii=False).encode()
