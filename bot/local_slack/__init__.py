"""An embedded Slack for tests and the playground: Web API, Socket Mode, signed HTTP, files."""
