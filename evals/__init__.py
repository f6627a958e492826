"""Is it right? Rules, dates against the period, the gate. Knows drafting/."""
