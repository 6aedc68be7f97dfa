"""Registry: which printings over the archive name the same person, unit and objective."""
