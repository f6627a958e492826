"""One file for all settings: what may stand in it, how it is read, and the page that documents it. The environment goes before the file."""
