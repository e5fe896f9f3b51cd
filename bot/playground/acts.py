"""What a person does on the page, done by that person in the workspace."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot import texts
from bot.local_slack.interactions import Outcome
from bot.local_slack.model import Json, Mail, Refused, thread_of
from bot.local_slack.persons import Person
from bot.playground import samples
from bot.playground.house import Office
from bot.playground.snapshot import ACTORS, channels_of, language_of
from bot.settings import Settings
from bot.texts import Language

Upload = tuple[str, bytes]  # name, content

LONGEST_MESSAGE: Final = 12_000  # characters; Slack's composer makes a snippet of what is longer
LONGEST_TEXT: Final = 1_000_000
LARGEST_FILE: Final = 25 * 2**20

_TROUBLES: Final = {
    "invalid_command": "unknown_command",
    "not_in_thread": "no_command_in_thread",
    "operation_timeout": "bot_silent",
    "dispatch_failed": "bot_silent",
    "invalid_shortcut": "unknown_shortcut",
}
_REFUSALS: Final = {
    "channel_not_found": "no_channel",
    "message_not_found": "no_message",
    "cant_update_message": "not_yours_to_edit",
    "cant_delete_message": "not_yours_to_delete",
    "no_such_element": "form_changed",
    "no_such_option": "form_changed",
    "user_not_found": "no_person",
}


class NotDone(Exception):
    """What was asked for cannot be done; `key` names the sentence under [playground.says]."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Act:
    """One deed: who, where, and the fields that came with it."""

    office: Office
    person: Person
    language: Language
    fields: Mapping[str, Any]

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a field that holds text; raises NotDone where it does not."""
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise NotDone("bad_request", field=name)
        return value

    def channel(self, name: str = "channel") -> str:
        """Return the id of a conversation this person sees."""
        wanted = self.text(name)
        if wanted not in {one.id for one in channels_of(self.office.slack, self.person.user)}:
            raise NotDone("no_channel")
        return wanted

    def message(self, name: str = "ts") -> Json:
        """Return a message of the conversation, or what only this person sees there; raises Refused."""
        channel, ts = self.channel(), self.text(name)
        for one in self.person.ephemerals:
            if (one["channel"], one["ts"]) == (channel, ts):
                return one
        message: Json = self.office.slack.message({"channel": channel, "ts": ts})
        return message

    def thread(self) -> Json | None:
        """Return the message that begins the thread this is said in, if it is said in one; raises Refused."""
        if not self.fields.get("thread_ts"):
            return None
        place = {"channel": self.channel(), "ts": self.text("thread_ts")}
        begins = thread_of(self.office.slack.message(place))
        return self.office.slack.message({**place, "ts": begins})

    def view(self) -> Json:
        """Return the modal or home tab that stands open."""
        wanted = self.text("view_id")
        views: list[Json] = [*self.office.slack.views.stack(self.person.id), self.person.home or {}]
        for view in views:
            if view.get("id") == wanted:
                return view
        raise NotDone("form_changed")

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return what stands in a form, by block id and action id."""
        values = self.fields.get("values") or {}
        if not isinstance(values, Mapping) or not all(isinstance(one, Mapping) for one in values.values()):
            raise NotDone("bad_request", field="values")
        return {block_id: dict(block) for block_id, block in values.items()}


def why_refused(refused: Refused) -> NotDone:
    """Return what to tell a person whom the workspace refuses something."""
    return NotDone(_REFUSALS.get(refused.code, "refused"), code=refused.code)


def do(office: Office, settings: Settings, fields: Mapping[str, Any]) -> Json:
    """Do what `fields` ask for and return what came of it; raises NotDone, and Refused by the workspace."""
    act = Act(office, *who(office, settings, fields.get("as")), fields)
    deed = _DEEDS.get(act.text("act"))
    if deed is None:
        raise NotDone("bad_request", field="act")
    return deed(act)


def upload(office: Office, settings: Settings, fields: Mapping[str, Any], files: Iterable[Upload]) -> Json:
    """Let the person upload files; raises NotDone for one that is empty or too large, and for none."""
    act = Act(office, *who(office, settings, fields.get("as")), fields)
    brought = [_checked(Path(name).name or "file", raw) for name, raw in files]
    if not brought:
        raise NotDone("no_file")
    comment = act.text("comment", default="").strip()
    return _shown(act.person.uploads(act.channel(), *brought, comment=comment, thread=act.thread()))


def who(office: Office, settings: Settings, name: object) -> tuple[Person, Language]:
    """Return the person acted as and their language; raises Refused for a name nobody has."""
    if name not in ACTORS:
        raise Refused("user_not_found")
    person = office.slack.person(str(name))
    return person, language_of(person.user, settings)


def _type(act: Act) -> Json:
    text = _written(act.text("text"))
    if len(text) > LONGEST_MESSAGE:
        return _shown(act.person.pastes_snippet(act.channel(), text, thread=act.thread()))
    return _shown(act.person.types(act.channel(), text, thread=act.thread()))


def _edit(act: Act) -> Json:
    text = _written(act.text("text"))
    if len(text) > LONGEST_MESSAGE:
        raise NotDone("too_long", most=LONGEST_MESSAGE)
    return _shown(act.person.edits(act.message(), text))


def _delete(act: Act) -> Json:
    act.person.deletes(act.message())
    return {}


def _forward(act: Act) -> Json:
    return _shown(
        act.person.forwards(act.message(), act.channel("to"), act.text("comment", default="").strip())
    )


def _command(act: Act) -> Json:
    line = act.text("line").strip()
    outcome = act.person.runs(line, act.channel(), in_thread=bool(act.fields.get("thread_ts")))
    return _seen(act, outcome, command=line.partition(" ")[0])


def _shortcut(act: Act) -> Json:
    return _seen(act, act.person.uses_shortcut(act.text("callback_id"), act.message()))


def _click(act: Act) -> Json:
    action_id, block_id = act.text("action_id"), act.text("block_id", default="")
    return _seen(act, act.person.clicks(act.message(), action_id, act.fields.get("value"), block_id=block_id))


def _click_view(act: Act) -> Json:
    action_id, block_id = act.text("action_id"), act.text("block_id")
    values = act.answers()
    if act.fields.get("value") is not None:
        values.setdefault(block_id, {})[action_id] = act.fields["value"]
    return _seen(act, act.person.clicks_in(act.view(), action_id, values, block_id=block_id))


def _submit(act: Act) -> Json:
    return _seen(act, act.person.submits(act.view(), act.answers()))


def _close(act: Act) -> Json:
    return _seen(act, act.person.closes(act.view()))


def _open_home(act: Act) -> Json:
    act.person.opens_home()
    return {}


def _email(act: Act) -> Json:
    sender, subject = act.text("from").strip(), act.text("subject", default="").strip()
    if not sender:
        raise NotDone("no_sender")
    mail = Mail(sender, subject, _written(act.text("body")))
    _meet(act)
    return _shown(act.office.slack.email_to(act.channel(), mail))


def _sample(act: Act) -> Json:
    _meet(act)
    return _shown(samples.put(act.text("id"), act.channel(), act.person, act.office.slack))


def _meet(act: Act) -> None:
    """Let the bot know who is at the desk: an email comes from nobody whose language it could ask for."""
    act.office.running.services.people.profile(act.office.slack.here.team, act.person.id)


_DEEDS: Final[Mapping[str, Callable[[Act], Json]]] = {
    "type": _type,
    "edit": _edit,
    "delete": _delete,
    "forward": _forward,
    "command": _command,
    "shortcut": _shortcut,
    "click": _click,
    "click_view": _click_view,
    "submit": _submit,
    "close": _close,
    "open_home": _open_home,
    "email": _email,
    "sample": _sample,
}


def _written(text: str) -> str:
    if not text.strip():
        raise NotDone("empty")
    if len(text) > LONGEST_TEXT:
        raise NotDone("too_long", most=LONGEST_TEXT)
    return text


def _checked(name: str, raw: bytes) -> Upload:
    if not raw:
        raise NotDone("empty_file", name=name)
    if len(raw) > LARGEST_FILE:
        raise NotDone("too_large", most=LARGEST_FILE // 2**20)
    return name, raw


def _shown(message: Any) -> Json:
    return {"channel": message["channel"], "ts": message["ts"]} if isinstance(message, Mapping) else {}


def _seen(act: Act, outcome: Outcome, **values: object) -> Json:
    if outcome.trouble == "required":
        says = texts.load().say("playground.says.required", act.language)
        return {"errors": dict.fromkeys(outcome.errors, says)}
    if outcome.errors:
        return {"errors": dict(outcome.errors)}
    if outcome.trouble:
        raise NotDone(_TROUBLES.get(outcome.trouble, "bot_silent"), trouble=outcome.trouble, **values)
    return {}
