"""What people ask for in words, dialogs and buttons, and what they are answered."""
