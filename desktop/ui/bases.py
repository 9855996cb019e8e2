"""Over which state of its row each field is typed: nothing that others stored meanwhile is written over unnoticed."""

from collections.abc import Callable
from typing import Any

from desktop.services.errors import Stale
from desktop.ui.context import complaint


class Bases:
    """The base of each field by its name: the version of the row, or whatever else tells its states apart.

    A field whose text is refused because another was stored meanwhile keeps its base for as long as nothing is done
    about it: the field is left, another row is chosen, the page is closed, and the other text stands. To type on, to
    press Enter, or to come back to the field, is to mean it: then it is stored over the other.
    """

    def __init__(self) -> None:
        self._bases: dict[str, object] = {}
        self._told: dict[str, tuple[object, object, object]] = {}  # visit, text refused in it, what was there instead

    def show(self, name: str, state: object) -> None:
        """Note that a field shows this state of its row, and nothing else is typed over it."""
        self._bases[name] = state
        self._told.pop(name, None)

    def follow(self, name: str, before: object, state: object) -> None:
        """Note that the row went from one state to another, which did not touch what the field is typed over."""
        if self._bases.get(name) == before:
            self._bases[name] = state

    def save(
        self, name: str, value: object, group: object, store: Callable[[Any], object], state: Callable[[], object]
    ) -> str:
        """Call `store(base)` for a field, and return what is wrong in one sentence, or "" once it is stored.

        `group` is its visit, as a Field gives it; `state()` is asked afterwards for what the row is then.
        """
        if name in self._told:
            visit, refused, there = self._told[name]
            if visit is not group or refused != value:
                self._bases[name] = there
        try:
            store(self._bases[name])
        except Exception as error:
            sentence = complaint(error)
            if isinstance(error, Stale):
                self._told[name] = (group, value, state())
            return sentence
        self.show(name, state())
        return ""
