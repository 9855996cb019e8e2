"""The tables: those of the first page are loaded with it, the others by need, and whoever asks for all has all."""

import subprocess
import sys

import pytest
from sqlalchemy import text

import desktop.data.models as models
from desktop.data.history import journaled

FIRST = "import sys; import desktop.ui.pages.catalog, desktop.ui.standing, desktop.data.database\n"
LATER = "assert not {m for m in sys.modules if m in ('desktop.data.models.orders', 'desktop.data.models.messages')}\n"
ASKED = {
    "pictures": "from desktop.data.blobs import _references; found = {key.table.name for key in _references()}",
    "one changed": "from desktop.data.history import model_of; found = {model_of('reply_part').__tablename__}",
}


@pytest.mark.parametrize("code", ASKED.values(), ids=ASKED)
def test_the_first_page_loads_few_and_who_asks_for_all_has_all(code):
    ended = subprocess.run(
        [sys.executable, "-c", f"{FIRST}{LATER}{code}\nassert 'reply_part' in found, found"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not ended.returncode, ended.stderr


def test_what_is_loaded_by_need_is_found_like_the_rest():
    models.all_tables()
    for model in models.Base.__subclasses__() + models.Row.__subclasses__():
        if model.__module__.rpartition(".")[2] in models.LATER:
            assert getattr(models, model.__name__) is model
    with pytest.raises(ImportError):
        from desktop.data.models import Nothing  # noqa: F401
    with pytest.raises(AttributeError):
        _ = models.nothing


def test_every_change_of_every_table_is_noted(database):
    expected = {f"journal_{table}_{op}" for table in journaled() for op in "IUD"}
    with database.reader() as session:  # readers note nothing
        assert not session.scalars(text("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")).all()
    found = database.run_unrecorded(
        lambda session: session.scalars(text("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")).all()
    )
    assert set(found) == expected


def test_nobody_goes_through_what_happens_to_be_loaded():
    from pathlib import Path

    folder = Path(models.__file__).parents[2]
    sources = [path for path in folder.rglob("*.py") if path.parent != Path(models.__file__).parent]
    texts = {path: path.read_text("utf-8") for path in sources}
    assert [path.name for path, source in texts.items() if "Row.__subclasses__" in source] == ["history.py"]
    assert not [path for path, source in texts.items() if "Base.metadata." in source]
