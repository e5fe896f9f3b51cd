"""The door to Slack: the only room whose modules see a Slack client."""
