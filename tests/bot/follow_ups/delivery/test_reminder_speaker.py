import json
from datetime import date
from typing import Any

import pytest

from bot.advice.advise import judge
from bot.advice.record import verdict_to_json
from bot.follow_ups.delivery.speaker import ReminderSpeaker
from bot.follow_ups.delivery.standing import standing_of
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.plans import Started
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Kind, Postponed, Utterance
from bot.reading import read_text, reading_to_json
from bot.services import Services
from bot.storage.model import InquiryRecord
from tests.bot.follow_ups.desk_of_follow_ups import MEI, TOM, FollowUpDesk, instant, known

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
WORDS = {
    "es": "Hola, necesitamos 5.000 unidades de panel LED 60x60, CIF Valparaíso. Pedro Gómez, Chile SA, Chile",
    "en": "We want to buy 2,000 pcs LED panel 60x60, CIF Hamburg. Your price?\nAnna Schmidt, ABC GmbH",
    "zh": "您好，我们需要 2000 个 LED 面板灯，报 CIF 汉堡价。王先生",
}


@pytest.fixture
def inquiry(desk: FollowUpDesk) -> InquiryRecord:
    return read_as(desk, WORDS["en"])


def read_as(desk: FollowUpDesk, words: str) -> InquiryRecord:
    """Return an inquiry that holds these words, read and judged."""
    record, reading = desk.inquiry(), read_text(words)
    verdict = judge(known(), reading)
    desk.inquiries.record_reading(record.id, reading_to_json(reading))
    desk.inquiries.record_verdict(
        record.id, verdict_to_json(verdict), verdict.type, verdict.confidence, verdict.language
    )
    return desk.again(record)


def said(services: Services, desk: FollowUpDesk, reminder: Reminder) -> Utterance:
    """Let time go on until a reminder is due, and return what is said."""
    desk.clock.ms = max(desk.clock.ms, reminder.due_at)
    row = desk.claim()
    assert row.id == reminder.id
    told = ReminderSpeaker(services).compose(row)
    desk.land(row, f"{desk.clock.ms / 1000:.6f}")
    assert told is not None
    for form in told.forms:
        assert message_problems([dict(block) for block in form.blocks]) == []
    return told


def text_of(told: Utterance) -> str:
    return json.dumps(told.forms[0].blocks, ensure_ascii=False)


def draft_in(told: Utterance) -> str:
    boxes = [
        element["elements"][0]["text"]
        for block in told.forms[0].blocks
        for element in block.get("elements", ())
        if element["type"] == "rich_text_preformatted"
    ]
    return str(boxes[0]) if boxes else ""


OPENINGS = {
    "new": ("new", 2 * DAY_MS, "you owe Anna Schmidt an answer: the inquiry came in 2 days ago."),
    "answered": ("answered", 3 * DAY_MS, "Anna Schmidt owes you an answer: you wrote 3 days ago."),
    "quoted": ("quoted", 3 * DAY_MS, "Anna Schmidt owes you an answer: your quotation went out 3 days ago."),
    "samples": ("sample_sent", 9 * DAY_MS, "owes you an answer: your samples went out 9 days ago."),
    "silent": ("silent", 9 * DAY_MS, "Anna Schmidt still owes you an answer: set to silent 9 days ago."),
    "fresh": ("quoted", HOUR_MS, "quotation for Anna Schmidt went out 1 hour ago; the answer is with them."),
    "won": ("won", DAY_MS, "you wanted to come back to Anna Schmidt. The inquiry has been set to “won”."),
}


@pytest.mark.parametrize(("state", "after_ms", "line"), OPENINGS.values(), ids=OPENINGS)
def test_the_first_line_says_who_owes_whom_since_when(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, state: str, after_ms: int, line: str
) -> None:
    if state != "new":
        desk.states.set_state(inquiry, state, MEI)
    reminder = desk.remind(inquiry, in_s=after_ms / 1000)
    told = said(services, desk, reminder)
    assert told.forms[0].text.startswith(f"<@{MEI}>, ")
    assert line in told.forms[0].text.partition("\n")[0]


def test_after_the_buyer_wrote_back_we_owe_the_answer(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    desk.states.set_state(inquiry, "quoted", MEI)
    desk.clock.ms += DAY_MS
    desk.states.buyer_replied(desk.again(inquiry), MEI)
    told = said(services, desk, desk.remind(inquiry, in_s=2 * 86_400))
    assert "you owe Anna Schmidt an answer: they wrote back 2 days ago." in told.forms[0].text


def test_a_person_is_named_without_their_title(desk: FollowUpDesk, services: Services) -> None:
    words = "Please quote 320 pcs gate valve DN80.\n\nIngrid Solheim\nPurchasing Manager\nFjordflow AS"
    told = said(services, desk, desk.remind(read_as(desk, words)))
    assert "you owe Ingrid Solheim an answer" in told.forms[0].text


def test_where_we_owe_the_draft_says_when_the_answer_comes_and_the_whole_one_opens(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    told = said(services, desk, desk.remind(inquiry))
    assert "you will have it by" in draft_in(told)
    pressed = [element for element in told.forms[0].blocks[-1]["elements"] if element["type"] == "button"]
    assert ("inquiry_draft_reply", str(inquiry.id)) in [(one["action_id"], one["value"]) for one in pressed]


def test_where_they_owe_no_answer_of_ours_is_offered(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    desk.states.set_state(inquiry, "quoted", MEI)
    told = said(services, desk, desk.remind(inquiry))
    assert "inquiry_draft_reply" not in str(told.forms[0].blocks)


@pytest.mark.parametrize(
    ("spoken", "greeting"), [("en", "Anna Schmidt"), ("es", "Pedro Gómez"), ("zh", "您好")]
)
def test_where_they_owe_the_draft_is_a_follow_up_in_the_buyers_language(
    desk: FollowUpDesk, services: Services, spoken: str, greeting: str
) -> None:
    inquiry = read_as(desk, WORDS[spoken])
    desk.states.set_state(inquiry, "quoted", MEI)
    told = said(services, desk, desk.remind(inquiry, in_s=3 * 86_400))
    assert greeting in draft_in(told)
    assert "do not just ask for news" in text_of(told)


@pytest.mark.parametrize(("plan", "count"), [("quote", 4), ("sample", 5)])
def test_each_step_of_a_plan_brings_its_own_advice_and_draft(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, plan: Any, count: int
) -> None:
    begun = desk.plans.start(inquiry, plan, owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    advised, drafts = set(), set()
    for step in begun.steps:
        reminder = desk.plans.next_step(begun.plan_id)
        assert reminder is not None
        told = said(services, desk, reminder)
        assert f"Step {step.number + 1} of {count} after the" in text_of(told)
        assert step.touch.says.en in text_of(told)
        assert "follow_up_stop_plan" in text_of(told)
        advised.add(step.touch.says.en)
        drafts.add(draft_in(told))
        desk.reminders.close(desk.reminder(reminder), MEI)
    assert len(advised) == len(drafts) == count


def test_a_step_that_left_its_day_says_why(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    desk.clock.ms = instant("2026-09-28 10:00")  # three days later is China's national day
    begun = desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    reminder = desk.plans.next_step(begun.plan_id)
    assert reminder is not None
    assert "moved from Thu 1 Oct" in text_of(said(services, desk, reminder))


def test_a_step_that_may_not_come_today_is_postponed(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    begun = desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    step = desk.plans.next_step(begun.plan_id)
    assert step is not None
    desk.clock.ms = step.due_at - HOUR_MS // 2
    desk.remind(inquiry, in_s=60)
    desk.clock.ms = step.due_at - 60_000
    desk.deliver()
    desk.clock.ms = step.due_at
    with pytest.raises(Postponed) as postponed:
        ReminderSpeaker(services).compose(desk.claim())
    assert postponed.value.due_at >= step.due_at + 20 * HOUR_MS
    assert postponed.value.then is not None
    postponed.value.then()
    assert desk.rows()[-1].kind == Kind.ADVICE_UPDATE


def test_only_a_step_with_later_ones_asks_when_the_samples_arrived(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    begun = desk.plans.start(inquiry, "sample", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    asked = []
    for _ in begun.steps:
        step = desk.plans.next_step(begun.plan_id)
        assert step is not None
        asked.append("When did the samples arrive?" in text_of(said(services, desk, step)))
    assert asked == [True, True, True, True, False]


def test_a_step_after_samples_shows_the_day_they_arrived(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    begun = desk.plans.start(inquiry, "sample", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    desk.plans.arrived(begun.plan_id, date(2026, 11, 27))
    step = desk.plans.next_step(begun.plan_id)
    assert step is not None
    assert '"initial_date": "2026-11-27"' in text_of(said(services, desk, step))


def test_a_late_one_says_how_late_and_sorry(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = desk.remind(inquiry)
    desk.clock.ms = reminder.due_at + 5 * HOUR_MS
    assert "Sorry, this reminder comes 5 hours late. It was due Wednesday" in text_of(
        said(services, desk, reminder)
    )


@pytest.mark.parametrize(
    ("asleep_s", "late"),
    [(1.0, ""), (25.0, "less than a minute"), (100.0, "1 minute")],
    ids=["on-the-dot", "seconds", "a-minute"],
)
def test_what_was_due_while_the_bot_was_down_says_that_it_comes_late(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, asleep_s: float, late: str
) -> None:
    reminder = desk.remind(inquiry)
    desk.clock.ms = reminder.due_at + round(asleep_s * 1000)
    told = said(services, desk, reminder)
    assert ("Sorry, this reminder comes" in text_of(told)) == bool(late)
    assert (f"\n⏱️ Sorry, {late} late." in told.forms[0].text) == bool(late)


def test_the_pace_of_a_full_channel_is_not_spoken_of(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder, speaker = desk.remind(inquiry), ReminderSpeaker(services)
    desk.clock.ms = reminder.due_at + 100_000
    told = speaker.compose(desk.claim())
    assert told is not None
    assert "late" not in text_of(told) + told.forms[0].text


def test_the_buyers_clock_is_shown_where_the_country_has_one(desk: FollowUpDesk, services: Services) -> None:
    germany = read_as(desk, WORDS["en"] + "\nCountry: Germany")
    told = text_of(said(services, desk, desk.remind(germany)))
    assert "Their time: Wed 04:00" in told  # 11:00 in Shanghai


def test_a_note_and_who_set_it_are_shown(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    told = text_of(said(services, desk, desk.remind(inquiry, by=TOM, note="ask for <!channel> the *logo*")))
    assert f"Set by <@{TOM}>" in told
    assert "the *logo*" in told
    assert "<!channel>" not in told


@pytest.mark.parametrize("plan", [None, "quote"])
def test_without_the_buyers_words_a_reminder_still_says_what_to_do(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, plan: Any
) -> None:
    reminder = desk.remind(inquiry)
    if plan:
        desk.reminders.cancel(reminder, MEI)
        begun = desk.plans.start(inquiry, plan, owner=MEI, by=MEI)
        assert isinstance(begun, Started)
        step = desk.plans.next_step(begun.plan_id)
        assert step is not None
        reminder = step
    desk.inquiries.erase(inquiry.id)
    told = said(services, desk, reminder)
    assert "the buyer" in told.forms[0].text
    assert "Anna" not in text_of(told)
    assert "👉" in text_of(told)
    assert draft_in(told)


def test_the_reminder_of_a_deleted_message_comes_all_the_same(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = desk.remind(inquiry)
    desk.inquiries.delete(inquiry.team, inquiry.channel, inquiry.ts)
    assert "Anna Schmidt" in said(services, desk, reminder).forms[0].text


def test_what_was_closed_meanwhile_is_not_said(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = desk.remind(inquiry)
    desk.clock.ms = reminder.due_at
    row = desk.claim()
    desk.states.set_state(desk.again(inquiry), "won", MEI)
    assert ReminderSpeaker(services).compose(row) is not None
    desk.claims.put_back(row, 0)
    desk.reminders.close(reminder, MEI)
    assert ReminderSpeaker(services).compose(row) is None


def test_where_a_warning_stands_there_is_no_draft(desk: FollowUpDesk, services: Services) -> None:
    inquiry = read_as(
        desk,
        "Our cheque covers more than the invoice for 2,000 pcs LED panel, kindly refund the difference to my "
        "agent. Anna Schmidt",
    )
    advice = services.advice_on(inquiry, "en")
    assert advice is not None
    assert advice.dangers
    told = said(services, desk, desk.remind(inquiry))
    assert draft_in(told) == ""
    assert "There is a warning on this inquiry" in text_of(told)


# what the advice card shows of it


def test_a_new_inquiry_has_nothing_standing(services: Services, inquiry: InquiryRecord) -> None:
    assert standing_of(services, inquiry, "en").lines == ()


def test_state_plan_and_next_reminder_stand_on_the_advice_card(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    for hours in (48, 24):
        desk.remind(inquiry, in_s=hours * 3600)
    state, plan, reminder = standing_of(services, desk.again(inquiry), "en").lines
    assert state.startswith("*quotation sent* since Wed 25 Nov 10:00 (")
    assert plan == f"📅 Next: Step 1 of 4 after the quotation, Mon 30 Nov 09:00 (Asia/Shanghai), <@{MEI}>"
    assert reminder == f"⏰ Thu 26 Nov 10:00 (Asia/Shanghai), <@{MEI}>, and 1 more"


def test_that_the_buyer_wrote_back_stands_beside_the_state(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    desk.states.set_state(inquiry, "quoted", MEI)
    desk.states.buyer_replied(desk.again(inquiry), MEI)
    assert "the buyer wrote back" in standing_of(services, desk.again(inquiry), "en").lines[0]
