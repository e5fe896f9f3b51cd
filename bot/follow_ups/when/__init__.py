"""When, in words: "tomorrow 9am ask about the samples", 下周二上午9点 问样品.

The longest time at the beginning is the time, the rest is the note; nothing inside the note is ever taken.
English and Chinese are understood, each and mixed, in the asker's zone. What is past, has two readings, names
no unit or comes again and again is not set but asked about.
"""

from bot.follow_ups.when.model import (
    Asker,
    Doubtful,
    Heard,
    NotATime,
    Remark,
    Understood,
    WorkingCalendar,
)
from bot.follow_ups.when.reading import read_when
from bot.follow_ups.when.wording import remark_says, why_says

__all__ = [
    "Asker",
    "Doubtful",
    "Heard",
    "NotATime",
    "Remark",
    "Understood",
    "WorkingCalendar",
    "read_when",
    "remark_says",
    "why_says",
]
