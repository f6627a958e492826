"""The workspace: every version of every report, who made it and who signed it, in SQLite here or in a team's PostgreSQL."""
