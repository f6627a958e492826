"""Learning the style of a kind of report from exemplars: how they are built and sound, and nothing of what they say."""
