"""The gallery: invented inquiries, one file each in `samples/`, and how each is put into a channel.

A sample is a TOML file with its titles, the type a careful reader gives it, and its words; one that arrives
as a mail file names the .eml beside it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.local_slack import LocalSlack, Mail
from bot.local_slack.model import Json, Refused
from bot.local_slack.persons import Person
from bot.texts import Language
from knowledge.model import Bilingual

Kind = Literal["message", "email", "file", "forward"]

FOLDER = Path(__file__).parent / "samples"
ELSEWHERE = "#random"  # the bot is not there: nothing is said about the original of a forward
COLLEAGUES = ("david", "emma")  # who wrote or pasted what is forwarded


@dataclass(frozen=True, slots=True)
class Sample:
    """One inquiry of the gallery."""

    id: str  # the file's name without its ending; files sort in the order of the gallery
    type: str  # what a careful reader calls it, or "unclear"
    language: str  # ISO 639-1, of the buyer's words
    kind: Kind
    title: Bilingual
    about: Bilingual
    text: str = ""  # of a message, an email or a forward
    sender: str = ""  # of an email, as a From line shows it
    subject: str = ""  # of an email
    attachments: tuple[str, ...] = ()  # names of an email's attachments
    file: str = ""  # name of the mail file
    comment: str = ""  # of the colleague who forwards or uploads
    also: tuple[str, ...] = ()  # other types that a careful reader could defend

    @property
    def file_name(self) -> str:
        """Return the mail file's name as the salesperson has it, without its place in the gallery."""
        return self.file.partition("-")[2]

    def raw(self) -> bytes:
        """Return the bytes of the mail file."""
        return (FOLDER / self.file).read_bytes()


@cache
def gallery() -> Mapping[str, Sample]:
    """Return the samples by id, in the order of the gallery; read once."""
    return {path.stem: _sample(path) for path in sorted(FOLDER.glob("*.toml"))}


def samples(language: Language) -> list[Json]:
    """Return what the page shows of each sample."""
    return [
        {
            "id": sample.id,
            "title": sample.title.in_(language),
            "about": sample.about.in_(language),
            "language": sample.language,
            "kind": sample.kind,
        }
        for sample in gallery().values()
    ]


def put(sample_id: str, channel: str, person: Person, slack: LocalSlack) -> Json:
    """Let a sample arrive in a channel, by `person` or as an email; raises sample_not_found."""
    sample = gallery().get(sample_id)
    if sample is None:
        raise Refused("sample_not_found")
    match sample.kind:
        case "email":
            mail = Mail(sample.sender, sample.subject, sample.text, attachments=sample.attachments)
            return slack.email_to(channel, mail)
        case "file":
            upload = (sample.file_name, sample.raw())
            return person.uploads(channel, upload, comment=sample.comment)
        case "forward":
            return person.forwards(_original(slack, person, sample), channel, sample.comment)
        case "message":
            return person.types(channel, sample.text)


def _original(slack: LocalSlack, person: Person, sample: Sample) -> Json:
    """Have a colleague post what is forwarded, where the bot does not look."""
    author = next(name for name in COLLEAGUES if name != person.user.name)
    return slack.person(author).types(ELSEWHERE, sample.text)


def _sample(path: Path) -> Sample:
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    shaped = {
        "title": Bilingual(**told["title"]),
        "about": Bilingual(**told["about"]),
        "attachments": tuple(told.get("attachments", ())),
        "also": tuple(told.get("also", ())),
        "text": told.get("text", "").strip(),
    }
    return Sample(id=path.stem, **(told | shaped))
