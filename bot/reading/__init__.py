"""Takes the buyer's own words out of mails, forwards and files."""
