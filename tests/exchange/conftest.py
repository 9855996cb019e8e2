"""Shops that the tests of a file begin with, each made once."""

import shutil
from functools import cache

import pytest

from desktop.data.database import Database


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory, new_shop):
    """A function that returns the file of a shop that `fill(session)` has filled, the same one each time."""

    @cache
    def make(fill):
        path = shutil.copy(new_shop, tmp_path_factory.mktemp("filled") / "shop.dukkan")
        database = Database(path, "till")
        database.run("Fill", fill)
        database.close()
        return path

    return make


@pytest.fixture
def shop_with(filled_once, tmp_path):
    """A function that returns the path of a shop that `fill(session)` has filled, a test's own."""
    return lambda fill: shutil.copy(filled_once(fill), tmp_path / "shop.dukkan")
