"""The command line: `chengwen`."""
