"""Shops that many tests only read from, made once."""

import shutil
from functools import cache

import pytest

from desktop.data.database import Database


@pytest.fixture(scope="session")
def filled(tmp_path_factory, new_shop):
    """A function that returns the file of a shop that `fill(session)` has filled, to be copied: it is made once."""

    @cache
    def make(fill):
        path = shutil.copy(new_shop, tmp_path_factory.mktemp("filled") / "shop.dukkan")
        database = Database(path, "till")
        database.run("Fill", fill)
        database.close()
        return path

    return make
