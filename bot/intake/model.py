"""What arrived from Slack, freed of Slack's own markup and shapes; plain data that survives a restart."""

from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    """The way an inquiry came in."""

    MESSAGE = "message"
    FORWARD = "forward"
    EMAIL = "email"
    FILE = "file"
    MENTION = "mention"
    DIRECT_MESSAGE = "direct_message"
    SHORTCUT = "shortcut"


@dataclass(frozen=True, slots=True)
class SlackMail:
    """An email as Slack's own mail reader shows it on a file of `mode` email."""

    subject: str | None
    sender: str | None  # as the From line shows it: "Name <address>"
    plain_text: str
    simplified_html: str
    has_more: bool  # the texts above are cut; the whole stands at the file's URL, as HTML
    date: str | None
    message_id: str | None
    reply_to: str | None
    attachments: tuple[str, ...]  # names of the mail's own attachments


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file on a Slack message; its bytes are fetched when the inquiry is read, not when it arrives."""

    id: str
    name: str
    mimetype: str
    filetype: str
    mode: str  # hosted, snippet, email, external, tombstone, hidden_by_limit, file_access, …
    size: int  # bytes, as Slack says
    url: str | None  # url_private_download, else url_private
    is_external: bool  # the URL is not Slack's: no token may go there
    file_access: str  # visible, check_file_info, access_denied, …
    mail: SlackMail | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """Everything one Slack message brought, decoded from mrkdwn."""

    text: str  # typed or pasted; a colleague's comment when something is forwarded or uploaded with it
    forwarded: tuple[str, ...] = ()  # texts of shared Slack messages
    files: tuple[SlackFile, ...] = ()  # uploaded, mailed, or hanging at a shared message
    # The words stand in the message (channel, ts) itself and are still to be fetched from Slack, with
    # `received_of` on what it returns: somebody mentioned the bot in a thread without a word of their own.
    is_elsewhere: bool = False
    edited_ts: str = ""  # when it was last edited, as Slack writes moments: edits may arrive out of order

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing in it that could be an inquiry."""
        return not (self.text.strip() or self.forwarded or self.files)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One Slack message that is an inquiry, and where to answer it."""

    team: str
    channel: str
    ts: str  # (team, channel, ts) is the inquiry's identity
    thread_ts: str  # the thread the advice goes to
    via: Via
    posted_by: str | None  # Slack user id; None for an email
    received: Received


@dataclass(frozen=True, slots=True)
class Edit:
    """A message whose words or files were changed; `ts` is the message's own, not the change's."""

    channel: str
    ts: str
    received: Received


@dataclass(frozen=True, slots=True)
class Deletion:
    """A message that is gone."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A message in a thread: talk among colleagues, or the buyer's next mail brought there."""

    team: str
    channel: str
    ts: str
    thread_ts: str
    posted_by: str | None
    received: Received
