from typing import Any

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
    choice = next(e for e in advice["blocks"][-1]["elements"] if e["action_id"] == "inquiry_more")
    take = next(o["value"] for o in choice["options"] if o["value"].startswith("take"))
    mei.clicks(advice, "inquiry_more", take)
    mei.opens_home()
    assert link in str(scene.slack.wait_for(lambda: mei.home)["blocks"])


def test_what_is_taken_by_another_leaves_the_list(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    scene.advice_in(message)
    scene.bot.services.inquiries.set_owner(scene.record_of(message).id, "UOTHER")
    emma.opens_home()
    assert "None at present" in str(scene.slack.wait_for(lambda: emma.home)["blocks"])
