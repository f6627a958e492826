"""What the pages do, as plain functions: each takes the workspace and the user's name, and asks what that user may."""
