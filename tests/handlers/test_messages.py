from collections.abc import Callable
from typing import Any

import pytest

from bot.intake.model import Via
from bot.local_slack import Mail

SAMPLES = "Please send us free samples of your LED panels by DHL on your account, then we order big quantity."
QUOTE = (
    "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC Lighting GmbH"
)
EML = (
    b"From: Ahmed <ahmed@buyer.example>\r\nTo: sales@seller.example\r\nSubject: Inquiry\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SAMPLES.encode()
)

Bring = Callable[[Any], Any]


def typed(scene: Any) -> Any:
    return scene.slack.person("emma").types("#inquiries", SAMPLES)


def forwarded(scene: Any) -> Any:
    source = scene.slack.person("emma").types("#general", SAMPLES)
    return scene.slack.person("emma").forwards(source, "#inquiries")


def mailed(scene: Any) -> Any:
    return scene.slack.email_to("#inquiries", Mail("Ahmed <ahmed@buyer.example>", "Inquiry", SAMPLES))


def uploaded(scene: Any) -> Any:
    return scene.slack.person("emma").uploads("#inquiries", ("inquiry.eml", EML))


def mentioned(scene: Any) -> Any:
    return scene.slack.person("emma").types("#general", f"@bot {SAMPLES}")


def told_directly(scene: Any) -> Any:
    return scene.slack.person("emma").types("@bot", SAMPLES)


@pytest.mark.parametrize(
    ("bring", "via"),
    [
        (typed, Via.MESSAGE),
        (forwarded, Via.FORWARD),
        (mailed, Via.EMAIL),
        (uploaded, Via.FILE),
        (mentioned, Via.MENTION),
        (told_directly, Via.DIRECT_MESSAGE),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_way_in_leads_to_one_advice_in_the_thread(scene: Any, bring: Bring, via: Via) -> None:
    message = bring(scene)
    advice = scene.advice_in(message)
    scene.settled()
    assert len(scene.advices_in(message)) == 1
    assert advice["metadata"]["event_payload"]["inquiry_id"] == str(scene.record_of(message).id)
    assert scene.record_of(message).via is via
    assert scene.slack.rejected_calls == ()


def test_a_message_elsewhere_is_no_inquiry(scene: Any) -> None:
    scene.slack.person("emma").types("#general", SAMPLES)
    scene.settled()
    assert scene.inquiries() == 0


def test_with_no_channels_named_every_channel_the_bot_is_in_is_one(start: Any) -> None:
    scene = start(inquiry_channels=frozenset())
    assert scene.advice_in(scene.slack.person("emma").types("#general", SAMPLES))


def test_talk_among_colleagues_is_left_alone(scene: Any) -> None:
    message = typed(scene)
    scene.advice_in(message)
    scene.slack.person("mei").replies(message, "I know this one")
    scene.slack.person("mei").sets_topic("#inquiries", "LED")
    scene.slack.other_app_posts("#inquiries", "Deployed")
    scene.slack.unfurls(message, "https://buyer.example", "Buyer")
    scene.slack.touches(message)
    scene.settled()
    assert scene.inquiries() == 1
    assert len(scene.advices_in(message)) == 1


def test_a_second_delivery_of_the_same_event_changes_nothing(scene: Any) -> None:
    message = typed(scene)
    scene.advice_in(message)
    scene.slack.tells_again(message, fresh_event_id=False)
    scene.slack.tells_again(message, fresh_event_id=True)
    scene.settled()
    assert scene.inquiries() == 1
    assert len(scene.advices_in(message)) == 1


def test_a_mention_in_an_inquiry_channel_is_answered_once(scene: Any) -> None:
    message = scene.slack.person("emma").types("#inquiries", f"@bot {SAMPLES}")
    scene.advice_in(message)
    scene.settled()
    assert len(scene.advices_in(message)) == 1


def test_an_edit_changes_the_one_advice(scene: Any) -> None:
    message = typed(scene)
    before = scene.advice_in(message)
    scene.slack.person("emma").edits(message, QUOTE)
    after = scene.slack.wait_for(lambda: _changed(scene, before))
    assert after["ts"] == before["ts"]
    assert len(scene.advices_in(message)) == 1


def test_an_edit_that_overtakes_its_original_stands_for_it(scene: Any) -> None:
    channel, ts = scene.slack.workspace.channel("inquiries").id, scene.slack.workspace.fresh_ts()
    person = scene.slack.person("emma").id
    told = {"type": "message", "user": person, "text": SAMPLES, "ts": ts}
    change = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel,
        "channel_type": "channel",
        "ts": scene.slack.workspace.fresh_ts(),
        "message": {**told, "text": QUOTE, "edited": {"user": person, "ts": ts}},
        "previous_message": told,
    }
    scene.slack.feed.tell(change)
    scene.slack.feed.tell({**told, "channel": channel, "channel_type": "channel"})
    scene.settled()
    assert scene.inquiries() == 1
    assert "2,000 pcs" in str(scene.record_of({"channel": channel, "ts": ts}).received)


def test_an_edit_of_an_old_message_is_no_new_inquiry(scene: Any) -> None:
    message = scene.slack.person("emma").types("#general", SAMPLES)
    scene.clock.moved_ms = 11 * 60 * 1000
    scene.slack.person("emma").edits(message, QUOTE)
    scene.settled()
    assert scene.inquiries() == 0


def test_a_deleted_inquiry_is_followed_up_all_the_same(scene: Any) -> None:
    message = typed(scene)
    scene.slack.person("emma").clicks(scene.advice_in(message), "follow_up_in_3_days")
    scene.slack.person("emma").deletes(message)
    scene.slack.wait_for(lambda: scene.record_of(message).deleted_at)
    scene.clock.moved_ms = 4 * 24 * 3600 * 1000
    scene.bot.worker.wake()
    scene.slack.wait_for(
        lambda: any("follow_up" in str(reply.get("metadata")) for reply in scene.slack.thread(message))
    )


def test_a_mail_of_the_buyers_in_the_thread_ends_the_plan(scene: Any) -> None:
    message = scene.slack.person("emma").types("#inquiries", f"{FROM_AHMED}\n{SAMPLES}")
    scene.advice_in(message)
    services, inquiry = scene.bot.services, scene.record_of(message)
    services.plans.start(inquiry, "quote", owner="UEMMA", by="UEMMA")
    scene.slack.person("emma").replies(message, "Ahmed called, he still thinks it over")
    scene.slack.person("emma").replies(
        message, f"{FROM_AHMED}\nYour price is too high for us, what about 4.20?"
    )
    said = scene.slack.wait_for(
        lambda: [one for one in scene.slack.thread(message) if "Ahmed wrote back" in one["text"]]
    )
    assert "4 steps are left out" in said[0]["text"]
    assert services.plans.active(inquiry.id) is None
    assert scene.inquiries() == 1


def test_an_eml_of_the_buyers_brought_into_the_thread_ends_the_plan_and_ours_does_not(scene: Any) -> None:
    message = scene.slack.person("emma").types("#inquiries", f"{FROM_AHMED}\n{SAMPLES}")
    scene.advice_in(message)
    services, inquiry = scene.bot.services, scene.record_of(message)
    services.plans.start(inquiry, "quote", owner="UEMMA", by="UEMMA")
    emma = scene.slack.person("emma")
    emma.uploads("#inquiries", ("ours.eml", OUR_ANSWER), thread=message)
    scene.settled()
    assert services.plans.steps_left(services.plans.active(inquiry.id).id) == 4
    emma.uploads("#inquiries", ("answer.eml", HIS_ANSWER), comment="he answered!", thread=message)
    scene.slack.wait_for(
        lambda: [one for one in scene.slack.thread(message) if "Ahmed wrote back" in one["text"]]
    )
    assert services.plans.active(inquiry.id) is None


OUR_ANSWER = b"""From: Emma <emma@seller.example>
To: Ahmed <ahmed@buyer.example>
Subject: Re: Inquiry
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Ahmed, did our quotation arrive?

On Mon, Nov 30, 2026 at 10:00 AM Ahmed <ahmed@buyer.example> wrote:
> Please send samples.
"""
HIS_ANSWER = b"""From: Ahmed <ahmed@buyer.example>
To: Emma <emma@seller.example>
Subject: Re: Inquiry
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Your price is too high for us, what about 4.20?
"""
FROM_AHMED = """From: Ahmed <ahmed@buyer.example>
Sent: Monday, November 30, 2026 10:00 AM
To: Emma <emma@seller.example>
Subject: Inquiry
"""


def test_help_in_a_direct_message_is_no_inquiry(scene: Any) -> None:
    message = scene.slack.person("mei").types("@bot", "帮助")
    answer = scene.slack.wait_for(lambda: scene.slack.messages(message["channel"])[1:])[0]
    assert "询盘" in answer["text"]
    assert scene.inquiries() == 0


def _changed(scene: Any, before: Any) -> Any:
    now = scene.slack.message(before)
    return now if now["blocks"] != before["blocks"] else None
