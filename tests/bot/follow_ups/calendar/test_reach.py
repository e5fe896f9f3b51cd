"""Where a buyer's office is, told by what they can be reached at."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.advice.record import verdict_to_json
from bot.follow_ups.calendar.calendars import buyer_country
from bot.follow_ups.calendar.reach import country_of_mail, country_of_phone
from bot.storage import open_database
from tests.bot.follow_ups.desk_of_follow_ups import FollowUpDesk, known


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+49 40 1234567", "DE"),
        ("WhatsApp +49 171 1234567", "DE"),
        ("+44 20 7946 0958", "GB"),
        ("+1 212 736 5000", "US"),
        ("+1 416 863 9000", "CA"),
        ("+1 800 275 2273", None),  # rung from all of North America
        ("+7 727 250 1234", "KZ"),
        ("+7 495 123 4567", "RU"),
        ("+86 138 0013 8000", "CN"),
        ("+852 2123 4567", "HK"),
        ("+971 4 123 4567", "AE"),
        ("+55 11 91234 5678", "BR"),
        ("+800 1234 5678", None),
        ("+999 1234 5678", None),
        ("040 1234567", None),
        ("WhatsApp 4917112345", None),
        ("wechat li_ming88", None),
        ("", None),
    ],
)
def test_a_number_is_of_one_country_or_of_none(number: str, country: str | None) -> None:
    assert country_of_phone(number) == country


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("anna@abc-gmbh.de", "DE"),
        ("sales@firm.co.uk", "GB"),
        ("Info@FIRM.COM.BR", "BR"),
        ("buyer@firm.com.cn", "CN"),
        ("kim@firm.co.kr", "KR"),
        ("joe@firm.com", None),
        ("joe@firm.eu", None),
        ("joe@firm.asia", None),
        *((f"joe@startup.{domain}", None) for domain in ("co", "io", "ai", "me", "tv", "cc", "ly", "to")),
        ("hans@web.de", None),
        ("jean@orange.fr", None),
        ("anna@yahoo.co.uk", None),
        ("noreply@firm.de", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_firms_address_is_of_its_country_and_free_mail_of_none(address: str, country: str | None) -> None:
    assert country_of_mail(address) == country


@pytest.mark.parametrize(
    ("words", "country"),
    [
        (
            "Please quote 500 pcs. We are a shop in Germany. Phone: +33 1 42 68 53 00, mail anna@firm.it",
            "DE",
        ),
        ("Please quote 500 pcs. Phone: +33 1 42 68 53 00, mail anna@firm.it", "FR"),
        ("Please quote 500 pcs. Mail anna@firm.it", "IT"),
        ("Please quote 500 pcs. Mail anna@firm.io", None),
    ],
    ids=["written", "by phone", "by mail", "by nothing"],
)
def test_what_a_buyer_wrote_goes_first_then_the_phone_then_the_mail(
    words: str, country: str | None, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    inquiry = FollowUpDesk(database).inquiry()
    judged = replace(inquiry, verdict=verdict_to_json(known().classify(words)))
    database.close()
    assert buyer_country(judged) == country
    assert buyer_country(replace(judged, verdict=None)) is None
