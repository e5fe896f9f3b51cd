"""Interactive elements, and which block may hold which."""

from collections.abc import Mapping
from typing import Final

from bot.local_slack.block_kit.compositions import (
    CHOICES,
    CONFIRM,
    GROUP,
    ID,
    LISTED_OPTION,
    SELECT_OPTION,
    URL,
    distinct_values,
    initial_among_options,
    option,
    plain,
)
from bot.local_slack.block_kit.rules import (
    Problem,
    Problems,
    Rule,
    anything,
    by_type,
    each,
    exactly_one,
    fields,
    flag,
    items,
    matching,
    number,
    one_of,
    text,
    typed,
)

_ACTION: Final[Mapping[str, Rule]] = {"action_id": ID}
_COMMON: Final[Mapping[str, Rule]] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": flag}
_FIELD: Final[Mapping[str, Rule]] = {**_ACTION, "focus_on_load": flag, "placeholder": plain(150)}
_DISPATCH: Final = fields(
    {},
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)},
)
_DATE: Final = matching(r"\d{4}-\d\d-\d\d", "must be a date as YYYY-MM-DD")
_TIME: Final = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a time as HH:mm")
_FILTER: Final = fields(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)

BUTTON: Final = typed(
    "button",
    {"text": plain(75)},
    {
        **_ACTION,
        "url": URL,
        "value": text(2000, 0),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": text(75),
    },
)


def _select(kind: str, extra: Mapping[str, Rule]) -> Rule:
    return typed(kind, {}, {**_COMMON, "placeholder": plain(150), **extra})


def _selects(kind: str, name: str, initial: Mapping[str, Rule]) -> dict[str, Rule]:
    single, many = f"{name}_select", f"multi_{name}_select"
    response = {"response_url_enabled": flag} if kind in ("conversations", "channels") else {}
    return {
        single: _select(single, {**initial, **response}),
        many: _select(many, {**initial, "max_selected_items": number(1, 100)}),
    }


def _static(kind: str, extra: Mapping[str, Rule]) -> Rule:
    choices = {"options": items(SELECT_OPTION, 100), "option_groups": items(GROUP, 100)}
    return each(_select(kind, {**choices, **extra}), CHOICES)


_MENUS: Final[dict[str, Rule]] = {
    "static_select": _static("static_select", {"initial_option": anything}),
    "multi_static_select": _static(
        "multi_static_select",
        {"initial_options": items(anything, 100), "max_selected_items": number(1, 100)},
    ),
    "external_select": _select(
        "external_select", {"initial_option": SELECT_OPTION, "min_query_length": number(0, 100)}
    ),
    **_selects("users", "users", {"initial_user": ID, "initial_users": items(ID, 100)}),
    **_selects(
        "conversations",
        "conversations",
        {
            "initial_conversation": ID,
            "initial_conversations": items(ID, 100),
            "default_to_current_conversation": flag,
            "filter": _FILTER,
        },
    ),
    **_selects("channels", "channels", {"initial_channel": ID, "initial_channels": items(ID, 100)}),
}


def _listed(kind: str, initial: str) -> Rule:
    chosen: Rule = anything if initial == "initial_option" else items(anything, 10)
    shape = typed(kind, {"options": items(LISTED_OPTION, 10)}, {**_COMMON, initial: chosen})
    return each(shape, distinct_values, initial_among_options)


OVERFLOW: Final = each(
    typed(
        "overflow",
        {"options": items(option(plain(75), has_url=True), 5)},
        {**_ACTION, "confirm": CONFIRM},
    ),
    distinct_values,
)
_PICKERS: Final[dict[str, Rule]] = {
    "datepicker": typed("datepicker", {}, {**_COMMON, "initial_date": _DATE, "placeholder": plain(150)}),
    "timepicker": typed(
        "timepicker",
        {},
        {**_COMMON, "initial_time": _TIME, "placeholder": plain(150), "timezone": text(100)},
    ),
    "datetimepicker": typed(
        "datetimepicker",
        {},
        {**_COMMON, "initial_date_time": number(1_000_000_000, 9_999_999_999)},
    ),
}
_LISTS: Final[dict[str, Rule]] = {
    "checkboxes": _listed("checkboxes", "initial_options"),
    "radio_buttons": _listed("radio_buttons", "initial_option"),
}
IMAGE: Final = each(
    typed("image", {"alt_text": text(2000)}, {"image_url": URL, "slack_file": anything}),
    exactly_one("image_url", "slack_file"),
)


def _length_bounds(value: object, at: str) -> Problems:
    if isinstance(value, dict) and value.get("min_length", 0) > value.get("max_length", 3000):
        yield Problem(f"{at}/min_length", "must not be greater than max_length")


_INPUTS: Final[dict[str, Rule]] = {
    "plain_text_input": each(
        typed(
            "plain_text_input",
            {},
            {
                **_FIELD,
                "initial_value": text(3000, 0),
                "multiline": flag,
                "min_length": number(0, 3000),
                "max_length": number(1, 3000),
                "dispatch_action_config": _DISPATCH,
            },
        ),
        _length_bounds,
    ),
    "email_text_input": typed(
        "email_text_input",
        {},
        {**_FIELD, "initial_value": text(3000, 0), "dispatch_action_config": _DISPATCH},
    ),
    "url_text_input": typed(
        "url_text_input",
        {},
        {**_FIELD, "initial_value": text(3000, 0), "dispatch_action_config": _DISPATCH},
    ),
    "number_input": typed(
        "number_input",
        {"is_decimal_allowed": flag},
        {
            **_FIELD,
            "initial_value": text(100),
            "min_value": text(100),
            "max_value": text(100),
            "dispatch_action_config": _DISPATCH,
        },
    ),
}

_SINGLE_MENUS: Final = {name: rule for name, rule in _MENUS.items() if not name.startswith("multi_")}

ACTIONS: Final = by_type({"button": BUTTON, "overflow": OVERFLOW, **_SINGLE_MENUS, **_PICKERS, **_LISTS})
ACCESSORY: Final = by_type(
    {
        "button": BUTTON,
        "overflow": OVERFLOW,
        "image": IMAGE,
        **_MENUS,
        **_LISTS,
        **{name: _PICKERS[name] for name in ("datepicker", "timepicker")},
    }
)
INPUT: Final = by_type({**_INPUTS, **_MENUS, **_PICKERS, **_LISTS})
