"""Takes the buyer's own words out of mails, forwards and files."""

from bot.reading.as_json import reading_from_json, reading_to_json
from bot.reading.files import read_file
from bot.reading.mail import read_mail
from bot.reading.model import Attachment, Origin, Reading
from bot.reading.received import read_received
from bot.reading.text import read_text

__all__ = [
    "Attachment",
    "Origin",
    "Reading",
    "read_file",
    "read_mail",
    "read_received",
    "read_text",
    "reading_from_json",
    "reading_to_json",
]
