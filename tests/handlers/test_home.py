from typing import Any

import pytest

from bot.advice.actions import more_value

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"


def test_the_home_tab_says_how_the_bot_is_used(scene: Any) -> None:
    emma = scene.slack.person("emma")
    emma.opens_home()
    home = str(scene.slack.wait_for(lambda: emma.home)["blocks"])
    assert "/inquiry classify TEXT" in home
    assert f"<#{scene.slack.workspace.channel('inquiries').id}>" in home
    assert "None at present" in home


def test_the_home_tab_lists_what_lies_open_with_the_person(scene: Any) -> None:
    emma, mei = scene.slack.person("emma"), scene.slack.person("mei")
    message = emma.types("#inquiries", INQUIRY)
    advice = scene.advice_in(message)
    scene.settled()
    emma.opens_home()
    link = f"p{message['ts'].replace('.', '')}"
    listed = str(scene.slack.wait_for(lambda: emma.home)["blocks"])
    assert link in listed
    assert "Anna Schmidt" in listed
    mei.clicks(advice, "inquiry_more", more_value("take", scene.record_of(message).id))
    mei.opens_home()
    assert link in str(scene.slack.wait_for(lambda: mei.home)["blocks"])


def test_what_is_taken_by_another_leaves_the_list(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    scene.bot.services.inquiries.set_owner(scene.record_of(message).id, "UOTHER")
    emma.opens_home()
    assert "None at present" in str(scene.slack.wait_for(lambda: emma.home)["blocks"])


def test_a_persons_reminders_stand_first_and_overdue_before_the_others(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    record, now = scene.record_of(message), scene.clock.now_ms()
    reminders = scene.bot.services.reminders
    for hours, note in ((48, "the later one"), (-1, "the one overdue <!channel>")):
        reminders.set(record, owner=emma.id, by=emma.id, due_at=now + hours * 3_600_000, note=note)
    scene.settled()
    emma.opens_home()
    home = scene.slack.wait_for(lambda: emma.home)["blocks"]
    says = str(home)
    assert says.index("the one overdue") < says.index("the later one") < says.index("Your open inquiries")
    assert "overdue" in says
    assert "<!channel>" not in says
    assert "Anna Schmidt" in says


def test_of_many_reminders_the_rest_is_counted(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    record, now = scene.record_of(message), scene.clock.now_ms()
    for day in range(1, 14):
        scene.bot.services.reminders.set(
            record, owner=emma.id, by=emma.id, due_at=now + day * 86_400_000, note="n" * 600
        )
    emma.opens_home()
    home = scene.slack.wait_for(lambda: emma.home)
    assert "And 3 more" in str(home["blocks"])


@pytest.mark.parametrize("state", ["won", "lost", "dropped"])
def test_what_is_over_leaves_the_list_of_open_inquiries(scene: Any, state: str) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    scene.bot.services.states.set_state(scene.record_of(message), state, emma.id)
    emma.opens_home()
    assert "None at present. Inquiries" in str(scene.slack.wait_for(lambda: emma.home)["blocks"])


def test_an_open_inquiry_is_shown_with_its_state(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    scene.bot.services.states.set_state(scene.record_of(message), "quoted", emma.id)
    emma.opens_home()
    assert "quotation sent" in str(scene.slack.wait_for(lambda: emma.home)["blocks"])
