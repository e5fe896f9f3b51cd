"""Text objects, options and confirmations: what elements and blocks are put together from."""

from typing import Final

from bot.local_slack.block_kit.rules import (
    Problem,
    Problems,
    Rule,
    by_type,
    each,
    exactly_one,
    fields,
    flag,
    items,
    matching,
    one_of,
    text,
    typed,
)

ID: Final = text(255)
URL: Final = each(text(3000), matching(r"(https?|mailto|slack|tel):\S*", "must be a valid URL"))


def plain(most: int) -> Rule:
    """A plain_text object."""
    return typed("plain_text", {"text": text(most)}, {"emoji": flag})


def mrkdwn(most: int) -> Rule:
    """A mrkdwn object."""
    return typed("mrkdwn", {"text": text(most)}, {"verbatim": flag})


def either(most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    return by_type({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


CONFIRM: Final = fields(
    {"title": plain(100), "text": either(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(words: Rule, *, has_url: bool = False) -> Rule:
    """A choice: its words, its value, and for overflow menus an address."""
    return fields(
        {"text": words, "value": text(150)},
        {"description": either(75), **({"url": URL} if has_url else {})},
    )


SELECT_OPTION: Final = option(plain(75))
LISTED_OPTION: Final = option(either(75))  # radio buttons and checkboxes may carry mrkdwn
GROUP: Final = fields({"label": plain(75), "options": items(SELECT_OPTION, 100)})


def distinct_values(value: object, at: str) -> Problems:
    """Refuse a list of options two of which have the same value."""
    options = value.get("options") if isinstance(value, dict) else None
    values = [o.get("value") for o in options if isinstance(o, dict)] if isinstance(options, list) else []
    if len(set(map(str, values))) < len(values):
        yield Problem(f"{at}/options", "option values must be unique")


def initial_among_options(value: object, at: str) -> Problems:
    """Refuse an initial choice that is not, key for key, one of the options."""
    if not isinstance(value, dict):
        return
    groups = value.get("option_groups") or ()
    options = [*(value.get("options") or ()), *(o for g in groups for o in g.get("options", ()))]
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", ())
    if any(choice not in options for choice in chosen):
        yield Problem(at, "initial option must be one of the options")


CHOICES: Final = each(exactly_one("options", "option_groups"), distinct_values, initial_among_options)
