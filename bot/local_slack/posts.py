"""Messages as Slack stores them, by the way they came in. Plain dicts without channel and ts."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parseaddr
from html import escape as html_escape
from typing import Any

from bot.local_slack.model import SLACKBOT, Channel, Installation, Json, Mail, User
from bot.local_slack.mrkdwn import Names, compose, escape, plain_blocks

PREVIEW_CHARACTERS = 1000


def typed(user: User, text: str, team: str, names: Names, client_msg_id: str) -> Json:
    """A message typed or pasted by a person."""
    encoded, blocks = compose(text, names)
    return {
        "client_msg_id": client_msg_id,
        "user": user.id,
        "team": team,
        "text": encoded,
        **({"blocks": blocks} if blocks else {}),
    }


def shared(
    user: User, original: Mapping[str, Any], author: User, source: Channel, here: Installation, comment: Json
) -> Json:
    """A forwarded message: its text hangs in an attachment, the top holds only the comment."""
    ts = original["ts"]
    blocks = original.get("blocks") or plain_blocks(original["text"])
    attachment: Json = {
        "ts": ts,
        "author_id": author.id,
        "channel_id": source.id,
        "channel_team": here.team,
        "is_msg_unfurl": True,
        "is_share": True,
        "message_blocks": [
            {"team": here.team, "channel": source.id, "ts": ts, "message": {"blocks": blocks}}
        ],
        "color": "D0D0D0",
        "from_url": f"https://{here.domain}.slack.com/archives/{source.id}/p{ts.replace('.', '')}",
        "fallback": f"{author.name}: {original['text']}",
        "text": original["text"],
        "author_name": author.real_name,
        "author_subname": author.name,
        "author_link": f"https://{here.domain}.slack.com/team/{author.id}",
        "mrkdwn_in": ["text"],
        "footer": "Slack Conversation",
    }
    if "files" in original:
        attachment["files"] = original["files"]
    if original.get("thread_ts", ts) != ts:
        attachment["is_reply_unfurl"] = True
    top = {key: comment[key] for key in ("blocks",) if comment.get("text") and key in comment}
    return {
        "user": user.id,
        "text": comment.get("text", ""),
        "team": here.team,
        "attachments": [attachment],
        **top,
    }


def uploaded(user: User, files: Iterable[Json], comment: Json) -> Json:
    """A message that brings files, with or without a comment."""
    top = {key: comment[key] for key in ("blocks",) if comment.get("text") and key in comment}
    return {
        "subtype": "file_share",
        "text": comment.get("text", ""),
        "user": user.id,
        "files": list(files),
        "upload": True,
        "display_as_bot": False,
        **top,
    }


def emailed(file: Json) -> Json:
    """An email as it lands in a channel: a bot message from Slackbot with an empty text."""
    return {
        "subtype": "file_share",
        "text": "",
        "upload": True,
        "user": SLACKBOT,
        "bot_id": file["bot_id"],
        "display_as_bot": True,
        "files": [file],
    }


def mail_fields(mail: Mail, channel: str, at: datetime, message_id: str) -> Json:
    """The keys by which a file of `mode` email differs from any other."""
    name, address = parseaddr(mail.sender)
    html = mail.html or f"<div>{html_escape(mail.body)}</div>".replace("\n", "<br>")
    preview = mail.body[:PREVIEW_CHARACTERS]
    return {
        "title": mail.subject,
        "mimetype": "text/html",
        "filetype": "email",
        "pretty_type": "Email",
        "mode": "email",
        "user": SLACKBOT,
        "bot_id": "B0EMAIL0001",
        "display_as_bot": True,
        "username": "Email",
        "editable": True,
        "subject": mail.subject,
        "from": [{"address": address, "name": name, "original": mail.sender}],
        "to": [{"address": f"{channel}@local.slack.com", "name": "Email", "original": "Email <>"}],
        "cc": [],
        "attachments": [
            {"filename": name, "size": 2048, "mimetype": "application/octet-stream"}
            for name in mail.attachments
        ],
        "original_attachment_count": len(mail.attachments),
        "inline_attachment_count": 0,
        "plain_text": preview if mail.has_more else mail.body,
        "preview": preview,
        "preview_plain_text": preview,
        "simplified_html": html[:PREVIEW_CHARACTERS] if mail.has_more else html,
        "headers": {
            "date": format_datetime(at.astimezone(UTC)),
            "in_reply_to": None,
            "reply_to": None,
            "message_id": mail.message_id or message_id,
        },
        "has_more": mail.has_more,
        "sent_to_self": False,
    }


def by_app(here: Installation, args: Json) -> Json:
    """A message posted by the installed app through chat.postMessage."""
    post: Json = {
        "user": here.bot_user,
        "bot_id": here.bot,
        "app_id": here.app,
        "team": here.team,
        "text": args["text"],
        "bot_profile": profile(here.bot, here.app, here.bot_name, here.team),
    }
    return post | {key: args[key] for key in ("blocks", "metadata", "thread_ts") if args.get(key)}


def by_other_app(name: str, text: str, team: str) -> Json:
    """A message of some other modern app: no subtype, but a bot id."""
    return {
        "user": "U0OTHERBOT1",
        "bot_id": "B0OTHERBOT1",
        "app_id": "A0OTHERBOT1",
        "team": team,
        "text": escape(text),
        "bot_profile": profile("B0OTHERBOT1", "A0OTHERBOT1", name, team),
    }


def by_webhook(name: str, text: str) -> Json:
    """A message of an old-style integration: subtype bot_message and no user."""
    return {
        "subtype": "bot_message",
        "bot_id": "B0WEBHOOK01",
        "username": name,
        "text": escape(text),
        "icons": {"emoji": ":robot_face:"},
    }


def profile(bot: str, app: str, name: str, team: str) -> Json:
    """A bot's profile as messages carry it."""
    icons = {f"image_{size}": f"https://a.slack-edge.com/local/{size}.png" for size in (36, 48, 72)}
    return {
        "id": bot,
        "app_id": app,
        "name": name,
        "icons": icons,
        "deleted": False,
        "updated": 1663960005,
        "team_id": team,
    }


def system(subtype: str, user: User, text: str, **fields: Any) -> Json:
    """A system line such as channel_join or channel_topic."""
    return {"subtype": subtype, "user": user.id, "text": text, **fields}


def as_json(value: Any) -> str:
    """Return `value` the way Slack writes JSON on the wire."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
