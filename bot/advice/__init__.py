"""Turns a verdict into words: the card in a thread, the text in a terminal, JSON for programs."""

from bot.advice.advise import advise
from bot.advice.as_json import as_json
from bot.advice.card import card_forms
from bot.advice.model import Advice
from bot.advice.plain import plain_text

__all__ = ["Advice", "advise", "as_json", "card_forms", "plain_text"]
