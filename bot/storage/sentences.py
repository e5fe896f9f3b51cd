"""What went wrong with the database, in one sentence for people: no SQL, no values, no password."""

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import BotError, Misconfigured

# PostgreSQL's words for settings that will not mend by themselves.
SETTINGS = ("authentication failed", "does not exist", "no pg_hba.conf entry", "no password supplied")


def place_of(url: URL) -> str:
    """Return where a database is, without user and password."""
    if url.get_backend_name() == "sqlite":
        return f"the database file {url.database}"
    return f"PostgreSQL at {url.host or 'localhost'}:{url.port or 5432}, database {url.database!r},"


def away(url: URL, error: SQLAlchemyError) -> str:
    """Say that the database does not do its work at present."""
    return f"{_capital(place_of(url))} does not answer as it should ({reason_of(error)})."


def not_opened(url: URL, error: DBAPIError) -> BotError:
    """Return the error of a database that could not be opened."""
    reason = reason_of(error)
    says = f"{_capital(place_of(url))} cannot be opened ({reason}): check DATABASE_URL."
    is_setting = url.get_backend_name() == "sqlite" or any(words in reason for words in SETTINGS)
    return Misconfigured(says) if is_setting else BotError(says)


def reason_of(error: SQLAlchemyError) -> str:
    """Return the driver's own words in one line."""
    if not isinstance(error, DBAPIError):
        return "all connections are busy"
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    told = [line for line in lines if "failed:" in line or "FATAL" in line] or lines
    return told[0].rpartition("failed: ")[2].removeprefix("FATAL:").strip() if told else "no reason given"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
