"""The modal that asks where an inquiry stands: every state with what it means, the present one chosen."""

from bot import texts
from bot.advice.actions import BLOCK_STATE, VIEW_STATE
from bot.advice.blocks import Block, asked, modal, option, radio
from bot.follow_ups.promises.states import STATES
from bot.texts import Language


def state_view(inquiry_id: int, current: str, language: Language) -> Block:
    """Return the modal; the answer's value is one of STATES."""
    choices = [option(_say(state, language), state, _say(f"{state}_means", language)) for state in STATES]
    question = asked(_say("label", language), BLOCK_STATE, radio(choices, current))
    return modal(
        VIEW_STATE,
        _say("title", language),
        [{**question, "optional": False}],
        close=texts.load().say("modal.close", language),
        inquiry_id=inquiry_id,
        submit=_say("submit", language),
    )


def _say(key: str, language: Language) -> str:
    return texts.load().say(f"state.{key}", language)
