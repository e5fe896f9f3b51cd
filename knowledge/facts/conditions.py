"""Payment, certificates, packaging and delivery date, as the buyer asks for them."""

import re
from collections.abc import Iterator

from knowledge import lexicon
from knowledge.facts.page import Page
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

NEAR = 40  # characters within which a neighbour word explains an ambiguous one
_PAYING = re.compile(
    r"%|pay|advance|deposit|balance|l/c|terms?\b|\d0/\d0|sight|usance|days|wire|付|款|定金|pago|pagamento"
    r"|paiement|zahl|оплат|"
    r"دفع|ödeme|peşin|against|documents|bank|irrevocable|confirmed|bl\b|b/l|proforma|\bpi\b"
)
_AMBIGUOUS_PAYMENT = frozenset(("deposit", "TT", "LC", "DP", "CAD", "BG", "DLC", "ILC"))
_SHARES = re.compile(r"(?<!\d)(\d{1,2})\s?%?\s?[/:+-]\s?(\d{1,2})(?!\d)\s?%?")
_SHARE = re.compile(r"(?<![\d.])\d{2,3}\s?%")
_SHARE_PAID = re.compile(r"\bpay(?:ing|ment)? (?:of )?(\d{2,3}\s?%)")
_SIGHT = re.compile(
    r"at sight|sight|即期|a la vista|à vista|à vue|bei sicht|по предъявлении|一覧払い|بالاطلاع"
)
_DAYS = re.compile(r"(\d{2,3})\s?(?:days?|天|días|dias|jours|tage|дней|gün|يوم)")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|se[pt]tiembre|octubre|noviembre|diciembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|januar|februar|märz|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    "|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре"
    "|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    "|ocak|şubat|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
)
_DATE = re.compile(
    r"(?<![\w])(?:(?:end|mid|middle|beginning|early|late|start)[ -](?:of )?)?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.|er|º)?(?: ?[-–/] ?\d{1,2})?(?: of| de)? ?)?"
    rf"(?:{_MONTHS})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? (?:de )?20\d\d)?"
    r"|(?<!\d)20\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?!\d)"
    r"|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}[日号號])?(?:底|初|中旬|上旬|下旬|中|末)?前?"
    r"|(?:20\d\d년 ?)?\d{1,2}월(?: ?\d{1,2}일)?(?: ?말| ?초)?"
    r"|\b(?:wk|week|kw|semana|semaine|cw)\.? ?\d{1,2}(?: ?[/-] ?\d{1,2})?\b|(?:下|本|这)个?(?:月底|月初"
    r"|周[一二三四五六日]?)|月底前?|年底前?"
    r"|[一二三四五六七八九十]{1,2}月(?:底|初|中旬?|上旬|下旬|[一二三四五六七八九十]{1,3}[日号號])前?|本月|这个月"
    r"|bu ay"
    r"|this month|este mes|este mês|ce mois-ci|в этом месяце|هذا الشهر|春节前|节前"
    r"|\b(?:end of (?:the )?(?:month|year|quarter)|next (?:month|week)|q[1-4](?: 20\d\d)?|christmas"
    r"|ramadan|tháng \d{1,2})\b"
)
_SPAN = re.compile(
    r"(?<![\d.,])(?:within |in |max\.? |innerhalb |dentro de |en |sous |в течение "
    r"|خلال )?\d{1,3}(?: ?[-–] ?\d{1,3})? ?(?:calendar |working |business )?"
    r"(?:days?|weeks?|months?|días|dias|semanas|jours|semaines|tagen?|wochen|дней|дня|недел[ьия]|giorni"
    r"|gün|hafta|天内?|周内?|週間|日以内|일 ?이내|أيام|يوماً|يوما|يوم|ngày|tuần)(?![a-z])"
    r"|خلال (?:شهر|شهرين|أسبوع|أسبوعين)|within (?:a|one|two|three) (?:days?|weeks?|months?)"
)
_WEEK = re.compile(r"\b(?:wk|week|kw|cw) ?\d{1,2}\b(?: ?[/-] ?\d{1,2}\b)?")
_OUR_DEADLINE = re.compile(
    r"return by|last |past |track|complain|quot|offer|bid|reply|respon|answer|revert|closing|tender|valid"
    r"|报价|回复|截止|cotiz|proposta"
    r"|angebot bis"
    r"|ответ|warrant|credit|sight|保修|质保|payment|账期|usance|net|l/c|lc|visit|fair|call"
)
# Chinese puts what is due after the date: "本周内能给报价吗".
_OUR_TASK = re.compile(r"[^，。,.;；!?？！\n]{0,6}(?:报价|報價|回复|回覆|答复|答覆)")
_STANDARD = re.compile(
    r"(?<![\w.])(EN(?: ?ISO)?|ISO|DIN(?: ?EN)?(?: ?ISO)?|ASTM|IEC|BS(?: ?EN)?|GB/T|GB|JIS|NTC|ANSI|AS/NZS"
    r"|API|СТ|ГОСТ|ТР ТС|IATF)"
    r"[ -]?([A-Z]{0,2}\d{2,5}[A-Z]?(?:-\d{1,4})*)(?![\w])"
)
_COURIER_ACCOUNT = re.compile(r"顺丰|順豐|快递|快遞|dhl |ups ")
_FROM_EDGE = 34
_SIZE_BEFORE = re.compile(
    r"(?<![\w.])\d[\d.,]{0,6}\s?(?:kgs?|g|gr|l|lbs?|pcs|box|sets|公斤|克|кг|كجم)?\s?/?\s?$"
)
_REST = re.compile(r"[^\n.;!?。；，,]{2,40}")


def find_payment(page: Page) -> Fact | None:
    """Return how the buyer means to pay, with shares, sight or days where they stand beside it."""
    sure = [mention for mention in page.of("payment") if _is_payment(page, mention)]
    if not sure:
        return _bare_shares(page)
    first = next((m for m in sure if m.id != "deposit"), sure[0])
    shares = _bare_shares(page)
    if shares and shares.end + NEAR < first.start:
        return shares
    start, end, details = _payment_details(page, first)
    label = lexicon.read().entries("payment")[first.id].details["label"]
    return page.fact(start, end, " ".join([label, *details]))


def _is_payment(page: Page, mention: Mention) -> bool:
    if _COURIER_ACCOUNT.search(page.before(mention.start, 5)):
        return False
    if page.plain[mention.start : mention.end] not in _AMBIGUOUS_PAYMENT:
        return True
    around = (
        page.folded[max(0, mention.start - NEAR) : mention.start]
        + " "
        + page.folded[mention.end : mention.end + NEAR]
    )
    return bool(_PAYING.search(around))


def _payment_details(page: Page, mention: Mention) -> tuple[int, int, list[str]]:
    low, high = page.line_around(mention.start, mention.start - 14, mention.end + 30)
    start, end = mention.start, mention.end
    details: list[str] = []
    for pattern in (_SHARES, _SHARE, _SIGHT, _DAYS):
        match = pattern.search(page.folded, low, high)
        is_taken = pattern is _SHARE and details
        if match and not is_taken and (pattern is not _SHARES or int(match[1]) + int(match[2]) == 100):
            details.append(
                f"{match[1]}/{match[2]}"
                if pattern is _SHARES
                else page.plain[match.start() : match.end()].strip()
            )
            start, end = min(start, match.start()), max(end, match.end())
    return start, end, ["at sight" if _SIGHT.fullmatch(detail.lower()) else detail for detail in details]


def _bare_shares(page: Page) -> Fact | None:
    for match in _SHARES.finditer(page.folded):
        around = page.folded[max(0, match.start() - NEAR) : match.end() + NEAR]
        if int(match[1]) + int(match[2]) == 100 and _PAYING.search(around.replace(match[0], "")):
            return page.fact(match.start(), match.end(), f"{match[1]}/{match[2]}")
    share = _SHARE_PAID.search(page.folded)
    return page.fact(share.start(1), share.end(1)) if share else None


def find_certificates(page: Page) -> tuple[Fact, ...]:
    """Return the certificates named, each once."""
    found = {
        f"{match[1]} {match[2]}": page.fact(match.start(), match.end(), f"{match[1]} {match[2]}")
        for match in _STANDARD.finditer(page.plain)
    }
    sure = [mention for mention in page.of("certificate") if not _needs_neighbour(page, mention)]
    for mention in page.of("certificate"):
        is_numbered = any(fact.start <= mention.start < fact.end for fact in found.values())
        if not is_numbered and (mention in sure or _has_neighbour(page, mention, sure)):
            found.setdefault(mention.id, page.fact(mention.start, mention.end, mention.id))
    return tuple(found.values())


def _needs_neighbour(page: Page, mention: Mention) -> bool:
    entry = lexicon.read().entries("certificates")[mention.id]
    is_letters = page.plain[mention.start : mention.end] in entry.details.get("capitals", ())
    return is_letters and bool(entry.details.get("needs_neighbour"))


def _has_neighbour(page: Page, mention: Mention, sure: list[Mention]) -> bool:
    others = [*page.of("neighbour"), *sure]
    return any(
        -NEAR < other.start - mention.end < 30 and other.start != mention.start
        for other in others
        if abs(other.start - mention.start) < NEAR
    )


def find_packaging(page: Page) -> Fact | None:
    """Return the packing asked for, with the size of the pack where it stands before it."""
    named = [m for m in page.of("packaging") if m.id not in ("named", "private_label")]
    if named:
        size = _SIZE_BEFORE.search(page.before(named[0].start, 14))
        start = named[0].start - (len(size[0]) if size else 0)
        return page.fact(start, named[0].end)
    if labels := page.of("packaging"):
        return _labelled_packing(page, labels[0])
    return None


def _labelled_packing(page: Page, label: Mention) -> Fact | None:
    if label.id == "private_label":
        return page.fact(label.start, label.end)
    rest = _REST.match(page.own, label.end)
    is_given = page.folded[label.end - 1] in ":：" or page.folded[label.start : label.end] == "packed in"
    if rest is None or not is_given or not rest[0].strip():
        return None
    start = rest.start() + len(rest[0]) - len(rest[0].lstrip())
    return page.fact(start, rest.start() + len(rest[0].rstrip()))


def find_delivery(page: Page) -> Fact | None:
    """Return when the goods are wanted, the date nearest to its word; a deadline for our offer is none."""
    for pattern in (_DATE, _SPAN):
        dated = min(_dates(page, pattern), key=lambda each: each[0], default=None)
        if dated:
            return dated[1]
    week = _WEEK.search(page.folded)
    return page.fact(week.start(), week.end()) if week and not _is_deadline_for_us(page, week) else None


def _dates(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, Fact]]:
    """Yield dates near a word of delivery, each with its distance in characters."""
    for label in page.of("delivery_label"):
        after = pattern.search(page.folded, label.end, label.end + _FROM_EDGE + 24)
        if after and after.start() - label.end < _FROM_EDGE and not _is_deadline_for_us(page, after):
            yield (
                after.start() - label.end,
                page.fact(after.start(), after.start() + len(after[0].rstrip("."))),
            )
        yield from _date_before(page, pattern, label)


def _date_before(page: Page, pattern: re.Pattern[str], label: Mention) -> Iterator[tuple[int, Fact]]:
    start, end = max(0, label.start - 22), label.start + 1
    if any(sign.isdigit() for sign in page.folded[start:end]):
        found = pattern.finditer(page.folded, start, end)
        dates = [date for date in found if not _OUR_TASK.match(page.folded, date.end())]
        for date in dates[-1:]:
            yield end - date.end() + 4, page.fact(date.start(), date.end())


def _is_deadline_for_us(page: Page, match: re.Match[str]) -> bool:
    if _OUR_TASK.match(page.folded, match.end()) or page.plain[match.start() : match.end()] == "may":
        return True  # and a small "may" is no month
    return bool(_OUR_DEADLINE.search(page.folded, max(0, match.start() - 24), match.start()))
