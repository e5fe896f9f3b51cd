"""The methods of the Web API that this Slack knows."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.local_slack.methods import chat, conversations, rest
from bot.local_slack.model import Json
from bot.local_slack.parts import Args, Parts

Method = Callable[[Parts, Args], Json]

FOR_APP_TOKEN: Final[Mapping[str, Method]] = {"apps.connections.open": rest.open_connection}
FOR_BOT_TOKEN: Final[Mapping[str, Method]] = {
    "auth.test": rest.auth_test,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.getPermalink": chat.get_permalink,
    "conversations.info": conversations.info,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "conversations.list": conversations.list_all,
    "conversations.members": conversations.members,
    "conversations.join": conversations.join,
    "conversations.open": conversations.open_direct,
    "users.conversations": conversations.of_user,
    "users.info": conversations.user_info,
    "users.list": conversations.user_list,
    "views.open": rest.open_view,
    "views.push": rest.push_view,
    "views.update": rest.update_view,
    "views.publish": rest.publish_view,
    "reactions.add": rest.add_reaction,
    "reactions.remove": rest.remove_reaction,
    "files.info": rest.file_info,
}
