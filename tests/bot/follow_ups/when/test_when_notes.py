import pytest

from bot.follow_ups.when import Doubtful, Understood

NOTES = [
    ("3d", "3d", ""),
    ("3d: ask", "3d", "ask"),
    ("3d - ask", "3d", "ask"),
    ("3d, to ask", "3d", "ask"),
    ("in 3 days, remind me to ask", "3 days", "ask"),
    ("remind me tomorrow 9am to call Anna", "tomorrow 9am", "call Anna"),
    ("please remind me in 2h that the boat leaves", "2h", "the boat leaves"),
    ("tomorrow - 3pm - ask", "tomorrow - 3pm", "ask"),
    ("tomorrow the buyer arrives at 3pm", "tomorrow", "the buyer arrives at 3pm"),
    ("tomorrow on time delivery", "tomorrow", "on time delivery"),
    ("set reminder for friday 10am: call", "friday 10am", "call"),
    ("snooze 2h", "2h", ""),
    ("tomorrow about the price", "tomorrow", "about the price"),
    ("3d -5% discount", "3d", "-5% discount"),
    ("tomorrow to-do list", "tomorrow", "to-do list"),
    ("tomorrow Tomatoes", "tomorrow", "Tomatoes"),
    ("“tomorrow 9am” ask", "tomorrow 9am", "ask"),
    ("*3d* ask", "3d", "ask"),
    ('tomorrow "urgent" ask', "tomorrow", '"urgent" ask'),
    ("tomorrow\u00a09am\u3000ask", "tomorrow\u00a09am", "ask"),
    ("\u200b3d\u200b ask", "3d", "ask"),
    ("tomorrow 9am\nask for:\n- price", "tomorrow 9am", "ask for:\n- price"),
    ("tomorrow 9am Ask ABOUT Fine Print", "tomorrow 9am", "Ask ABOUT Fine Print"),
    ("Friday 12/24 shipment", "Friday", "12/24 shipment"),
    ("Fri 12/4 10am shipment", "Fri 12/4 10am", "shipment"),
    ("Friday 10-12 cartons", "Friday", "10-12 cartons"),
    ("tomorrow 2000 pcs", "tomorrow", "2000 pcs"),
    ("tomorrow at 9 30 samples", "tomorrow at 9", "30 samples"),
    ("tomorrow 930 pcs", "tomorrow", "930 pcs"),
    ("Monday week 48 shipment", "Monday", "week 48 shipment"),
    ("tomorrow week 50 orders", "tomorrow", "week 50 orders"),
    ("15 jan 27 samples", "15 jan", "27 samples"),
    ("tomorrow Tom calls", "tomorrow", "Tom calls"),
    ("12.24号样品", "12.24", "号样品"),
    ("Dec 24 2 samples arrive", "Dec 24", "2 samples arrive"),
    ("3天后，问样品", "3天后", "问样品"),
    ("3d后 问样品", "3d后", "问样品"),
    ("周四下午3点到4点开会", "周四下午3点到4点", "开会"),
    ("下周一上午10点提醒一下小王", "下周一上午10点", "提醒一下小王"),
    ("帮我设个明天9点的提醒", "明天9点", ""),
    ("3天后：请提醒我问样品", "3天后", "问样品"),
    ("明天提醒客户付款", "明天", "提醒客户付款"),
    ("明天请款", "明天", "请款"),
    ("明天9点的时候问样品", "明天9点的时候", "问样品"),
    ("下周三个客户来访", "下周", "三个客户来访"),
    ("这周一定要问", "这周", "一定要问"),
    ("后天下午給客戶發報價", "后天下午", "給客戶發報價"),
    ("12月5个样品到", "12月", "5个样品到"),
    ("周五（12月4日）问样品", "周五（12月4日）", "问样品"),
    ("3天后 晚的", "3天后", "晚的"),
    ("明天早会后打电话", "明天", "早会后打电话"),
    ("明天晚会前打电话", "明天", "晚会前打电话"),
    ("明天 中午饭后打电话", "明天", "中午饭后打电话"),
    ("明天中午打电话", "明天中午", "打电话"),
    ("明晚的会议", "明晚的", "会议"),
    ("明天早上会见客户", "明天早上", "会见客户"),
    ("3d after chatter", "3d", "after chatter"),
    ("- 3d ask", "3d", "ask"),
    ("tomorrow 9:30 25:00", "tomorrow 9:30", "25:00"),
    ("12月1日，周二，问样品", "12月1日，周二", "问样品"),
]


@pytest.mark.parametrize(("typed", "taken", "note"), NOTES, ids=[repr(typed) for typed, *_ in NOTES])
def test_the_rest_is_the_note_as_it_was_typed(say, typed: str, taken: str, note: str) -> None:
    heard = say(typed)
    assert isinstance(heard, Understood)
    assert (heard.taken, heard.note) == (taken, note)


@pytest.mark.parametrize("typed", ["next Friday", "5", "every Monday", "today 9am", "3000d", "31 Nov"])
def test_a_note_survives_a_question(say, typed: str) -> None:
    heard = say(f"{typed} ask about 12/24")
    assert isinstance(heard, Doubtful)
    assert heard.note == "ask about 12/24"


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("３天後", "3天后"),
        ("大後天下午三點", "大后天下午3点"),
        ("下個禮拜五", "下个礼拜五"),
        ("兩個星期後", "两个星期后"),
        ("半個鐘頭後", "半个钟头后"),
        ("聖誕節後", "圣诞节后"),
        ("１２月１日", "12月1日"),
        ("TOMORROW AT 9AM", "tomorrow at 9am"),
        ("2 weeks’ time", "2 weeks' time"),
        ("1½ hours", "1.5 hours"),
        ("tommorow", "tomorrow"),
        ("tmrw", "tomorrow"),
        ("wendesday", "wednesday"),
        ("febuary 3", "february 3"),
    ],
)
def test_spelling_does_not_matter(say, typed: str, like: str) -> None:
    heard, plain = say(typed), say(like)
    assert isinstance(heard, Understood)
    assert heard.due_at == plain.due_at


@pytest.mark.parametrize(
    "typed",
    [
        " " * 60_000,
        "1" * 60_000,
        "tomorrow " + "(" * 60_000,
        "a " * 30_000,
        "remind me " * 6_000,
        "\u200b" * 60_000 + "3d",
        "at " * 20_000,
        "3d" + " and" * 15_000,
        "一" * 60_000,
        "1-" * 30_000,
        "1h" * 30_000,
        "下" * 60_000,
        "every " * 10_000,
        "每" * 60_000,
        "tomorrow " + "x" * 60_000,
    ],
    ids=lambda typed: repr(typed[:14]),
)
@pytest.mark.timeout(20)
def test_hostile_texts_are_answered_at_once(say, typed: str) -> None:
    heard = say(typed)
    assert typed.endswith(getattr(heard, "note", ""))
