"""What is imported late: the real module from its first use on, whoever uses it, and only then."""

import subprocess
import sys

import pytest

START = "import sys; from desktop.data.late import import_late; import_late('asyncio', 'iscoroutine'); "
USES = {
    "something of it": "import asyncio; assert asyncio.run(asyncio.sleep(0, 7)) == 7",
    "a function of it": "import asyncio; f = asyncio.iscoroutine; assert 'ssl' not in sys.modules; assert not f(7)",
    "a name of it": "from asyncio import Queue; assert Queue().empty()",
    "a module in it": "import asyncio.events; assert asyncio.events.get_event_loop_policy()",
    "a name it has not": "import asyncio; assert not hasattr(asyncio, 'nothing')",
    "many threads": (
        "import asyncio; from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "with Pool(8) as pool: assert len({id(c) for c in pool.map(lambda _: asyncio.Queue, range(50))}) == 1"
    ),
}
REAL = "\nimport asyncio; assert type(sys.modules['asyncio']).__name__ == 'module'; assert asyncio.sleep"
SQLALCHEMY = (
    "import_late('importlib.metadata'); import sqlalchemy.orm, sqlalchemy.dialects.sqlite; "
    "assert not {'asyncio.events', 'ssl', 'email'} & set(sys.modules), 'used by SQLAlchemy as it is loaded'; "
    "import importlib.metadata; assert importlib.metadata.version('sqlalchemy'); import psycopg"
)


def run(code: str) -> None:
    """Run code in a process of its own."""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_any_use_brings_the_real_module(use: str) -> None:
    run(START + use + REAL)


def test_sqlalchemy_uses_neither_as_it_is_loaded_and_a_driver_of_a_server_gets_them() -> None:
    run(START + SQLALCHEMY + REAL)


def test_what_is_there_already_stays() -> None:
    run(f"import asyncio as real; {START} import asyncio; assert asyncio is real")
