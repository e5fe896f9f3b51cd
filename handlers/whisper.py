"""Answers for one person's eyes over a response_url."""

from slack_bolt import Respond

from bot.outbox.model import Form


def respond_with(respond: Respond, forms: tuple[Form, ...]) -> bool:
    """Say the fullest form that Slack takes; tell whether it took one."""
    for form in forms:
        answer = respond(
            text=form.text,
            blocks=[dict(block) for block in form.blocks] or None,
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
            return True
    return False
