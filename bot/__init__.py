"""The bot: everything around the knowledge: settings, storage, intake, reading, advice, delivery."""

__version__ = "0.1.0"
