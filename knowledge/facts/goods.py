"""What the buyer wants to buy: the words after "interested in", a label or an amount, else the subject or a model number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.page import Page, unit_at
from knowledge.model import Fact

WORDS_AT_MOST = 8
_PHRASE = re.compile(r"[^\n,;:!?。，；：！？、()（）\[\]|\"“”<>•]{2,90}")
_CUT = re.compile(
    r"\.(?:\s|$)|\s[-–—]\s|\s(?:for|with|from|and (?:would|want|please|need|we|are|our|i|also|your|how|what|can|could|the|pls|payment|delivery|lead|price|moq)|at|to|in (?:the|our|your|bulk|a)|on|that|which|who|because|if|when|as|by|please|pls|kindly|we|our|you|your|can|could|but|so|is|are|was|"
    r"will|would|should|cif|fob|cfr|ddp|exw|cnf|dap|urgently|asap|per|via|including|like|such|moq|thanks|including|before|within|without|under|up|available|like|"
    r"para|con|por|desde|que|y|en|hasta|entrega|com|em|até|desde|pour|avec|dans|qui|et|chez|livré|für|mit|und|aus|nach|zur|zum|in den|bei|ab|per|"
    r"для|из|на|с|по|от|до|или|который|в количестве|من|إلى|في|على|مع|için|ile|và|cho|với|về|từ|giao|loại|là|ở)\s"
)
_HAN_CUT = re.compile(
    r"[，。,;；：:\s、]|的?(?:价格|报价|单价|多少钱|怎么卖|什么价|产品目录|最低|数量|请|麻烦|能否|吗|呢|吧|目的港|到岸|离岸|FOB|CIF|要求|规格)|[,.。]"
)
_LEAD = re.compile(
    r"^(?:[\s\-–—*#.•:：'’]|\d+[.)]\s|(?:the|a|an|some|any|your|our|of|to|buy|buying|purchase|purchasing|import|importing|order|in|for|about|quote|us|all|more|new|good|about|quality|high|"
    r"los|las|la|el|sus|su|de|del|un|una|unos|unas|por|para|o|os|as|do|da|dos|das|seus|suas|um|uma|les|des|le|une|vos|votre|nos|d'|l'|de la|du|die|der|das|den|ihre|ihren|ein|eine|einen|folgende|folgenden|"
    r"i|gli|il|lo|купить|ваши|ваша|ваш|شراء|من)\s|(?:你们的?|贵司的?|贵公司的?|一批|一些|一下|个|购买|采购|进口|几款|这款|那个|这个|以下|下列)){1,6}",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"(?<![\w@./-])(?=[A-Z0-9-]{0,12}\d)[A-Z]{1,5}-?\d{2,6}(?:[A-Z0-9]|-[A-Z0-9]){0,10}(?![\w@])"
)
_HS_CODE = re.compile(
    r"(?:\bhs|h\.s\.|hscode|tariff|海关编码|\bncm|partida arancelaria|zolltarifnummer|тн ?вэд)\W{0,3}(?:code|no|编码|код)?\W{0,4}(\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2})(?!\d)"
)
_OF = re.compile(r"\s{0,2}(?:of|de|d'|di|von|x|×|-|–|:)?\s{0,2}")
_NOT_MODELS = re.compile(
    r"(?:MT|ISO|EN|CE|UL|RAL|HS|PO|IP|MT|DIN|ASTM|BS|AISI|SUS|SS|Q|A|USD|EUR|FY|COVID|CO|RFQ|INV|NO|BOX|TEL|FAX|PI|D)-?\d"
)
_SUBJECT_NOISE = re.compile(
    r"\b(?:re|fw|fwd|aw|wg|tr|rv|enc)\s?:|【[^】]{0,20}】|\[[^\]]{0,40}\]|"
    r"\b(?:rfq|inquiry|enquiry|inquiries|quotation|quote|request for quotation|request for quote|request|price list|pricelist|prices?|best|offer|urgent|order|new|purchase|samples?|free|catalogu?e|"
    r"for|of|about|the|on|your|from|buyer|message|cotizaci[oó]n|solicitud|consulta|pedido|precio|muestras?|gratis|cotação|orçamento|preço|amostras?|demande|devis|de|prix|échantillons?|anfrage|angebot|muster|preisanfrage|"
    r"запрос|цена|кп|на|по|طلب|عرض|سعر|أسعار|استفسار|عن|fiyat|talebi|teklif|numune|hỏi|giá|báo|mẫu|we need|looking|need|wanted|required|supply|potential|distributor|distribution|cooperation|business|partnership|question|questions|help|hello|hi)\b|"
    r"询价单?|詢價|询盘|采购|求购|报价|報價|咨询|请求|合作|样品|免费|索要|见積もり|見積依頼|お見積り依頼|お見積り|見積|依頼|について|のご相談|견적|문의|요청|샘플",
    re.IGNORECASE,
)


def find_product(page: Page, subject: str | None = None) -> Fact | None:
    """Return the goods asked for, None when the buyer names none."""
    for finder in (_labelled, _after_amount, _triggered, _before_tail, _coded):
        for fact in finder(page):
            return fact
    return _of_subject(subject)


def _labelled(page: Page) -> Iterator[Fact]:
    for label in page.of("product_label"):
        last = page.folded[label.end - 1]
        position = label.end
        if last not in ":：":
            match = re.match(r"\s{0,3}[:：\-=]", page.folded[position : position + 5])
            if match is None:
                continue
            position += match.end()
        yield from _phrase(page, position, is_labelled=True)


def _triggered(page: Page) -> Iterator[Fact]:
    for trigger in page.of("product_trigger"):
        yield from _phrase(page, trigger.end)


def _after_amount(page: Page) -> Iterator[Fact]:
    """The goods after "5,000 pcs of"."""
    for number in page.numbers:
        unit = unit_at(page, number.end)
        if unit and unit[0].details["kind"] in ("count", "weight", "package", "area", "volume", "length"):
            rest = _OF.match(page.folded, unit[2])
            starts = page.folded[rest.end() : rest.end() + 1] if rest else ""
            if (
                rest
                and rest.end() > unit[2]
                and starts.isalpha()
                and " of" in page.folded[unit[2] : rest.end()] + " "
            ):
                yield from _phrase(page, rest.end())


def _phrase(page: Page, position: int, is_labelled: bool = False) -> Iterator[Fact]:
    start = _past_lead(page, position)
    match = _PHRASE.match(page.text, start)
    if match is None:
        return
    end = _cut(page, start, match.end(), is_labelled)
    if end > start and not is_generic(page.folded[start:end]):
        yield page.fact(start, end)


def _past_lead(page: Page, position: int) -> int:
    """Return where the goods begin, past articles and the amount."""
    for _ in range(2):
        lead = _LEAD.match(page.folded[position : position + 60])
        position += lead.end() if lead else 0
        number = next((n for n in page.numbers if n.start == position), None)
        if number is None:
            break
        unit = unit_at(page, number.end)
        is_amount = unit is not None and unit[0].details["kind"] != "spec"
        position = unit[2] if unit and is_amount else position
        if not is_amount:
            break
    return position


def _cut(page: Page, start: int, end: int, is_labelled: bool) -> int:
    folded = page.folded[start:end] + " "
    is_han = any("\u3400" <= sign <= "\u9fff" for sign in folded[:6])
    cut = _HAN_CUT.search(folded, 1) if is_han else None if is_labelled else _CUT.search(folded)
    end = start + (cut.start() if cut else len(folded) - 1)
    words = list(re.finditer(r"\S+", page.folded[start:end]))[:WORDS_AT_MOST]
    return start + words[-1].end() if words else start


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(lexicon.read().words("labels", "generic_goods"))


def is_generic(folded: str) -> bool:
    """Whether a phrase names no goods: "your products", "more details"."""
    phrase = folded.strip(" .'’")
    words = re.findall(r"[^\W_]+", phrase)
    return (
        len(phrase) < 2 or phrase in _generic() or all(word in _generic() or word.isdigit() for word in words)
    )


def _before_tail(page: Page) -> Iterator[Fact]:
    """Goods that stand before their verb, as in Japanese, Korean and Turkish."""
    for tail in page.of("product_tail"):
        line_start = max(page.folded.rfind(mark, 0, tail.start) for mark in "。．,、，.:：【】「」!?") + 1
        line_start = max(line_start, page.text.rfind("\n", 0, tail.start) + 1)
        start = _past_lead(page, max(line_start, tail.start - 30))
        end = tail.start - len(page.folded[: tail.start]) + len(page.folded[: tail.start].rstrip())
        if end > start and not is_generic(page.folded[start:end]):
            yield page.fact(start, end)


def _coded(page: Page) -> Iterator[Fact]:
    if match := _HS_CODE.search(page.folded):
        yield page.fact(match.start(1), match.end(1), f"HS {match[1]}")
    for match in _MODEL.finditer(page.plain):
        if not _NOT_MODELS.match(match[0]):
            yield page.fact(match.start(), match.end())


def _of_subject(subject: str | None) -> Fact | None:
    """Return what is left of the subject without the words every subject holds."""
    rest = " ".join(_SUBJECT_NOISE.sub(" ", subject or "").split()).strip(" -–—:,.!?/|()*·")
    return None if is_generic(rest.lower()) else Fact(rest[:80], rest[:80], -1, -1)
