"""pegextract: Italian municipal objective sheets (PEG) as validated, evidence-backed Parquet tables."""

from pegextract.version import __version__ as __version__
