"""`python -m bot` is the same program as `inquiry-bot`."""

from bot.command_line import main

main()
