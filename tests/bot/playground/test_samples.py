from collections.abc import Iterator

import pytest

import knowledge
from bot.advice.advise import judge
from bot.advice.wording import SURE_FROM
from bot.clock import SystemClock
from bot.intake.message import arrival_of
from bot.intake.model import Via
from bot.local_slack import LocalSlack
from bot.local_slack.model import Json, Refused
from bot.playground.samples import FOLDER, Sample, gallery, put, samples
from bot.reading import Reading, read_received
from bot.reading.model import Origin
from bot.texts import LANGUAGES
from knowledge import BUYER_TYPES, LABELS, UNCLEAR, Knowledge, Verdict

ALL = pytest.mark.parametrize("sample", gallery().values(), ids=gallery().keys())
VIA = {"message": Via.MESSAGE, "email": Via.EMAIL, "file": Via.FILE, "forward": Via.FORWARD}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


def reading_of(slack: LocalSlack, message: Json) -> tuple[Via, Reading]:
    """Read a message as the bot does, from the event it gets."""
    here = slack.here
    event = {**message, "type": "message", "channel_type": "channel"}
    arrival = arrival_of(
        event,
        here.team,
        bot_user_id=here.bot_user,
        own_bot_id=here.bot,
        app_id=here.app,
        is_inquiry_channel=lambda channel: True,
    )
    assert arrival
    return arrival.via, read_received(arrival.received, lambda file: slack.workspace.files[file.id].raw)


def verdict_on(slack: LocalSlack, known: Knowledge, name: str) -> Verdict:
    return judge(known, reading_of(slack, put(name, "#inquiries", slack.person("emma"), slack))[1])


@ALL
@pytest.mark.parametrize("name", ["emma", "mei", "david"])
def test_a_sample_arrives_the_way_it_says(slack: LocalSlack, sample: Sample, name: str) -> None:
    message = put(sample.id, "#inquiries", slack.person(name), slack)
    assert message["channel"] == slack.workspace.channel("#inquiries").id
    assert reading_of(slack, message)[0] is VIA[sample.kind]


@ALL
def test_a_sample_is_judged_as_a_careful_reader_would(
    slack: LocalSlack, known: Knowledge, sample: Sample
) -> None:
    assert verdict_on(slack, known, sample.id).type in {sample.type, *sample.also}


@ALL
def test_the_language_of_a_sample_is_told(slack: LocalSlack, known: Knowledge, sample: Sample) -> None:
    assert verdict_on(slack, known, sample.id).language == sample.language


@ALL
def test_a_sample_has_titles_in_both_languages(sample: Sample) -> None:
    for words in (sample.title, sample.about):
        assert words.en[0].isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words.zh)


def test_the_gallery_shows_every_type_in_many_languages() -> None:
    shown = gallery().values()
    assert {sample.type for sample in shown} == {*LABELS, UNCLEAR}
    assert {"en", "zh"} < {sample.language for sample in shown}
    assert len({sample.language for sample in shown}) >= 6
    assert {sample.kind for sample in shown} == VIA.keys()
    clear = [sample for sample in shown if sample.type in BUYER_TYPES]
    assert all(sum(sample.type == label for sample in clear) >= 2 for label in BUYER_TYPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_tells_what_the_page_shows(language: str) -> None:
    told = samples(language)  # type: ignore[arg-type]
    assert [one["id"] for one in told] == list(gallery())
    assert all(one.keys() == {"id", "title", "about", "language", "kind"} for one in told)
    assert all(one["title"] and one["about"] for one in told)


def test_every_file_belongs_to_a_sample() -> None:
    named = {sample.file for sample in gallery().values()} | {f"{name}.toml" for name in gallery()}
    assert {path.name for path in FOLDER.iterdir()} <= named


def test_a_colleagues_forward_is_opened_to_the_buyer(slack: LocalSlack) -> None:
    _, reading = reading_of(slack, put("05-pet-food-foxmail", "#inquiries", slack.person("mei"), slack))
    assert reading.origin is Origin.FORWARD
    assert reading.sender == "Katrin Vaher <katrin.vaher@sobrakapp.example>"
    assert "发件人" not in reading.text


def test_a_platforms_notification_is_taken_off(slack: LocalSlack) -> None:
    _, reading = reading_of(slack, put("08-platform-click", "#inquiries", slack.person("mei"), slack))
    assert (reading.origin, reading.sender_name) == (Origin.PLATFORM, "Daniel M.")
    assert "Unsubscribe" not in reading.text


def test_the_original_of_a_forward_stands_where_the_bot_is_not(slack: LocalSlack) -> None:
    put("12-free-lamps-forward", "#inquiries", slack.person("david"), slack)
    original = slack.messages("#random")[-1]
    assert original["user"] != slack.person("david").id
    assert slack.here.bot_user not in slack.workspace.channel("#random").members


def test_phishing_is_called_dangerous_and_a_buyer_on_the_road_is_not(
    slack: LocalSlack, known: Knowledge
) -> None:
    phishing = verdict_on(slack, known, "14-phishing-order")
    assert {warning.id for warning in phishing.warnings} >= {"risky_attachment", "link_mismatch"}
    honest = verdict_on(slack, known, "17-buyer-on-the-road")
    assert "danger" not in {warning.severity for warning in honest.warnings}


def test_of_too_little_the_bot_is_not_sure(slack: LocalSlack, known: Knowledge) -> None:
    assert verdict_on(slack, known, "19-too-little").confidence < SURE_FROM


@ALL
def test_mail_files_keep_their_headers(slack: LocalSlack, sample: Sample) -> None:
    if sample.kind == "file":
        _, reading = reading_of(slack, put(sample.id, "#inquiries", slack.person("emma"), slack))
        assert reading.origin is Origin.ORIGINAL_MAIL
        assert {"date", "from", "received"} <= {name.lower() for name, _ in reading.headers}


def test_an_unknown_sample_is_refused(slack: LocalSlack) -> None:
    with pytest.raises(Refused, match="sample_not_found"):
        put("no-such", "#inquiries", slack.person("emma"), slack)
