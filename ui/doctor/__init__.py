"""What an administrator would look at: each thing with what was seen and, where it is not in order, what to do. Nothing is changed."""
