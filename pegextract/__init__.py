"""pegextract: Italian municipal objective sheets (PEG) as validated, evidence-backed Parquet tables."""

from pegextract.api import Dataset as Dataset
from pegextract.api import Sheet as Sheet
from pegextract.api import Sheets as Sheets
from pegextract.api import load as load
from pegextract.api import read as read
from pegextract.errors import PegextractError as PegextractError
from pegextract.version import __version__ as __version__
