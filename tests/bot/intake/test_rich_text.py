from bot.intake.rich_text import text_of_blocks


def leaf(kind: str, **more: object) -> dict[str, object]:
    return {"type": kind, **more}


def section(*leaves: dict[str, object]) -> dict[str, object]:
    return leaf("rich_text_section", elements=list(leaves))


def test_sections_lists_and_quotes_read_line_by_line() -> None:
    items = [
        section(leaf("text", text="500 pcs")),
        section(leaf("text", text="CIF "), leaf("text", text="Oslo")),
    ]
    blocks = [
        leaf(
            "rich_text",
            elements=[
                section(leaf("text", text="We need <b>:")),
                leaf("rich_text_list", style="bullet", elements=items),
                leaf("rich_text_list", style="ordered", elements=items, indent=1),
                leaf("rich_text_quote", elements=[leaf("text", text="yours, Ann")]),
            ],
        )
    ]
    assert text_of_blocks(blocks) == (
        "We need <b>:\n• 500 pcs\n• CIF Oslo\n  1. 500 pcs\n  2. CIF Oslo\nyours, Ann"
    )


def test_every_kind_of_leaf_has_words() -> None:
    leaves = [
        leaf("link", url="mailto:a@b.example", text="a@b.example"),
        leaf("link", url="https://b.example/x"),
        leaf("user", user_id="U1"),
        leaf("channel", channel_id="C1"),
        leaf("usergroup", usergroup_id="S1"),
        leaf("emoji", name="ship"),
        leaf("broadcast", range="here"),
        leaf("date", timestamp=1, format="{date}", fallback="1 May"),
        leaf("color", value="#fff"),
    ]
    spaced = [part for one in leaves for part in (one, leaf("text", text=" "))]
    told = text_of_blocks([leaf("rich_text", elements=[section(*spaced)])])
    assert told.split() == [
        "a@b.example",
        "https://b.example/x",
        "@U1",
        "#C1",
        "@S1",
        ":ship:",
        "@here",
        "1",
        "May",
    ]


def test_section_and_header_blocks_read_too() -> None:
    blocks = [
        leaf("header", text=leaf("plain_text", text="New & urgent")),
        leaf("divider"),
        leaf("section", text=leaf("mrkdwn", text="A &amp; B"), fields=[leaf("plain_text", text="500 pcs")]),
    ]
    assert text_of_blocks(blocks) == "New & urgent\nA & B\n500 pcs"


def test_endless_nesting_ends() -> None:
    inner: dict[str, object] = leaf("text", text="deep")
    for _ in range(500):
        inner = section(inner)
    assert text_of_blocks([leaf("rich_text", elements=[inner])]) == ""
