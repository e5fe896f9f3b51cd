from urllib.request import proxy_bypass_environment

import pytest

from bot.command_line.environment import spare_this_machine

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize("named", [{}, {"NO_PROXY": "intra.example"}, {"no_proxy": "intra.example"}], ids=str)
def test_no_proxy_stands_before_this_machine(named: dict[str, str]) -> None:
    env = {"HTTPS_PROXY": PROXY, **named}
    spare_this_machine(env)
    for host in ("127.0.0.1:3000", "localhost:80", "localhost"):
        assert proxy_bypass_environment(host, {"no": env["no_proxy"]})
    assert not proxy_bypass_environment("slack.com:443", {"no": env["NO_PROXY"]})
    assert env["HTTPS_PROXY"] == PROXY


def test_what_was_spared_before_is_spared_still() -> None:
    env = {"NO_PROXY": "intra.example"}
    spare_this_machine(env)
    assert proxy_bypass_environment("intra.example", {"no": env["no_proxy"]})
