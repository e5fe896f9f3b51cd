"""The embedded Slack itself: one workspace with its doors open on this machine."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.clock import Clock
from bot.local_slack import posts
from bot.local_slack.delivery import Delivery, Dispatcher
from bot.local_slack.faults import Faults
from bot.local_slack.feed import Feed
from bot.local_slack.files import Files
from bot.local_slack.http_push import HttpPush
from bot.local_slack.interactions import Interactions
from bot.local_slack.manifest import install
from bot.local_slack.model import Json, Mail, User, thread_of
from bot.local_slack.parts import Parts
from bot.local_slack.persons import Person
from bot.local_slack.responses import ResponseUrls
from bot.local_slack.sockets import Sockets
from bot.local_slack.views import Triggers, Views
from bot.local_slack.web_api import Call, WebApi
from bot.local_slack.workspace import Workspace

T = TypeVar("T")

PEOPLE = (
    User("U0EMMA00001", "emma", "Emma Stone", "en-US", "America/New_York", "Sales"),
    User("U0MEI000001", "mei", "陈梅", "zh-CN", "Asia/Shanghai", "外贸业务员"),
    User("U0DAVID0001", "david", "David Li", "en-GB", "Asia/Shanghai", "Sales manager"),
)


class LocalSlack:
    """A workspace with people, channels and one app; `manifest` limits what the app may do."""

    def __init__(
        self,
        clock: Clock,
        host: str = "127.0.0.1",
        port: int = 0,
        manifest: Mapping[str, Any] | None = None,
    ) -> None:
        self._host, self._port = host, port
        self.here = install(manifest)
        self.workspace = Workspace(self.here, clock)
        self.faults = Faults()
        self.sockets = Sockets(self.here.app, host, self.workspace.touch)
        self.dispatcher = Dispatcher(self.sockets, self.workspace.touch, clock.steady)
        self.feed = Feed(self.workspace, self.dispatcher)
        self.views = Views(self.workspace)
        parts = Parts(
            self.here,
            self.workspace,
            self.feed,
            self.views,
            Triggers(self.workspace),
            self.sockets.address,
        )
        self.responses = ResponseUrls(parts, lambda: self.address)
        self.files = Files(self.workspace, lambda: self.address)
        self.interactions = Interactions(parts, self.dispatcher, self.responses)
        self.parts = parts
        self._web = WebApi(parts, self.responses, self.faults)
        self._settle_people()

    def _settle_people(self) -> None:
        for user in PEOPLE:
            self.workspace.add_user(user)
        people = {user.id for user in PEOPLE}
        self.workspace.add_channel("inquiries", people | {self.here.bot_user})
        self.workspace.add_channel("general", people | {self.here.bot_user})
        self.workspace.add_channel("random", people)

    # what outlives a restart

    def remembered(self) -> Json:
        """Return what a restart must not lose, as plain JSON: all but people and the bytes of files."""
        with self.workspace.changed:
            return {
                "address": self.address,
                "workspace": self.workspace.remembered(),
                "homes": self.views.remembered(),
                "calls": self._web.remembered(),
            }

    def recall(self, remembered: Json, raw_of: Callable[[str], bytes]) -> None:
        """Be again what was `remembered`, once the doors are open; `raw_of` gives a file's bytes by its id.

        Raises ValueError, KeyError, TypeError or AttributeError for what is broken.
        """
        # Messages hold the addresses of their files, and this Slack may have another port now.
        now = json.loads(posts.as_json(remembered).replace(remembered["address"], self.address))
        self.workspace.recall(now["workspace"], raw_of)
        self.views.recall(now["homes"])
        self._web.recall(now["calls"])

    # doors

    def start(self) -> "LocalSlack":
        """Open the doors; returns itself."""
        self.sockets.start()
        self._port = self._web.start(self._host, self._port)
        self.dispatcher.start()
        return self

    def stop(self) -> None:
        """Close the doors; may be called twice."""
        self.dispatcher.stop()
        self.sockets.stop()
        self._web.stop()

    def __enter__(self) -> "LocalSlack":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """Return the address of the HTTP door."""
        return f"http://{self._host}:{self._port}/"

    @property
    def api_url(self) -> str:
        """Return what SLACK_API_URL is to be."""
        return f"{self.address}api/"

    @property
    def bot_token(self) -> str:
        """Return the bot token of the installed app."""
        return self.here.bot_token

    @property
    def app_token(self) -> str:
        """Return the app token, for Socket Mode."""
        return self.here.app_token

    @property
    def signing_secret(self) -> str:
        """Return the signing secret, for HTTP mode."""
        return self.here.signing_secret

    def push_to(self, *urls: str) -> HttpPush:
        """Deliver everything over signed HTTP from now on, instead of Socket Mode; `urls` take turns."""
        push = HttpPush(urls, self.here.signing_secret, lambda: self.workspace.clock.now_ms() // 1000)
        self.dispatcher.wire = push
        return push

    # what happens

    def person(self, name: str) -> Person:
        """Return a person as an actor."""
        return Person(self.workspace.user_named(name), self.parts, self.files, self.interactions)

    def email_to(self, channel: str, mail: Mail) -> Json:
        """Let an email arrive at a channel's address."""
        where = self.workspace.channel(channel)
        return self.feed.post(where.id, posts.emailed(self.files.email(mail, where.name)))

    def other_app_posts(self, channel: str, text: str, *, is_webhook: bool = False) -> Json:
        """Let some other app post, in the modern or in the old way."""
        modern = posts.by_other_app("Deploy", text, self.here.team)
        return self.feed.post(channel, posts.by_webhook("deploy", text) if is_webhook else modern)

    def unfurls(self, message: Json, url: str, title: str) -> Json:
        """Let Slack unfurl a link of a message: a change without an edit."""
        preview = {"id": 1, "from_url": url, "original_url": url, "title": title, "service_name": "Web"}
        return self.feed.change(message["channel"], message["ts"], attachments=[preview])

    def touches(self, message: Json) -> Json:
        """Let Slack tell of a change in which nothing but counters changed."""
        return self.feed.change(message["channel"], message["ts"], subscribed=True)

    def tells_again(self, message: Json, *, fresh_event_id: bool) -> Delivery:
        """Deliver the event of a message once more, as a duplicate or under another event id."""
        for delivery in self.dispatcher.deliveries:
            event = delivery.payload["event"]
            if event.get("ts") == message["ts"] and event.get("channel") == message["channel"]:
                return self.feed.tell(event) if fresh_event_id else self.dispatcher.event(delivery.payload)
        raise LookupError(f"no event told of {message['ts']}")

    # what is there

    def message(self, message: Json) -> Json:
        """Return a message as it is now."""
        with self.workspace.changed:
            now = dict(self.workspace.message(message["channel"], message["ts"]))
        return {**now, "channel": message["channel"]}

    def thread(self, message: Json) -> tuple[Json, ...]:
        """Return the replies in a message's thread, oldest first."""
        return self.workspace.replies(message["channel"], thread_of(message))

    def messages(self, channel: str) -> tuple[Json, ...]:
        """Return all messages of a channel, replies too, oldest first."""
        with self.workspace.changed:
            where = self.workspace.channel(channel)
            return tuple({**m, "channel": where.id} for m in where.messages)

    def calls(self, method: str) -> tuple[Call, ...]:
        """Return the calls of a Web API method so far."""
        return tuple(call for call in tuple(self._web.calls) if call.method == method)

    @property
    def rejected_calls(self) -> tuple[Call, ...]:
        """Return the calls this Slack refused by its own rules."""
        return tuple(call for call in tuple(self._web.calls) if call.is_rejected)

    @property
    def undelivered(self) -> tuple[Delivery, ...]:
        """Return the events nobody has acknowledged so far."""
        return tuple(d for d in tuple(self.dispatcher.deliveries) if not d.is_done)

    def wait_for(self, look: Callable[[], T], timeout_s: float = 10.0) -> T:
        """Return what `look` returns as soon as it is true; raises TimeoutError after `timeout_s`."""
        steady, changed = self.workspace.clock.steady, self.workspace.changed
        until = steady() + timeout_s
        while not (seen := look()):
            with changed:
                if (left := until - steady()) <= 0:
                    raise TimeoutError(f"not seen within {timeout_s} s")
                # Things outside this Slack wake nobody: look again now and then.
                changed.wait(min(left, 0.05))
        return seen
