"""A workspace outlives a restart of this Slack."""

import json

import pytest

from bot.local_slack import LocalSlack
from bot.local_slack.model import Refused
from tests.bot.local_slack.conftest import MovedClock


def test_everything_is_as_it_was_left(slack: LocalSlack, clock: MovedClock) -> None:
    mei = slack.person("mei")
    message = mei.types("#general", "hello @emma")
    reply = mei.replies(message, "more")
    upload = mei.uploads("#general", ("a.txt", b"words"))
    slack.views.publish(mei.id, {"type": "home", "blocks": [{"type": "divider"}]})
    left = json.loads(json.dumps(slack.remembered()))
    with LocalSlack(clock) as again:
        again.recall(left, {upload["files"][0]["id"]: b"words"}.__getitem__)
        assert again.thread(message) == (reply,)
        assert again.person("mei").home == slack.person("mei").home
        file = again.message(upload)["files"][0]
        assert file["url_private"].startswith(again.address)
        assert again.workspace.files[file["id"]].raw == b"words"
        later = again.person("mei").uploads("#general", ("b.txt", b"x"))
        assert float(later["ts"]) > float(upload["ts"])
        assert later["files"][0]["id"] != file["id"]


def test_people_change_only_what_they_wrote(slack: LocalSlack) -> None:
    message = slack.person("mei").types("#general", "mine")
    emma = slack.person("emma")
    with pytest.raises(Refused, match="cant_update_message"):
        emma.edits(message, "hers")
    with pytest.raises(Refused, match="cant_delete_message"):
        emma.deletes(message)
    assert slack.message(message)["text"] == "mine"
