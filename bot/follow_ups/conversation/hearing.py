"""Reads times as people say them; what hangs on a time zone nobody knows is not read at all."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.when import Heard, NotATime, Understood, read_when

# No clocks are further apart, and neither place ever changes them.
_FAR_APART = (ZoneInfo("Etc/GMT-14"), ZoneInfo("Etc/GMT+11"))


def hear(caller: Caller, words: str) -> Heard | str:
    """Return what words say about time; a sentence when only their zone, which nobody knows, could tell."""
    heard = read_when(words, caller.asker)
    if caller.reader.is_zone_known or isinstance(heard, NotATime):
        return heard
    if isinstance(heard, Understood) and _is_span(caller, words, heard):
        return replace(heard, instead=())  # which days are free there is not known either
    return caller.no_zone(caller.user)


def _is_span(caller: Caller, words: str, heard: Understood) -> bool:
    """Tell whether words mean the same moment everywhere: "10s", "3d"."""
    elsewhere = (read_when(words, replace(caller.asker, zone=zone)) for zone in _FAR_APART)
    return all(isinstance(one, Understood) and one.due_at == heard.due_at for one in elsewhere)
