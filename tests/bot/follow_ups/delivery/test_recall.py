import pytest

from bot.follow_ups.delivery.recall import line_to_recall


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hello\nCan you ship in May?\nWhat is the price?\nThanks", "What is the price?"),
        ("您好\n请问多少钱？\n谢谢", "请问多少钱？"),
        ("Hi\nWe need 500 pcs of LED panels\nBest", "We need 500 pcs of LED panels"),
        ("Best regards and the warmest of wishes from all of us here\nNeed 5 pcs", "Need 5 pcs"),
        ("", ""),
        (" \n ", ""),
    ],
    ids=["question", "chinese", "longest", "closing", "empty", "blank"],
)
def test_the_line_to_recall_is_the_last_question_or_the_longest_line(text: str, line: str) -> None:
    assert line_to_recall(text) == line
