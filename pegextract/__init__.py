"""pegextract: Italian municipal objective sheets (PEG) as validated, evidence-backed Parquet tables."""

__version__ = "0.1.0"
