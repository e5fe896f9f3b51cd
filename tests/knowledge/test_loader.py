"""Knowledge files are taken whole or not at all, and every fault is told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from knowledge import LABELS, KnowledgeFaults
from knowledge.content import Body, Line

Write = Callable[[str, str], None]
CUE = """
[[cues]]
id = "swatches"
weight = 2
says = { en = "Asks for swatches", zh = "要布样" }
phrases.en = '''
fabric swatch
'''
"""
TOUCH = """
[[touches]]
days = 5
after = "quotation"
en = "Call."
zh = "打电话。"
"""


def touch(draft: str = "") -> str:
    return f'{TOUCH}draft = "{draft}"\n' if draft else TOUCH


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write_file


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in knowledge.check(folder)]


def test_the_built_in_files_are_without_fault() -> None:
    assert knowledge.check(None) == ()


def test_all_types_situations_and_reply_languages_are_loaded() -> None:
    loaded = knowledge.load()
    assert tuple(loaded.types) == LABELS
    assert set(loaded.situations) == {"comparing_quotations", "waiting_for_downstream"}
    assert {"en", "zh", "es", "pt", "fr", "de", "ru", "ar"} <= set(loaded.replies)
    assert loaded.guide.intro.zh


def test_a_teams_cue_is_added_to_the_built_in_ones(tmp_path: Path, write: Write) -> None:
    write("types/sample_hunter.toml", f'id = "sample_hunter"\n{CUE}')
    loaded = knowledge.load(tmp_path)
    signs = loaded.classify("Please post each fabric swatch and free samples.").signs
    assert {"sample_hunter.swatches", "sample_hunter.free_sample"} <= {sign.id for sign in signs}


def test_a_teams_file_replaces_only_what_it_gives(tmp_path: Path, write: Write) -> None:
    write("types/sample_hunter.toml", 'id = "sample_hunter"\nemoji = "🧵"\n')
    built_in, loaded = knowledge.load(), knowledge.load(tmp_path)
    assert loaded.types["sample_hunter"].emoji == "🧵"
    assert loaded.types["sample_hunter"].claims == built_in.types["sample_hunter"].claims


def test_a_teams_phrases_replace_those_of_their_language_only(tmp_path: Path, write: Write) -> None:
    cue = "[[cues]]\nid = \"vague_big_promise\"\nphrases.en = '''\nzero cost swatch\n'''\n"
    write("types/sample_hunter.toml", f'id = "sample_hunter"\n{cue}')
    loaded = knowledge.load(tmp_path)

    def has_sign(text: str) -> bool:
        return any(sign.id == "sample_hunter.vague_big_promise" for sign in loaded.classify(text).signs)

    assert has_sign("A zero cost swatch would be nice.")
    assert has_sign("样品满意就下单")
    assert not has_sign("We order if quality is good.")


def test_a_weight_of_the_team_outranks_the_fitted_one(tmp_path: Path, write: Write) -> None:
    write("types/sample_hunter.toml", 'id = "sample_hunter"\n[[cues]]\nid = "free_sample"\nweight = 0.5\n')
    text = "We would like free samples."
    light = {
        sign.id: sign.weight for sign in knowledge.load(tmp_path).classify(text).signs if sign.weight > 0
    }
    heavy = {sign.id: sign.weight for sign in knowledge.load().classify(text).signs if sign.weight > 0}
    assert 0 < light["sample_hunter.free_sample"] < heavy["sample_hunter.free_sample"]


def test_a_cue_can_be_taken_away(tmp_path: Path, write: Write) -> None:
    write("types/sample_hunter.toml", 'id = "sample_hunter"\nremove = ["asks_when_sent"]\n')
    signs = knowledge.load(tmp_path).classify("When will you send? Tracking number please.").signs
    assert not any(sign.id == "sample_hunter.asks_when_sent" for sign in signs)


def test_a_step_without_a_draft_takes_the_one_that_fits_any_moment(tmp_path: Path, write: Write) -> None:
    write("situations/a.toml", f'id = "comparing_quotations"\n{touch()}')
    (step,) = knowledge.load(tmp_path).situations["comparing_quotations"].touches
    assert (step.days, step.draft) == (5, "nudge")


def test_a_teams_draft_replaces_the_one_of_its_name_only(tmp_path: Path, write: Write) -> None:
    write(
        "replies/en.toml", '[follow_ups.nudge]\nbody = ["Our word."]\n[types.unclear]\nbody = ["Tell us."]\n'
    )
    built_in, loaded = knowledge.load().replies["en"], knowledge.load(tmp_path).replies["en"]
    assert loaded.follow_ups == {**built_in.follow_ups, "nudge": Body((Line("Our word."),))}
    assert loaded.bodies == {**built_in.bodies, "unclear": Body((Line("Tell us."),))}


def test_a_teams_blank_replaces_the_one_of_its_name_only(tmp_path: Path, write: Write) -> None:
    write("replies/en.toml", '[blanks]\nour_company = "Acme Ltd"\n')
    built_in, loaded = knowledge.load().replies["en"], knowledge.load(tmp_path).replies["en"]
    assert loaded.blanks == {**built_in.blanks, "our_company": "Acme Ltd"}


def test_a_step_may_name_a_draft_the_team_wrote_in_every_language(tmp_path: Path, write: Write) -> None:
    write("situations/a.toml", f'id = "comparing_quotations"\n{touch("our_own")}')
    for language in knowledge.load().replies:
        write(f"replies/{language}.toml", '[follow_ups.our_own]\nsigned = false\nbody = ["{new_fact}"]\n')
    assert faults(tmp_path) == []
    loaded = knowledge.load(tmp_path)
    (step,) = loaded.situations["comparing_quotations"].touches
    assert loaded.replies["de"].follow_ups[step.draft] == Body((Line("{new_fact}"),), is_signed=False)


def test_a_draft_is_missed_in_every_language_that_has_it_not(tmp_path: Path, write: Write) -> None:
    write("situations/a.toml", f'id = "comparing_quotations"\n{touch("our_own")}')
    write("replies/en.toml", '[follow_ups.our_own]\nbody = ["{new_fact}"]\n')
    languages = sorted({"ar", "de", "es", "fr", "pt", "ru", "zh"})
    assert faults(tmp_path) == [f"replies/{each}.toml: follow_ups.our_own: is missing" for each in languages]


def test_each_plan_belongs_to_one_situation(tmp_path: Path, write: Write) -> None:
    step = TOUCH.replace("quotation", "dispatch")
    write("situations/a.toml", f'id = "comparing_quotations"\nplan = "sample"\n{step}')
    assert faults(tmp_path) == [
        "situations: plan: no situation has the plan 'quote'",
        "situations/a.toml: plan: 'sample' is the plan of another situation too",
        "situations/waiting_for_downstream.toml: plan: 'sample' is the plan of another situation too",
    ]


def test_a_language_of_the_team_needs_no_follow_ups(tmp_path: Path, write: Write) -> None:
    english = (Path(knowledge.__file__).parent / "replies" / "en.toml").read_text("utf-8")
    korean = english.partition("\n[follow_ups.")[0].replace('language = "en"', 'language = "ko"')
    write("replies/ko.toml", korean)
    assert faults(tmp_path) == []
    assert knowledge.load(tmp_path).replies["ko"].follow_ups == {}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("types/a.toml", 'id = "sample_hunter"\nemoji = \nodds = 3', "types/a.toml: line 2"),
        ("types/a.toml", 'id = "sample_hunter"\nemoji = "🧵', "is not TOML"),
        ("types/a.toml", 'id = "bargain_hunter"', "'bargain_hunter' is no type"),
        ("types/a.toml", 'emoji = "🧵"', "types/a.toml: id"),
        ("types/a.toml", 'id = "sample_hunter"\nemojo = "🧵"', "emojo: is not a key"),
        ("types/a.toml", 'id = "sample_hunter"\nemoji = 3', "emoji: input should be a valid string"),
        ("types/a.toml", 'id = "sample_hunter"\nemoji = ""', "emoji: is empty"),
        ("types/a.toml", 'id = "sample_hunter"\ncues = 3', "cues: must be [[cues]] tables"),
        ("types/a.toml", f'id = "sample_hunter"\n{CUE}{CUE}', "cues.swatches: stands there twice"),
        ("types/a.toml", 'id = "sample_hunter"\n[[cues]]\nweight = 2', "cues, number 1: has no id"),
        ("types/a.toml", 'id = "sample_hunter"\n[[cues]]\nid = "x"\nweight = 2', "cues.x.says: is missing"),
        ("types/a.toml", 'id = "sample_hunter"\nremove = ["nothing"]', "there is no cue 'nothing'"),
        (
            "types/a.toml",
            f'id = "sample_hunter"\n{CUE.replace("weight = 2", "weight = 9")}',
            "cues.swatches.weight: input should be less than or equal to 3",
        ),
        ("types/a.toml", f'id = "sample_hunter"\n{CUE.replace("weight = 2", "weight = 0")}', "weight: is 0"),
        (
            "types/a.toml",
            f'id = "sample_hunter"\n{CUE.replace("fabric swatch", " ")}',
            "phrases.en: is empty",
        ),
        ("types/a.toml", f'id = "sample_hunter"\n{CUE.replace("fabric swatch", "ok")}', "'ok' is too short"),
        (
            "types/a.toml",
            f'id = "sample_hunter"\n{CUE.replace("fabric swatch", "@cloth x")}',
            "word list 'cloth'",
        ),
        (
            "types/a.toml",
            f'id = "sample_hunter"\n{CUE}needs = ["moon"]',
            "'moon' is no fact, word list or cue",
        ),
        ("types/a.toml", f'id = "sample_hunter"\n{CUE}against = {{ thief = 1 }}', "against.thief"),
        ("types/a.toml", f'id = "sample_hunter"\n{CUE}needs = ["sample_hunter.swatches"]', "in a circle"),
        (
            "types/a.toml",
            'id = "sample_hunter"\n[[claims]]\npart = "boast"\nen = "x"\nzh = "x"',
            "claims.number 1.part",
        ),
        ("replies/en.toml", 'closing = "Yours, {my_name}"', "{my_name} is not a placeholder"),
        ("replies/xx.toml", 'language = "xx"', "greeting: is missing"),
        (
            "replies/en.toml",
            '[follow_ups.nudge]\nbody = ["{news}"]',
            "follow_ups.nudge.body.number 1: {news} is not a placeholder",
        ),
        ("replies/en.toml", '[follow_ups.nudge]\nbody = ["{asks}"]', "{asks} cannot stand in a follow-up"),
        (
            "replies/en.toml",
            "[follow_ups.nudge]\nbody = []",
            "follow_ups.nudge.body: list should have at least",
        ),
        ("replies/en.toml", "[follow_ups.nudge]\nsigned = true", "follow_ups.nudge.body: is missing"),
        (
            "replies/en.toml",
            '[follow_ups.nudge]\nbody = ["x"]\nasks = ["port"]',
            "follow_ups.nudge.asks: is not a key",
        ),
        (
            "replies/en.toml",
            '[follow_ups.nudge]\nbody = [{ needs = ["price"], text = "x" }]',
            "needs.number 1: input should be 'contact'",
        ),
        ("replies/en.toml", "follow_ups = 3", "follow_ups: input should be a valid dictionary"),
        (
            "situations/a.toml",
            f'id = "comparing_quotations"\n{TOUCH}draft = "quote_arrivd"',
            "touches.number 1.draft: there is no draft 'quote_arrivd'; the drafts are late_answer, nudge",
        ),
        (
            "situations/a.toml",
            f'id = "comparing_quotations"\n{TOUCH}draft = "Any news?"',
            "touches.number 1.draft: 'Any news?' is not written as it must be",
        ),
        (
            "situations/a.toml",
            f'id = "comparing_quotations"\n{TOUCH.replace("quotation", "arrival")}',
            "touches.number 1.after: is 'arrival'; in this plan it is quotation",
        ),
        (
            "situations/a.toml",
            f'id = "comparing_quotations"\n{TOUCH}{TOUCH}',
            "touches.number 2.days: comes no later than the step before it",
        ),
        (
            "situations/a.toml",
            'id = "comparing_quotations"\ntouches = []',
            "touches: list should have at least 1 item",
        ),
        ("lexicon/notions.toml", "[sample]\nen = 3", "sample.en: must be a text"),
        ("lexicon/notions.toml", "[sample]\nen = 'a ... b'", "must be words side by side"),
        ("typse/sample_hunter.toml", 'id = "sample_hunter"', "is not a file that is read"),
        ("lexicon/unit.toml", "", "is not a file that is read"),
        ("guide.toml", "[intro]\nen = 'x'", "intro.zh: is missing"),
    ],
    ids=lambda value: ascii(value)[-40:],
)
def test_a_fault_is_named_with_file_key_and_reason(
    tmp_path: Path, write: Write, name: str, text: str, fault: str
) -> None:
    write(name, text)
    told = faults(tmp_path)
    assert any(fault in each for each in told), told
    assert all(each.startswith((name, "types: ")) and "\n" not in each for each in told)


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "a.toml").write_bytes('id = "索要"'.encode("gb18030"))
    assert "is not UTF-8 text" in faults(tmp_path)[0]


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "a.toml").write_bytes(b'\xef\xbb\xbfid = "sample_hunter"\n')
    assert faults(tmp_path) == []


def test_every_fault_is_told_and_nothing_is_loaded(tmp_path: Path, write: Write) -> None:
    write("types/a.toml", 'id = "sample_hunter"\nemojo = "x"\nodds = 3\n')
    write("types/b.toml", 'id = "casual_browser"\nname = "x"\n')
    write("guide.toml", "[closing]\nen = 'x'\n")
    with pytest.raises(KnowledgeFaults) as caught:
        knowledge.load(tmp_path)
    assert {fault.file for fault in caught.value.faults} == {"types/a.toml", "types/b.toml", "guide.toml"}
    assert len(caught.value.faults) >= 4
    assert str(caught.value).count("\n") == len(caught.value.faults) - 1


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    text = "Please quote 500 pcs FOB Shenzhen."
    assert knowledge.load(tmp_path).classify(text) == knowledge.load().classify(text)
