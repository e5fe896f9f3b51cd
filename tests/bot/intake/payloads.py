"""Messages in the shapes Slack sends them, with names and words of our own."""

from typing import Any

TEAM, CHANNEL, BOT, BOT_ID, APP = "T0DESK", "C0INQUIRIES", "U0BOT", "B0BOT", "A0BOT"
TS, OTHER_TS = "1767254400.000100", "1767254300.000900"

Event = dict[str, Any]


def typed(text: str = "Please quote 500 pcs, CIF Hamburg", **more: Any) -> Event:
    return {
        "client_msg_id": "5f1c",
        "type": "message",
        "user": "U0MEI",
        "team": TEAM,
        "text": text,
        "ts": TS,
        "channel": CHANNEL,
        "event_ts": TS,
        "channel_type": "channel",
        **more,
    }


def rich_text(*elements: Event) -> list[Event]:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return [{"type": "rich_text", "block_id": "b1", "elements": [section]}]


def shared(text: str = "Need 40 pallets of tiles", **more: Any) -> Event:
    return {
        "ts": OTHER_TS,
        "author_id": "U0LEO",
        "channel_id": "C0ELSE",
        "is_msg_unfurl": True,
        "is_share": True,
        "text": text,
        "fallback": f"[January 1st] leo: {text}",
        "from_url": "https://desk.slack.com/archives/C0ELSE/p1767254300000900",
        "footer": "Slack Conversation",
        **more,
    }


def file(name: str = "inquiry.eml", **more: Any) -> Event:
    return {
        "id": "F0ONE",
        "name": name,
        "title": name,
        "mimetype": "message/rfc822",
        "filetype": "eml",
        "mode": "hosted",
        "size": 900,
        "is_external": False,
        "url_private": f"https://files.slack.com/files-pri/T0DESK-F0ONE/{name}",
        "url_private_download": f"https://files.slack.com/files-pri/T0DESK-F0ONE/download/{name}",
        "file_access": "visible",
        **more,
    }


def mail_file(**more: Any) -> Event:
    return (
        file(
            "Inquiry for LED panels",
            mimetype="text/html",
            filetype="email",
            mode="email",
            subject="Inquiry for LED panels",
            **{
                "from": [
                    {
                        "address": "ahmed@buyer.example",
                        "name": "Ahmed",
                        "original": "Ahmed <ahmed@buyer.example>",
                    }
                ]
            },
            to=[{"address": "", "name": "Email", "original": "Email <>"}],
            attachments=[{"filename": "drawing.pdf", "size": 4}],
            plain_text="Dear sir, please quote 600 LED panels.",
            preview="Dear sir",
            simplified_html="<div>Dear sir, please quote 600 LED panels.</div>",
            headers={
                "date": "Fri, 16 Jan 2026 18:58:30 +0000",
                "in_reply_to": None,
                "reply_to": None,
                "message_id": "<m@buyer.example>",
            },
            has_more=False,
        )
        | more
    )


def emailed(**more: Any) -> Event:
    return {
        "type": "message",
        "subtype": "file_share",
        "text": "",
        "upload": True,
        "user": "USLACKBOT",
        "bot_id": "B0EMAIL",
        "display_as_bot": True,
        "ts": TS,
        "channel": CHANNEL,
        "channel_type": "channel",
        "files": [mail_file()],
        **more,
    }


def uploaded(*files: Event, text: str = "", **more: Any) -> Event:
    return typed(text, subtype="file_share", upload=True, files=list(files or (file(),)), **more)


def changed(message: Event, before: Event | None) -> Event:
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": CHANNEL,
        "ts": "1767254500.000200",
        "message": {key: value for key, value in message.items() if key != "channel"},
    }
    return event | ({"previous_message": before} if before else {})
