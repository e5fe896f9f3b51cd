"""What brings an inquiry back to mind in one line of the buyer's own words."""

LINE = 140
QUESTION_MARKS = ("?", "？", "؟")
CLOSED_BY = ("best", "kind regards", "regards", "sincerely", "thanks", "thank you", "此致", "谢谢", "祝好")


def line_to_recall(text: str) -> str:
    """Return the buyer's last question, else the longest line of what they wrote; "" for nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    questions = [line for line in lines if line.endswith(QUESTION_MARKS)]
    if questions:
        return questions[-1]
    telling = [line for line in lines if not line.lower().startswith(CLOSED_BY)]
    return max(telling, key=len, default="")
