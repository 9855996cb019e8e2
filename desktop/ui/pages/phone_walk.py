"""The walk through what is not on the phone yet: its steps, and how far one is. It knows no widgets."""

from collections.abc import Sequence

from desktop.services.phone_copy import Entry

Key = tuple[str, int, str]


class Walk:
    """Steps in the order of the phone, of which one is current, or none once all are done or skipped.

    Steps that are done stay, so that one can go back to them; what changes meanwhile is added at the end.
    """

    def __init__(self) -> None:
        self.steps: list[Entry] = []
        self._place: int | None = None
        self._skipped: set[Key] = set()

    @property
    def current(self) -> Entry | None:
        """The step that one is at."""
        return None if self._place is None else self.steps[self._place]

    @property
    def place(self) -> int:
        """How many steps come before the current one."""
        return len(self.steps) if self._place is None else self._place

    @property
    def done(self) -> int:
        """How many steps are on the phone now."""
        return sum(not step.is_pending for step in self.steps)

    @property
    def left(self) -> int:
        """How many steps are not: those that were skipped, once the end is reached."""
        return len(self.steps) - self.done

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take over what has changed: a step that is done by now, or not any more, and new ones."""
        known = {entry.key: entry for entry in entries}
        before = {step.key: step.is_pending for step in self.steps}
        if not any(before.values()):  # the last walk is over
            self.steps, self._place = [], None
            before = {key: False for key in before if key in known and known[key].is_pending}
            self._skipped.clear()
        self.steps = [known.get(step.key) or step._replace(state="same") for step in self.steps]
        present = {step.key for step in self.steps}
        self.steps += [entry for entry in entries if entry.is_pending and entry.key not in present]
        back = [place for place, step in enumerate(self.steps) if step.is_pending and before.get(step.key) is False]
        if back:  # it was taken back
            self._place = back[0]
        elif not self.left:
            self._place = None
        elif self.current is None and self.steps:
            self.next()

    def mark(self, key: Key) -> None:
        """Take a step for done, before the shop says so."""
        self.steps = [step._replace(state="same") if step.key == key else step for step in self.steps]

    def next(self) -> None:
        """Go to the next step that is neither done nor skipped, from the beginning again if there is none behind."""
        start = 0 if self._place is None else self._place + 1
        order = [*range(start, len(self.steps)), *range(start)]
        self._place = next((place for place in order if self._is_open(place)), None)

    def skip(self) -> None:
        """Leave the current step for later."""
        if step := self.current:
            self._skipped.add(step.key)
            self.next()

    def go(self, steps: int) -> None:
        """Go so many steps on, or back, done or not; from the end back to the last."""
        if self.steps:
            self._place = min(max(self.place + steps, 0), len(self.steps) - 1)

    def go_to(self, key: Key) -> bool:
        """Go to a step by what it stands for, and say whether it is one."""
        place = next((place for place, step in enumerate(self.steps) if step.key == key), None)
        if place is not None:
            self._place = place
        return place is not None

    def again(self) -> None:
        """Go through what was skipped."""
        self._skipped.clear()
        self._place = None
        self.next()

    def _is_open(self, place: int) -> bool:
        step = self.steps[place]
        return step.is_pending and step.key not in self._skipped
