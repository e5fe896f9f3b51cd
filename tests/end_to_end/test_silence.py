"""What the bot does not answer. Each test ends with an inquiry whose advice shows that the bot listens."""

from collections.abc import Callable

import pytest

from tests.end_to_end.office import INQUIRY, Message, Office


def is_listening(office: Office) -> None:
    office.only_advice(office.emma.types("#inquiries", INQUIRY))


def said_by_bot(office: Office, channel: str = "#inquiries") -> list[str]:
    bot = office.slack.here.bot
    return [m["ts"] for m in office.slack.messages(channel) if m.get("bot_id") == bot]


def chatter_in_thread(office: Office) -> None:
    message = office.mei.types("#inquiries", INQUIRY)
    office.only_advice(message)
    office.emma.replies(message, "Do we have stock of 600x600?")
    office.mei.replies(message, "Yes, quote him CIF today please", broadcast=True)
    office.emma.uploads("#inquiries", ("quotation.txt", b"USD 9.40"), thread=office.slack.message(message))
    office.settle()
    assert len(office.slack.thread(message)) == 4


QUIET: dict[str, Callable[[Office], object]] = {
    "other-channel": lambda o: o.mei.types("#general", INQUIRY),
    "modern-bot": lambda o: o.slack.other_app_posts("#inquiries", INQUIRY),
    "webhook": lambda o: o.slack.other_app_posts("#inquiries", INQUIRY, is_webhook=True),
    "topic": lambda o: o.mei.sets_topic("#inquiries", "All inquiries go here: price, samples, MOQ"),
    "leave-and-join": lambda o: (o.mei.leaves("#inquiries"), o.mei.joins("#inquiries")),
    "bot-invited": lambda o: o.mei.invites_bot("#random"),
    "bot-kicked": lambda o: o.slack.feed.leave("#random", o.slack.here.bot_user),
    "home": lambda o: o.mei.opens_home(),
    "file-elsewhere": lambda o: o.mei.uploads("#general", ("inquiry.txt", INQUIRY.encode())),
    "forward-elsewhere": lambda o: o.mei.forwards(o.mei.types("#random", INQUIRY), "#general"),
}


@pytest.mark.parametrize("what", QUIET)
def test_it_is_passed_over_in_silence(office: Office, what: str) -> None:
    is_listening(office)
    before, known = said_by_bot(office) + said_by_bot(office, "#general"), office.inquiries()
    QUIET[what](office)
    office.settle()
    assert said_by_bot(office) + said_by_bot(office, "#general") == before
    assert office.inquiries() == known
    is_listening(office)


def test_colleagues_talk_in_an_inquirys_thread_undisturbed(office: Office) -> None:
    chatter_in_thread(office)
    is_listening(office)


def changes_nothing(office: Office, change: Callable[[Message], object]) -> None:
    message = office.mei.types("#inquiries", f"{INQUIRY}\nhttps://alnoor-trading.ae")
    advice = office.only_advice(message)
    updates = len(office.slack.calls("chat.update"))
    change(message)
    office.settle()
    assert len(office.slack.calls("chat.update")) == updates
    assert office.only_advice(message)["blocks"] == advice["blocks"]


def test_an_unfurled_link_changes_nothing(office: Office) -> None:
    changes_nothing(office, lambda m: office.slack.unfurls(m, "https://alnoor-trading.ae", "Al Noor"))


def test_a_counter_on_the_message_changes_nothing(office: Office) -> None:
    changes_nothing(office, office.slack.touches)


def test_an_edit_that_leaves_the_text_alone_changes_nothing(office: Office) -> None:
    changes_nothing(office, lambda m: office.mei.edits(m, f"{INQUIRY}\nhttps://alnoor-trading.ae"))


def test_the_bot_does_not_answer_itself(office: Office) -> None:
    direct = office.mei.types("@bot", INQUIRY)
    office.only_advice(direct)
    own = [d for d in office.slack.dispatcher.deliveries if d.payload["event"].get("bot_id")]
    assert own, "the bot's own posts were told to it"
    assert all(d.is_done for d in own)
    assert len(office.slack.thread(direct)) == 1
