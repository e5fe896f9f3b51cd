import json

from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Attachment, Origin, Reading, reading_from_json, reading_to_json

WORDS = st.text(max_size=9)
READINGS = st.builds(
    Reading,
    attachments=st.lists(st.builds(Attachment), max_size=2).map(tuple),
    notes=st.lists(WORDS, max_size=2).map(tuple),
    headers=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
)


@given(READINGS)
def test_a_reading_survives_a_restart(reading: Reading) -> None:
    assert reading_from_json(reading_to_json(reading)) == reading


def test_keys_and_origins_of_a_later_version_are_passed_over() -> None:
    told = json.loads(reading_to_json(Reading("hello"))) | {"mood": "fine", "origin": "fax"}
    assert reading_from_json(json.dumps(told)) == Reading("hello", Origin.TEXT)


def test_what_an_earlier_version_did_not_write_has_its_default() -> None:
    assert reading_from_json('{"text": "hello"}') == Reading("hello")
