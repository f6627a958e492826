"""Migrations of the workspace's tables, oldest first."""
