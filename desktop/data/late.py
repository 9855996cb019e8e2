"""Modules that are imported only when something of them is used.

SQLAlchemy imports asyncio, and with it ssl, and importlib.metadata, and with it email: a tenth of the time it takes to
load, for what a shop in a file never uses. A driver of a server may, and gets the real ones.
"""

import importlib
import sys
from functools import partial
from threading import Lock
from types import ModuleType
from typing import Any

_turn = Lock()


class Late(ModuleType):
    """Stands in for a module until something of it is asked for, and gives way to it then."""

    def __getattr__(self, name: str) -> Any:
        with _turn:  # or a second thread would take away what the first one has just put there
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def lighten() -> None:
    """Have what SQLAlchemy imports, and a shop in a file never uses, imported with its first use."""
    import_late("asyncio", "iscoroutine")
    import_late("importlib.metadata")


def import_late(name: str, *functions: str) -> None:
    """Have module `name` imported with its first use, unless it is there; `functions` of it with their first call."""
    if name in sys.modules:
        return
    module = Late(name)
    for function in functions:
        setattr(module, function, partial(_call, module, function))
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(importlib.import_module(package), last, module)


def _call(module: Late, function: str, *args: Any) -> Any:
    return module.__getattr__(function)(*args)
