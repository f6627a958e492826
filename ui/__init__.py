"""People's ways in. Knows drafting/ and evals/; nothing knows ui/."""
