"""What stands behind a message of the bot: the calls that made it, and why it was judged so."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.advice.record import verdict_from_json
from bot.advice.speaker import EVENT_TYPE
from bot.advice.wording import emoji_of, type_name
from bot.local_slack import LocalSlack
from bot.local_slack.model import Json
from bot.local_slack.web_api import Call
from bot.reading import reading_from_json
from bot.reading.model import Reading
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import Sign, Verdict

# method -> where its answer holds the ts of the message
SPEAKING: Final = {"chat.postMessage": "ts", "chat.update": "ts", "chat.postEphemeral": "message_ts"}
STRUCTURED: Final = ("blocks", "metadata")  # forms carry them as JSON text


def inspect(slack: LocalSlack, services: Services, channel: str, ts: str, language: Language) -> Json:
    """Return `calls` (oldest first; none are known from before a restart) and `why`.

    `why` is None for what is no advice, was never judged, or whose words are erased. The offsets of its signs
    count characters of the text, subject or sender line that `where` names.
    """
    calls = sorted(_calls(slack, channel, ts), key=lambda call: call["at_ms"])
    record = _inquiry(slack, services, channel, ts)
    return {"calls": calls, "why": _why(services.knowledge, record, language) if record else None}


# calls


def _calls(slack: LocalSlack, channel: str, ts: str) -> Iterator[Json]:
    for method, key in SPEAKING.items():
        for call in slack.calls(method):
            if call.answer.get(key) == ts and _channel_of(call) == channel:
                yield {"method": method, "body": _body(call), "at_ms": _at_ms(call, ts)}


def _channel_of(call: Call) -> object:
    # A message to a person's id lands in a direct message, which only the answer names.
    return call.answer.get("channel") or call.args.get("channel")


def _body(call: Call) -> Json:
    return {key: _structured(key, value) for key, value in call.args.items() if key != "token"}


def _structured(key: str, value: Any) -> Any:
    return json.loads(value) if key in STRUCTURED and isinstance(value, str) and value else value


def _at_ms(call: Call, ts: str) -> int:
    edited: Mapping[str, str] = (call.answer.get("message") or {}).get("edited") or {}
    return round(float(edited.get("ts", ts)) * 1000)


# reasons


def _inquiry(slack: LocalSlack, services: Services, channel: str, ts: str) -> InquiryRecord | None:
    """Return the inquiry that a message is the advice on."""
    found = [message for message in _messages(slack, channel) if message["ts"] == ts]
    metadata = found[0].get("metadata") or {} if found else {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    written = str(metadata.get("event_payload", {}).get("inquiry_id", ""))
    return services.inquiries.get(int(written)) if written.isdecimal() else None


def _messages(slack: LocalSlack, channel: str) -> tuple[Json, ...]:
    return slack.messages(channel) if channel in slack.workspace.channels else ()


def _why(knowledge: Knowledge, record: InquiryRecord, language: Language) -> Json | None:
    if not (record.reading and record.verdict):
        return None
    verdict, reading = verdict_from_json(record.verdict), reading_from_json(record.reading)
    corrected = record.corrected_type
    return {
        **_words(reading),
        "type": verdict.type,
        "name": type_name(knowledge, verdict.type, language),
        "emoji": emoji_of(knowledge, verdict.type),
        "corrected_to": type_name(knowledge, corrected, language) if corrected else None,
        "confidence": verdict.confidence,
        "scores": _scores(knowledge, verdict, language),
        "signs": [_sign(knowledge, sign, language) for sign in verdict.signs],
        "warnings": [
            {"severity": one.severity, "says": one.says.in_(language), "evidence": one.evidence}
            for one in verdict.warnings
        ],
    }


def _words(reading: Reading) -> Json:
    return {"text": reading.text, "subject": reading.subject, "sender": reading.sender}


def _scores(knowledge: Knowledge, verdict: Verdict, language: Language) -> Json:
    return {
        label: {"name": type_name(knowledge, label, language), "probability": probability}
        for label, probability in verdict.ranked
    }


def _sign(knowledge: Knowledge, sign: Sign, language: Language) -> Json:
    return {
        "id": sign.id,
        "type": sign.type,
        "type_name": type_name(knowledge, sign.type, language),
        "says": sign.says.in_(language),
        "quote": sign.quote,
        "start": sign.start,
        "end": sign.end,
        "weight": sign.weight,
        "where": sign.where,
    }
