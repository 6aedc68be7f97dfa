"""The real sheets in samples/ become exactly their expected records."""
