"""The buyer's next mail, which ends the plan that waits for it."""
