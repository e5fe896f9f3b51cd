"""Working days of owner and buyer, and on which of them the steps of a plan come."""
