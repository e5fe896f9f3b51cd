"""chat.*: how the bot speaks."""

from typing import Any, Final

from bot.local_slack import posts
from bot.local_slack.block_kit.messages import check_blocks, check_metadata
from bot.local_slack.block_kit.naming import named
from bot.local_slack.model import Channel, Json, Refused
from bot.local_slack.parts import Args, Parts

MOST_TEXT: Final = 40_000  # characters; a longer text is cut without an error
MOST_UPDATE: Final = 4_000  # characters; a longer one is refused


def post_message(parts: Parts, args: Args) -> Json:
    """chat.postMessage."""
    parts.need("chat:write")
    channel = _speakable(parts, args.need("channel"))
    message = posts.by_app(parts.here, _content(args))
    if thread_ts := args.text("thread_ts"):
        message |= _place_in_thread(parts, channel, thread_ts, is_broadcast=args.flag("reply_broadcast"))
    stored = parts.feed.post(channel.id, message)
    shown = {key: value for key, value in stored.items() if key != "channel"}
    return {"channel": channel.id, "ts": stored["ts"], "message": shown}


def update(parts: Parts, args: Args) -> Json:
    """chat.update."""
    parts.need("chat:write")
    channel, ts = parts.visible(args.need("channel")), args.need("ts")
    if parts.workspace.message(channel.id, ts).get("bot_id") != parts.here.bot:
        raise Refused("cant_update_message")
    if len(args.text("text")) > MOST_UPDATE:
        raise Refused("msg_too_long")
    content = _content(args)
    edited = {"user": parts.here.bot_user, "ts": parts.workspace.fresh_ts()}
    fields: dict[str, Any] = {
        "text": content["text"],
        "blocks": content.get("blocks") or [],
        "edited": edited,
    }
    if content.get("metadata"):
        fields["metadata"] = content["metadata"]
    message = parts.feed.change(channel.id, ts, **fields)
    return {"channel": channel.id, "ts": ts, "text": message["text"], "message": message}


def delete(parts: Parts, args: Args) -> Json:
    """chat.delete."""
    parts.need("chat:write")
    channel, ts = parts.visible(args.need("channel")), args.need("ts")
    if parts.workspace.message(channel.id, ts).get("bot_id") != parts.here.bot:
        raise Refused("cant_delete_message")
    parts.feed.delete(channel.id, ts)
    return {"channel": channel.id, "ts": ts}


def post_ephemeral(parts: Parts, args: Args) -> Json:
    """chat.postEphemeral."""
    parts.need("chat:write")
    channel = _speakable(parts, args.need("channel"))
    user = args.need("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = posts.by_app(parts.here, _content(args)) | {"user_seeing": user}
    if thread_ts := args.text("thread_ts"):
        message |= {"thread_ts": thread_ts}
    return {"message_ts": show_to(parts, channel.id, user, message)["ts"]}


def get_permalink(parts: Parts, args: Args) -> Json:
    """chat.getPermalink."""
    channel, ts = parts.visible(args.need("channel")), args.need("message_ts")
    message = parts.workspace.message(channel.id, ts)
    return {"channel": channel.id, "permalink": permalink(parts, channel.id, message)}


def permalink(parts: Parts, channel: str, message: Json) -> str:
    """Return the address under which Slack's client opens a message."""
    address = f"https://{parts.here.domain}.slack.com/archives/{channel}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) == message["ts"]:
        return address
    return f"{address}?thread_ts={message['thread_ts']}&cid={channel}"


def show_to(parts: Parts, channel: str, user: str, message: Json) -> Json:
    """Show a message to one person only."""
    with parts.workspace.changed:
        shown = {
            "type": "message",
            "ts": parts.workspace.fresh_ts(),
            **message,
            "channel": channel,
            "is_ephemeral": True,
            "user_seeing": user,
        }
        parts.workspace.ephemerals.append(shown)
        parts.workspace.touch()
        return shown


def content_of(given: Json) -> Json:
    """Return checked text, blocks and metadata of a response_url's body or a command's answer."""
    return _content(Args(given))


def _content(args: Args) -> Json:
    text = args.text("text")[:MOST_TEXT]
    content: Json = {"text": text}
    blocks = args.value("blocks", "invalid_blocks_format")
    if blocks:
        content["blocks"] = named(check_blocks(blocks))
    metadata = args.value("metadata", "invalid_metadata_format")
    if metadata:
        content["metadata"] = check_metadata(metadata)
    if not text.strip() and not blocks:
        raise Refused("no_text")
    return content


def _speakable(parts: Parts, name: str) -> Channel:
    """A person's id stands for the direct message with that person."""
    if name in parts.workspace.users:
        return parts.workspace.direct(name, parts.here.bot_user)
    channel = parts.joined(name)
    if channel.is_archived:
        raise Refused("is_archived")
    return channel


def _place_in_thread(parts: Parts, channel: Channel, ts: str, *, is_broadcast: bool) -> Json:
    try:
        parent = parts.workspace.message(channel.id, ts)
    except Refused as error:
        raise Refused("thread_not_found") from error
    if parent.get("thread_ts", ts) != ts:
        raise Refused("cannot_reply_to_message")
    place: Json = {"thread_ts": ts}
    if "user" in parent:
        place["parent_user_id"] = parent["user"]
    if is_broadcast:
        place |= {"subtype": "thread_broadcast", "root": dict(parent)}
    return place
