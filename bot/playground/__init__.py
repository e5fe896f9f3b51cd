"""The whole bot in a browser: a page that stands in for a Slack workspace, and the real bot behind it."""
