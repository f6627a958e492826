"""The tests: a package of their own, since a dependency installs a top-level one of the same name."""
