"""Modals, their stacks, home tabs, and the triggers that may open them."""

import secrets
from typing import Final

from bot.local_slack.block_kit.naming import named
from bot.local_slack.block_kit.views import check_view
from bot.local_slack.model import Json, Refused
from bot.local_slack.workspace import Workspace

TRIGGER_S: Final = 3.0
MOST_STACKED: Final = 3


class Triggers:
    """Trigger ids: three seconds, one use."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, user: str) -> str:
        """Return a trigger for what `user` has just done."""
        trigger = f"{self._workspace.fresh_id('')}.1.{secrets.token_hex(8)}"
        self._issued[trigger] = (user, self._workspace.clock.steady() + TRIGGER_S)
        return trigger

    def spend(self, trigger: str) -> str:
        """Return the user of a trigger; raises Slack's errors for unknown, used and old ones."""
        if trigger not in self._issued:
            raise Refused("invalid_trigger_id")
        user, until = self._issued[trigger]
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        if self._workspace.clock.steady() > until:
            raise Refused("expired_trigger_id")
        self._used.add(trigger)
        return user


class Views:
    """What stands open before each person, and each person's home tab."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._views: dict[str, Json] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}

    def stack(self, user: str) -> tuple[Json, ...]:
        """Return the open modals of a person, the top one last."""
        with self._workspace.changed:
            return tuple(self._views[view] for view in self._stacks.get(user, ()))

    def home(self, user: str) -> Json | None:
        """Return a person's home tab, if one was published."""
        return self._views.get(self._homes.get(user, ""))

    def remembered(self) -> Json:
        """Return the home tabs by person; modals do not outlive a restart."""
        with self._workspace.changed:
            return {user: self._views[view] for user, view in self._homes.items()}

    def recall(self, homes: Json) -> None:
        """Show the home tabs again that were `remembered`."""
        with self._workspace.changed:
            for user, view in homes.items():
                self._views[view["id"]] = view
                self._homes[user] = view["id"]

    def open(self, user: str, view: object) -> Json:
        """Open a modal over nothing else."""
        stored = self._store(check_view(view, "modal"), None)
        return self._stacked(user, [stored["id"]], stored)

    def push(self, user: str, view: object) -> Json:
        """Push a modal onto the open ones; raises push_limit_reached."""
        stack = self._stacks.get(user, [])
        if len(stack) >= MOST_STACKED:
            raise Refused("push_limit_reached")
        stored = self._store(check_view(view, "modal"), self._views[stack[-1]] if stack else None)
        return self._stacked(user, [*stack, stored["id"]], stored)

    def update(self, view_id: str, external_id: str, view: object, known_hash: str) -> Json:
        """Replace the content of a view that is open; raises not_found and hash_conflict."""
        with self._workspace.changed:
            old = self._find(view_id, external_id)
            if known_hash and known_hash != old["hash"]:
                raise Refused("hash_conflict")
            fresh = self._filled(check_view(view, old["type"]))
            fresh |= {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
            self._views[old["id"]] = fresh
            self._workspace.touch()
            return fresh

    def publish(self, user: str, view: object) -> Json:
        """Set a person's home tab."""
        with self._workspace.changed:
            self._workspace.user(user)
            stored = self._store(check_view(view, "home"), None)
            self._homes[user] = stored["id"]
            self._workspace.touch()
            return stored

    def close(self, user: str, *, all_of_them: bool = False) -> None:
        """Take the top modal away, or all of them."""
        with self._workspace.changed:
            self._stacks[user] = [] if all_of_them else self._stacks.get(user, [])[:-1]
            self._workspace.touch()

    def _stacked(self, user: str, stack: list[str], stored: Json) -> Json:
        with self._workspace.changed:
            self._stacks[user] = stack
            self._workspace.touch()
            return stored

    def _store(self, view: Json, under: Json | None) -> Json:
        stored = self._filled(view)
        stored["previous_view_id"] = under["id"] if under else None
        stored["root_view_id"] = under["root_view_id"] if under else stored["id"]
        self._views[stored["id"]] = stored
        return stored

    def _filled(self, view: Json) -> Json:
        here = self._workspace.installation
        return {
            "id": self._workspace.fresh_id("V"),
            "team_id": here.team,
            "app_installed_team_id": here.team,
            "app_id": here.app,
            "bot_id": here.bot,
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "state": {"values": {}},
            "hash": f"{self._workspace.fresh_ts()}.{secrets.token_hex(4)}",
            **view,
            "blocks": named(view["blocks"]),
        }

    def _find(self, view_id: str, external_id: str) -> Json:
        for view in self._views.values():
            if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                return view
        raise Refused("not_found")
