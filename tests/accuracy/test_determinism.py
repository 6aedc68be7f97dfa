"""Equal inputs give equal bytes, in whatever order they come and however many processes read them."""

import io
import random
from hashlib import sha256
from pathlib import Path

import pytest

from pegextract.dataset.contract import TABLES
from pegextract.dataset.manifest import MANIFEST
from pegextract.layouts.profile import shipped_profiles
from pegextract.runs import engine
from pegextract.runs.extract import Settings
from pegextract.runs.pipeline import Request, convert
from pegextract.runs.progress import progress_on
from tests.forms.render import RENDERINGS
from tests.forms.sheets import random_sheet

SHUFFLES = 20
DOCUMENTS = 30


def hash_of(output: Path) -> str:
    """One hash of every file that people read of a dataset, names included; the account of a version has its time."""
    tables = (output / "current").resolve()
    files = sorted(path for path in tables.rglob("*") if path.is_file() and path.name != MANIFEST)
    assert len(files) > len(TABLES)
    output = tables
    return sha256(b"".join(str(path.relative_to(output)).encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Invented documents in every rendering, two of them with the same bytes, one that is no sheet."""
    folder = tmp_path_factory.mktemp("inputs")
    for seed in range(DOCUMENTS):
        rendering = list(RENDERINGS)[seed % len(RENDERINGS)]
        text = RENDERINGS[rendering](random_sheet(random.Random(seed)), random.Random(seed))
        (folder / f"{seed:02}_{rendering}.txt").write_text(text, encoding="utf-8")
    (folder / "copy.txt").write_bytes((folder / "00_pipes.txt").read_bytes())
    (folder / "letter.txt").write_text("Gentile signora,\nun saluto.\n", encoding="utf-8")
    return folder


def test_twenty_shuffles_give_one_hash(folder, tmp_path, monkeypatch):
    """The order of the inputs and the number of processes leave no trace in the dataset."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(engine, "WORTH_A_POOL_DOCUMENTS", 2)
    names = sorted(path.name for path in folder.iterdir())
    hashes = set()
    for number in range(SHUFFLES):
        random.Random(number).shuffle(names)
        request = Request(
            inputs=names,
            output=tmp_path / f"output{number}",
            settings=Settings(shipped_profiles()),
            stdin=io.BytesIO(),
            jobs=1 if number % 4 else 1 + number // 4 % 3,
        )
        report = convert(request, progress_on(io.StringIO(), quiet=True))
        assert report.written.sheets == DOCUMENTS
        hashes.add(hash_of(request.output))
    assert len(hashes) == 1
