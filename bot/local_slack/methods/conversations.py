"""conversations.* and users.*: what the bot may look up."""

from typing import Any, Final

from bot.local_slack.model import Channel, Json, Refused, User
from bot.local_slack.parts import Args, Parts

_MOST_HISTORY: Final = 999
_KINDS: Final = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}


def info(parts: Parts, args: Args) -> Json:
    """conversations.info."""
    channel = parts.visible(args.need("channel"))
    parts.need_for(channel, "read")
    return {"channel": _described(parts, channel)}


def history(parts: Parts, args: Args) -> Json:
    """conversations.history: newest first, replies left out."""
    channel = parts.joined(args.need("channel"))
    parts.need_for(channel, "history")
    top = [m for m in channel.messages if _is_top(m) and _is_between(m, args)]
    return _page(list(reversed(top)), args, 100)


def replies(parts: Parts, args: Args) -> Json:
    """conversations.replies: the parent first, then oldest to newest."""
    channel, ts = parts.joined(args.need("channel")), args.need("ts")
    parts.need_for(channel, "history")
    thread = [m for m in channel.messages if m["ts"] == ts or m.get("thread_ts") == ts]
    if not thread:
        raise Refused("thread_not_found")
    parent, answers = thread[:1], thread[1:]
    return _page([*parent, *(m for m in answers if _is_between(m, args))], args, 1000)


def list_all(parts: Parts, args: Args) -> Json:
    """conversations.list."""
    return _listed(parts, args, [c for c in parts.workspace.channels.values() if _is_known(parts, c)])


def of_user(parts: Parts, args: Args) -> Json:
    """users.conversations: of the bot itself unless a user is named."""
    user = args.text("user") or parts.here.bot_user
    known = (c for c in parts.workspace.channels.values() if _is_known(parts, c))
    return _listed(parts, args, [c for c in known if user in c.members])


def members(parts: Parts, args: Args) -> Json:
    """conversations.members."""
    channel = parts.visible(args.need("channel"))
    parts.need_for(channel, "read")
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def join(parts: Parts, args: Args) -> Json:
    """conversations.join."""
    parts.need("channels:join")
    channel = parts.visible(args.need("channel"))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    if parts.is_member(channel):
        return {"channel": _described(parts, channel), "warning": "already_in_channel"}
    parts.feed.join(channel.id, parts.here.bot_user)
    return {"channel": _described(parts, channel)}


def open_direct(parts: Parts, args: Args) -> Json:
    """conversations.open."""
    parts.need("im:write")
    users = [parts.workspace.user(user).id for user in args.need("users").split(",")]
    return {"channel": {"id": parts.workspace.direct(*users, parts.here.bot_user).id}}


def user_info(parts: Parts, args: Args) -> Json:
    """users.info."""
    parts.need("users:read")
    user = parts.workspace.user(args.need("user"))
    return {"user": described(parts, user, has_locale=args.flag("include_locale"))}


def user_list(parts: Parts, args: Args) -> Json:
    """users.list."""
    parts.need("users:read")
    has_locale = args.flag("include_locale")
    everybody = [described(parts, user, has_locale=has_locale) for user in parts.workspace.users.values()]
    return {"members": everybody, "response_metadata": {"next_cursor": ""}}


def _is_top(message: Json) -> bool:
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    return not in_thread or message.get("subtype") == "thread_broadcast"


def _is_between(message: Json, args: Args) -> bool:
    ts, oldest, latest = message["ts"], args.text("oldest", "0"), args.text("latest")
    if args.flag("inclusive") and ts in (oldest, latest):
        return True
    return _moment(ts) > _moment(oldest) and (not latest or _moment(ts) < _moment(latest))


def _moment(ts: str) -> tuple[int, int]:
    seconds, _, micro = ts.partition(".")
    try:
        return int(seconds), int(micro.ljust(6, "0")[:6] or "0")
    except ValueError as error:
        raise Refused("invalid_ts_oldest") from error


def _page(messages: list[Json], args: Args, default: int) -> Json:
    limit = args.number("limit", default, _MOST_HISTORY)
    start = int(args.text("cursor", "next:0").removeprefix("next:") or 0)
    page = messages[start : start + limit]
    has_more = start + limit < len(messages)
    if not args.flag("include_all_metadata"):
        page = [{key: value for key, value in m.items() if key != "metadata"} for m in page]
    cursor = f"next:{start + limit}" if has_more else ""
    return {"messages": page, "has_more": has_more, "response_metadata": {"next_cursor": cursor}}


def _is_known(parts: Parts, channel: Channel) -> bool:
    return channel.kind == "channel" or parts.is_member(channel)


def _listed(parts: Parts, args: Args, channels: list[Channel]) -> Json:
    kinds = args.text("types", "public_channel").replace(" ", "").split(",")
    if any(kind not in _KINDS for kind in kinds):
        raise Refused("invalid_types")
    wanted = {_KINDS[kind] for kind in kinds}
    for kind in wanted:
        parts.need_for(Channel("", "", kind), "read")
    kept = [c for c in channels if c.kind in wanted and not (args.flag("exclude_archived") and c.is_archived)]
    start = int(args.text("cursor", "next:0").removeprefix("next:") or 0)
    limit = args.number("limit", 100, 1000)
    cursor = f"next:{start + limit}" if start + limit < len(kept) else ""
    page = [_described(parts, channel) for channel in kept[start : start + limit]]
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def _described(parts: Parts, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_member": parts.is_member(channel),
        "is_archived": channel.is_archived,
        "is_shared": False,
        "is_ext_shared": False,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def described(parts: Parts, user: User, *, has_locale: bool) -> Json:
    """Return a person as Slack describes them."""
    offset = parts.workspace.offset_s(user)
    person: dict[str, Any] = {
        "id": user.id,
        "team_id": parts.here.team,
        "name": user.name,
        "deleted": user.is_deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": offset,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 1502138686,
        "profile": {
            "display_name": user.real_name,
            "real_name": user.real_name,
            "title": user.title,
            "team": parts.here.team,
        },
    }
    return person | ({"locale": user.locale} if has_locale else {})
