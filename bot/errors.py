"""Errors that people are meant to read. Each says in one sentence what happened and what to do."""


class BotError(Exception):
    """Base of every error with a sentence for people; `str()` of it is that sentence."""

    exit_code = 1


class Misconfigured(BotError):
    """Settings or knowledge that cannot work. `problems` are all of them, one sentence each."""

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class WrongUsage(BotError):
    """A command or argument that cannot be understood."""

    exit_code = 2


class Unreadable(BotError):
    """A file or message whose text cannot be had. `reason` is a key under `unreadable.` in the texts."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(f"{name}: {reason}" if name else reason)
        self.reason = reason
        self.name = name
