import json

from hypothesis import given
from hypothesis import strategies as st

from bot.intake.as_json import received_from_json, received_to_json
from bot.intake.model import Received, SlackFile, SlackMail

RECEIVED = st.builds(
    Received,
    forwarded=st.lists(st.text(), max_size=3).map(tuple),
    files=st.lists(
        st.builds(
            SlackFile,
            mail=st.none() | st.builds(SlackMail, attachments=st.lists(st.text(), max_size=2).map(tuple)),
        ),
        max_size=2,
    ).map(tuple),
)


@given(RECEIVED)
def test_what_was_received_survives_a_restart(received: Received) -> None:
    assert received_from_json(received_to_json(received)) == received


def test_keys_of_a_later_version_are_passed_over() -> None:
    told = json.loads(received_to_json(Received("hello"))) | {"mood": "fine"}
    assert received_from_json(json.dumps(told)) == Received("hello")


def test_what_an_earlier_version_did_not_write_has_its_default() -> None:
    assert received_from_json('{"text": "hello"}') == Received("hello")
