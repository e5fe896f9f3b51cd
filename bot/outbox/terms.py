"""How long the outbox waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """The spans of time exactly-once rests on, in seconds.

    A post ends within `margin_s` of its start, so one that starts `margin_s` before the end of the lease
    has landed when the lease is over; and nobody looks whether it landed before another `settle_s`.
    """

    lease_s: float = 60.0
    margin_s: float = 11.0  # the HTTP time-out and a second
    settle_s: float = 15.0
    back_off_s: float = 2.0  # after the first failure, doubled by each further one
    longest_back_off_s: float = 300.0
    poll_s: float = 1.0
    between_posts_s: float = 1.0  # Slack takes about one post a second and channel
    speaker_tries: int = 4  # then the thread is told that there will be no words
    locked_out_tries: int = 12  # about half an hour of a token Slack does not accept
    trusts_database_clock: bool = True  # replicas with wrong clocks agree then; SQLite has none of its own

    def back_off(self, attempts: int) -> float:
        """Return how long to wait after the failure number `attempts`."""
        # The power is capped: 2**2000 is no float.
        return min(self.back_off_s * 2.0 ** min(attempts - 1, 30), self.longest_back_off_s)
