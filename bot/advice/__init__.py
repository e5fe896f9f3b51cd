"""A verdict turned into words for people: card, reply draft, terminal text, JSON."""
