"""The browser's door and pages: over plain HTTP, as plain functions, and in Chromium."""
