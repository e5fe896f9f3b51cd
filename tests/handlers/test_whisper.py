from typing import Any

import pytest
from slack_sdk.webhook import WebhookResponse

from bot.outbox.model import Form
from handlers.whisper import respond_with


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, "ok", 1),
        (200, "", 1),
        (200, '{"ok":true}', 1),
        (200, '{"ok": false, "error": "invalid_blocks"}', 2),
        (404, "used_url", 2),
    ],
)
def test_a_plainer_form_is_said_only_where_slack_did_not_take_the_fuller(
    status: int, body: str, said: int
) -> None:
    texts: list[str] = []

    def respond(text: str, **_: Any) -> WebhookResponse:
        texts.append(text)
        return WebhookResponse(url="", status_code=status, body=body, headers={})

    respond_with(respond, (Form("full"), Form("plain")))  # type: ignore[arg-type]
    assert len(texts) == said
