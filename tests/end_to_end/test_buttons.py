"""The buttons on the card, and what opens behind them."""

from tests.end_to_end.office import INQUIRY, Message, Office


def card(office: Office) -> tuple[Message, Message]:
    message = office.emma.types("#inquiries", INQUIRY)
    return message, office.only_advice(message)


def test_the_draft_opens_in_a_modal(office: Office) -> None:
    _, advice = card(office)
    assert office.emma.clicks(advice, "inquiry_draft_reply").trouble is None
    view = office.slack.wait_for(lambda: office.emma.modal)
    assert "Ahmed" in str(view["blocks"])
    office.emma.closes(view)


def test_an_old_cards_draft_can_be_opened_again(office: Office) -> None:
    _, advice = card(office)
    for _ in range(2):
        office.emma.clicks(advice, "inquiry_draft_reply")
        office.emma.closes(office.slack.wait_for(lambda: office.emma.modal))


def test_a_correction_is_shown_on_the_card(office: Office) -> None:
    message, advice = card(office)
    office.mei.clicks(advice, "inquiry_correct_type")
    view = office.slack.wait_for(lambda: office.mei.modal)
    outcome = office.mei.submits(view, {field_of(view): "casual_browser"})
    assert (outcome.trouble, dict(outcome.errors)) == (None, {})
    assert office.mei.modal is None
    office.slack.wait_for(lambda: f"<@{office.mei.id}>" in str(office.advice(message)[0]["blocks"]))
    office.only_advice(message)
    assert office.ask("SELECT count(*) FROM inquiries WHERE corrected_type = 'casual_browser'") >= 1


def test_two_people_may_correct_at_once(office: Office) -> None:
    message, advice = card(office)
    views = []
    for person in (office.mei, office.emma):
        person.clicks(advice, "inquiry_correct_type")
        views.append(office.slack.wait_for(lambda person=person: person.modal))
    office.mei.submits(views[0], {field_of(views[0]): "casual_browser"})
    office.emma.submits(views[1], {field_of(views[1]): "sample_hunter"})
    office.slack.wait_for(lambda: f"<@{office.emma.id}>" in str(office.advice(message)[0]["blocks"]))
    office.only_advice(message)


def test_a_follow_up_is_promised_once_however_often_it_is_pressed(office: Office) -> None:
    _, advice = card(office)
    before = office.ask("SELECT count(*) FROM outbox WHERE kind = 'reminder'")
    told = len(office.emma.ephemerals)
    for _ in range(3):
        assert office.emma.clicks(advice, "follow_up_in_3_days").trouble is None
    office.slack.wait_for(lambda: len(office.emma.ephemerals) == told + 3)
    assert office.ask("SELECT count(*) FROM outbox WHERE kind = 'reminder'") == before + 1


def test_the_menu_opens_details_tells_of_the_type_and_takes_the_inquiry(office: Office) -> None:
    message, advice = card(office)
    number = advice["metadata"]["event_payload"]["inquiry_id"]
    for choice in ("details", "about_type"):
        assert office.emma.clicks(advice, "inquiry_more", f"{choice}:{number}").trouble is None
        office.emma.closes(office.slack.wait_for(lambda: office.emma.modal))
    assert office.emma.clicks(advice, "inquiry_more", f"take:{number}").trouble is None
    office.slack.wait_for(lambda: f"<@{office.emma.id}>" in str(office.advice(message)[0]["blocks"]))
    office.only_advice(message)


def test_a_button_of_an_inquiry_that_is_not_there_is_answered(office: Office) -> None:
    _, advice = card(office)
    forged = {**advice, "blocks": [with_value(block, "999999") for block in advice["blocks"]]}
    told = len(office.emma.ephemerals)
    assert office.emma.clicks(forged, "inquiry_draft_reply").trouble is None
    office.slack.wait_for(lambda: len(office.emma.ephemerals) > told)


def with_value(block: Message, value: str) -> Message:
    if block["type"] != "actions":
        return block
    elements = [{**e, "value": value} if e["type"] == "button" else e for e in block["elements"]]
    return {**block, "elements": elements}


def field_of(view: Message) -> str:
    """Return the action id of the one input of a modal."""
    (block,) = [block for block in view["blocks"] if block["type"] == "input"]
    return str(block["element"]["action_id"])
