"""Speaks a single sentence in a thread."""

from bot.advice.limits import MESSAGE_TEXT
from bot.outbox.model import Form, Row, Utterance

EVENT_TYPE = "inquiry_note"


class NoteSpeaker:
    """Says what stands in the row as `text`: mrkdwn of our own, already escaped and in the right language."""

    def compose(self, row: Row) -> Utterance | None:
        """Return the note; None when there is nothing in it."""
        text = str(row.payload.get("text", ""))[:MESSAGE_TEXT]
        if not text:
            return None
        about = {"inquiry_id": str(row.inquiry_id)} if row.inquiry_id is not None else {}
        return Utterance(forms=(Form(text),), event_type=EVENT_TYPE, event_payload=about)

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Nothing is kept beside the delivery itself."""
