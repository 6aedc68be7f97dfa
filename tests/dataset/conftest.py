"""One small dataset that the tests of this folder read and leave as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.examples import archive, write


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a written dataset: the four documents of `archive`."""
    folder = tmp_path_factory.mktemp("dataset")
    write(folder, archive())
    return folder
