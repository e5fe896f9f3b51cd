"""The buyer's own words, taken out of whatever they were wrapped in."""

from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """What kind of wrapping the words came in; it decides what may be concluded from it."""

    TEXT = "text"  # typed or pasted
    ORIGINAL_MAIL = "original_mail"  # an .eml/.msg or attached original: its headers are the buyer's
    SLACK_MAIL = "slack_mail"  # Slack's email file: few headers, of whoever sent to the channel
    FORWARD = "forward"  # a forward inside a text or mail: outer headers are a colleague's
    PLATFORM = "platform"  # a trade platform's notification


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with the mail; named, never opened."""

    name: str
    mimetype: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """One inquiry, read.

    `text` is what the classifier judges and quotes; offsets of signs point into it.
    `notes` are keys under `reading.` in the texts ("cut", "headers_not_available", …) that the card
    says in a sentence each.
    """

    text: str
    origin: Origin = Origin.TEXT
    subject: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    sent_at: str | None = None  # the Date line as written
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # of an original mail only

    @property
    def sender(self) -> str | None:
        """Return the buyer as a From line shows a person, "Name <address>"; None when unknown."""
        if self.sender_name and self.sender_email:
            return f"{self.sender_name} <{self.sender_email}>"
        return self.sender_email or self.sender_name
