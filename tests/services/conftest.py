"""What tests of several features begin with."""

import pytest

from desktop.services.catalog import add_product


@pytest.fixture
def fill(database):
    """A function that adds items by their fields, and returns their ids."""

    def fill(*items):
        def add(session):
            return [add_product(session, **{"name": f"Item {at}", **fields}) for at, fields in enumerate(items)]

        return database.run("Add", add)

    return fill


@pytest.fixture
def get(database):
    """A function that reads."""

    def get(fn, *args, **values):
        with database.reader() as session:
            return fn(session, *args, **values)

    return get
