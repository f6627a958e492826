"""Watching the program at work: figures for Prometheus, logs that hold nobody's words, ids that follow a request to the model's endpoint."""
