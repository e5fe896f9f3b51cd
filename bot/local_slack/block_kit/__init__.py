"""A strict reader of Block Kit: refuses what Slack would refuse, and says where."""
