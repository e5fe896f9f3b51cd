"""One thin file per Slack surface: payload in, domain call, nothing decided here."""
