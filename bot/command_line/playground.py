"""`inquiry-bot playground`: the whole bot in a browser, without Slack."""

import logging
import os
import signal
import sys
import threading
import webbrowser
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Final

import click

from bot.command_line.environment import settings_here, spare_this_machine
from bot.settings import Settings

FOLDER: Final = Path("data")


@click.command(short_help="Try the whole bot in your browser, without Slack.")
@click.option("--port", type=click.IntRange(0, 65535), help="Where to serve the page (else PORT, else 3000).")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(port: int | None, no_browser: bool) -> None:
    """Try the whole bot in your browser, on a page that stands in for a Slack workspace.

    The same bot as in Slack, with its own workspace and its own database in the folder `data`. Nothing
    leaves this machine, and only this machine can open the page.
    """
    settings = settings_here()
    open_page(settings if port is None else replace(settings, port=port), opens_browser=not no_browser)


def open_page(settings: Settings, *, opens_browser: bool) -> None:
    """Run the playground until SIGINT or SIGTERM; raises BotError when it cannot start."""
    from bot import app, log
    from bot.clock import SystemClock
    from bot.playground.desk import Desk
    from bot.playground.house import House
    from bot.playground.server import PageServer

    stopping = _stop_asked_for()
    spare_this_machine(os.environ)
    log.configure(settings.log_level, settings.log_format)
    app.quieten_libraries()
    logging.getLogger("bot.slack").setLevel(logging.WARNING)  # "Connected to Slack" would puzzle people here
    clock = SystemClock()
    house = House(settings, FOLDER, clock)
    try:
        house.open()
        page = PageServer(house, Desk(house, clock), settings.port)
        page.start()
        click.echo(f"The playground is at {page.address} (Ctrl+C ends it).")
        if opens_browser and _has_display():
            # A browser may take its time, or write to this terminal: neither is the playground's business.
            threading.Thread(target=_open_browser, args=(page.address,), daemon=True).start()
        app.wait_until(stopping)
        house.send_home()
        page.stop()
    finally:
        house.close()


def _stop_asked_for() -> threading.Event:
    asked = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(number, signal.SIG_DFL)  # whoever asks twice does not want to wait

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return asked


def _has_display() -> bool:
    is_plain_unix = sys.platform not in ("darwin", "win32")
    return not is_plain_unix or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _open_browser(address: str) -> None:
    with suppress(OSError, webbrowser.Error):
        webbrowser.open(address)
