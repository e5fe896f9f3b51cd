"""What was promised: reminders, plans and the states they hang on, kept in the database."""
