"""What people set off: commands, shortcuts, clicks, modals. Each returns what its person then sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local_slack import payloads
from bot.local_slack.delivery import Ack, Dispatcher
from bot.local_slack.elements import answer_of, chosen_in, find, left_empty, state_of
from bot.local_slack.model import Channel, Json, Refused, User
from bot.local_slack.mrkdwn import escaped
from bot.local_slack.parts import Parts
from bot.local_slack.responses import ResponseUrls


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the person sees at once. `trouble` is the client's own complaint, None when all went well."""

    trouble: str | None = None
    shown: Json | None = None  # a command's immediate answer
    errors: Mapping[str, str] = field(default_factory=dict)  # of a modal, by block id


class Interactions:
    """Turns people's deeds into payloads, and the bot's answers into what people see."""

    def __init__(self, parts: Parts, dispatcher: Dispatcher, responses: ResponseUrls) -> None:
        self._parts = parts
        self._here = parts.here
        self._dispatcher = dispatcher
        self._responses = responses

    def run(self, user: User, channel: Channel, line: str, *, in_thread: bool = False) -> Outcome:
        """Run a slash command; Slack's client knows none of an app's in a thread."""
        name, _, text = line.strip().partition(" ")
        if name not in self._here.commands:
            return Outcome(trouble="invalid_command")
        if in_thread:
            return Outcome(trouble="not_in_thread")
        url = self._responses.issue(channel.id, user.id)
        trigger = self._parts.triggers.issue(user.id)
        payload = payloads.command(
            self._here, user, channel, name, self._sent(name, text.strip()), trigger, url
        )
        ack = self._dispatcher.ask("slash_commands", payload, wants_answer=True)
        if not ack.is_good:
            return Outcome(trouble="operation_timeout" if "timeout" in ack.failure else "dispatch_failed")
        return Outcome(shown=self._responses.answer(channel.id, user.id, ack.body) if ack.body else None)

    def use_shortcut(self, user: User, callback_id: str, message: Json) -> Outcome:
        """Use a message shortcut; it works in threads and where the bot is no member."""
        if callback_id not in self._here.shortcuts:
            return Outcome(trouble="invalid_shortcut")
        channel = self._parts.workspace.channel(message["channel"])
        payload = payloads.interaction(
            "message_action",
            self._here,
            user,
            action_ts=self._parts.workspace.fresh_ts(),
            callback_id=callback_id,
            trigger_id=self._parts.triggers.issue(user.id),
            message_ts=message["ts"],
            response_url=self._responses.issue(channel.id, user.id),
            channel=payloads.place(channel),
            message=payloads.without_channel(message),
        )
        return _plain(self._dispatcher.ask("interactive", payload))

    def click(
        self, user: User, message: Json, action_id: str, value: Any = None, *, block_id: str = ""
    ) -> Outcome:
        """Click or choose in a message; `block_id` says in which block, should several have the action."""
        block, element = find(message.get("blocks", []), action_id, block_id)
        channel = self._parts.workspace.channel(message["channel"])
        payload = payloads.interaction(
            "block_actions",
            self._here,
            user,
            container=payloads.container(message),
            trigger_id=self._parts.triggers.issue(user.id),
            channel=payloads.place(channel),
            state=state_of(message["blocks"], {block["block_id"]: {action_id: value}}),
            response_url=self._responses.issue(channel.id, user.id, message),
            actions=[self._action(block, element, value)],
        )
        if not message.get("is_ephemeral"):
            payload["message"] = payloads.without_channel(message)
        return _plain(self._dispatcher.ask("interactive", payload))

    def click_in_view(
        self, user: User, view: Json, action_id: str, values: Mapping[str, Any], *, block_id: str = ""
    ) -> Outcome:
        """Click or choose in a modal or home tab; `values` is what stands in its inputs (see state_of)."""
        block, element = find(view["blocks"], action_id, block_id)
        chosen = chosen_in(view["blocks"], values).get((block["block_id"], action_id))
        state = state_of(view["blocks"], values)
        payload = payloads.interaction(
            "block_actions",
            self._here,
            user,
            container={"type": "view", "view_id": view["id"]},
            trigger_id=self._parts.triggers.issue(user.id),
            view={**view, "state": state},
            actions=[self._action(block, element, chosen)],
        )
        return _plain(self._dispatcher.ask("interactive", payload))

    def submit(self, user: User, view: Json, values: Mapping[str, Any]) -> Outcome:
        """Submit a modal with `values` (see state_of); required inputs left empty stop in the client."""
        state = state_of(view["blocks"], values)
        if empty := left_empty(view["blocks"], state):
            return Outcome(trouble="required", errors=empty)
        payload = payloads.interaction(
            "view_submission",
            self._here,
            user,
            trigger_id=self._parts.triggers.issue(user.id),
            view={**view, "state": state},
            response_urls=[],
        )
        ack = self._dispatcher.ask("interactive", payload, wants_answer=True)
        return self._after_submission(user, view, ack)

    def close(self, user: User, view: Json) -> Outcome:
        """Close the top modal; the bot hears of it if it asked to."""
        self._parts.views.close(user.id)
        if not view["notify_on_close"]:
            return Outcome()
        payload = payloads.interaction("view_closed", self._here, user, view=view, is_cleared=False)
        return _plain(self._dispatcher.ask("interactive", payload))

    def _sent(self, command: str, text: str) -> str:
        if command not in self._here.escaped_commands:
            return text
        workspace = self._parts.workspace
        return escaped(text, self._parts.names(), lambda user: workspace.user(user).name)

    def _action(self, block: Json, element: Json, value: Any) -> Json:
        kept: Json = {key: element[key] for key in ("text", "style") if key in element}
        return {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self._parts.workspace.fresh_ts(),
            **kept,
            **answer_of(element, value),
        }

    def _after_submission(self, user: User, view: Json, ack: Ack) -> Outcome:
        if not ack.is_good:
            return Outcome(trouble="We had some trouble connecting. Try again?")
        answer = ack.body or {}
        action = answer.get("response_action")
        if action == "errors":
            return _errors(view, answer.get("errors", {}))
        try:
            self._follow(user, view, action, answer.get("view"))
        except Refused as refused:
            return Outcome(trouble=f"{refused.code}: {refused.extra}")
        return Outcome()

    def _follow(self, user: User, view: Json, action: str | None, fresh: Any) -> None:
        if action == "update":
            self._parts.views.update(view["id"], "", fresh, "")
        elif action == "push":
            self._parts.views.push(user.id, fresh)
        else:
            self._parts.views.close(user.id, all_of_them=action == "clear")


def _plain(ack: Ack) -> Outcome:
    return Outcome(trouble=None if ack.is_good else "dispatch_failed")


def _errors(view: Json, errors: Mapping[str, str]) -> Outcome:
    """Errors may only stand at input blocks of the view; anything else is a general failure to the person."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not errors or set(errors) - inputs:
        return Outcome(trouble=f"errors at {sorted(errors)}, but the inputs are {sorted(inputs)}")
    return Outcome(errors=errors)
