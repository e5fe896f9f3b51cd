"""Makes the content of the tables of the knowledge files, once they are checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.content import (
    NUDGE,
    Asking,
    Body,
    BuyerType,
    Claim,
    Greeting,
    Guide,
    Line,
    ReplyLanguage,
    Situation,
    Touch,
)
from knowledge.model import Bilingual

Table = Mapping[str, Any]


def buyer_type_of(table: Table) -> BuyerType:
    """Make a buyer type of its file."""
    texts = {key: bilingual(table[key]) for key in ("name", "summary", "odds", "next_step", "question")}
    return BuyerType(id=table["id"], emoji=table["emoji"], claims=_claims(table), **texts)


def situation_of(table: Table) -> Situation:
    """Make a situation of its file."""
    touches = (
        Touch(each["days"], each["after"], bilingual(each), each.get("draft", NUDGE))
        for each in table["touches"]
    )
    return Situation(
        id=table["id"],
        name=bilingual(table["name"]),
        summary=bilingual(table["summary"]),
        plan=table["plan"],
        touches=tuple(touches),
        claims=_claims(table),
        transit_days=table.get("transit_days", 0),
    )


def guide_of(table: Table) -> Guide:
    """Make the guide of its file."""
    return Guide(bilingual(table["intro"]), bilingual(table["closing"]), _claims(table))


def reply_language_of(table: Table) -> ReplyLanguage:
    """Make the reply blocks of one language of its file."""
    return ReplyLanguage(
        code=table["language"],
        greeting=Greeting(**table["greeting"]),
        closing=table["closing"],
        blanks=table["blanks"],
        asking=Asking(**table["asking"]),
        asks=table["asks"],
        echo_intro=table["echo"]["intro"],
        echo=table["echo"]["lines"],
        quotation=_lines(table["quotation"]["lines"]),
        bodies={type_: _body(each) for type_, each in table["types"].items()},
        follow_ups={name: _body(each) for name, each in table.get("follow_ups", {}).items()},
    )


def bilingual(table: Table) -> Bilingual:
    """Make a sentence of a table that holds "en" and "zh"."""
    return Bilingual(table["en"], table["zh"])


def _claims(table: Table) -> tuple[Claim, ...]:
    return tuple(
        Claim(each["part"], bilingual(each), tuple(each.get("seed", ())), each.get("weight"))
        for each in table["claims"]
    )


def _body(table: Table) -> Body:
    return Body(
        _lines(table["body"]),
        tuple(table.get("asks", ())),
        table.get("most_asks", 0),
        table.get("signed", True),
    )


def _lines(entries: Iterable[str | Table]) -> tuple[Line, ...]:
    return tuple(_line({"text": entry} if isinstance(entry, str) else entry) for entry in entries)


def _line(table: Table) -> Line:
    return Line(table["text"], tuple(table.get("needs", ())), tuple(table.get("lacks", ())))
