"""Files as Slack describes them: uploads, snippets, emails and what a partner workspace shows of its own."""

import mimetypes
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from bot.local_slack.model import Json, Mail, StoredFile
from bot.local_slack.posts import mail_fields
from bot.local_slack.workspace import Workspace

_PREVIEW: Final = 400  # characters of a snippet's preview


class Files:
    """Stores files under addresses that this Slack serves."""

    def __init__(self, workspace: Workspace, address: Callable[[], str]) -> None:
        self._workspace = workspace
        self._address = address

    def upload(self, user: str, name: str, raw: bytes, *, answers: str = "bytes") -> Json:
        """Store an upload; `answers` says how its URL behaves: bytes, login_page, redirect, gone."""
        return self._store(name, raw, answers, {"user": user, **_kind_of(name)})

    def snippet(self, user: str, name: str, text: str) -> Json:
        """Store a long paste that the composer made a snippet."""
        about = {
            "user": user,
            "mode": "snippet",
            "mimetype": "text/plain",
            "filetype": "text",
            "pretty_type": "Plain Text",
            "editable": True,
            "preview": text[:_PREVIEW],
            "lines": text.count("\n") + 1,
            "lines_more": max(0, text.count("\n") - 5),
            "preview_is_truncated": len(text) > _PREVIEW,
        }
        return self._store(name, text.encode(), "bytes", about)

    def email(self, mail: Mail, channel: str) -> Json:
        """Store an email sent to a channel's address; its URL gives the HTML."""
        file_id = self._workspace.fresh_id("M").lower()
        fields = mail_fields(mail, channel, self._workspace.clock.now(), f"<{file_id}@mail.local>")
        html = mail.html or fields["simplified_html"]
        return self._store(mail.subject or "email", html.encode(), "bytes", fields)

    def in_part(self, file: Json) -> Json:
        """Return what a Slack Connect event carries of a file: its id, and the hint to ask files.info."""
        partial = {"mode": "file_access", "file_access": "check_file_info"}
        return {"id": file["id"], **partial, "created": 0, "timestamp": 0, "user": ""}

    def _store(self, name: str, raw: bytes, answers: str, fields: dict[str, Any]) -> Json:
        file_id = self._workspace.fresh_id("F")
        about = {**self._common(file_id, name, len(raw)), **fields}
        with self._workspace.changed:
            self._workspace.files[file_id] = StoredFile(about, raw, answers)
        return about

    def _common(self, file_id: str, name: str, size: int) -> Json:
        at_s = self._workspace.clock.now_ms() // 1000
        team = self._workspace.installation.team
        path = f"{self._address()}files-pri/{team}-{file_id}"
        return {
            "id": file_id,
            "created": at_s,
            "timestamp": at_s,
            "name": name,
            "title": name,
            "user_team": team,
            "editable": False,
            "size": size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": True,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{path}/{quote(name, safe='')}",
            "url_private_download": f"{path}/download/{quote(name, safe='')}",
            "permalink": f"https://local.slack.com/files/{file_id}/{quote(name, safe='')}",
            "has_rich_preview": False,
            "file_access": "visible",
        }


def _kind_of(name: str) -> Json:
    ending = name.rpartition(".")[2].lower()
    guessed = {"eml": "message/rfc822", "msg": "application/vnd.ms-outlook"}.get(ending)
    mimetype = guessed or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"mimetype": mimetype, "filetype": ending or "binary", "pretty_type": ending.upper() or "Binary"}
