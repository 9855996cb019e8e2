"""Which cards of a grid are chosen, however many there are: ids in a set, for 100,000 of them in no time."""

from collections.abc import Collection, Sequence


class Selection:
    """Ids that are chosen, and the one from which Shift extends."""

    def __init__(self) -> None:
        self.chosen: set[int] = set()
        self._anchor: int | None = None

    @property
    def many(self) -> bool:
        """Say whether more than one is chosen."""
        return len(self.chosen) > 1

    def only(self, card: int | None) -> None:
        """Choose one card, or none."""
        self.chosen = set() if card is None else {card}
        self._anchor = card

    def toggle(self, card: int) -> None:
        """Choose a card as well, or no more; the last one stays."""
        if self.chosen != {card}:
            self.chosen = self.chosen ^ {card}
        self._anchor = card

    def extend(self, ids: Sequence[int], card: int, add: bool = False) -> None:
        """Choose all from where one began up to a card; with `add`, besides those that are chosen."""
        start = ids.index(self._anchor) if self._anchor in ids else 0
        end = ids.index(card)
        reached = set(ids[min(start, end) : max(start, end) + 1])
        self.chosen = self.chosen | reached if add else reached

    def all(self, ids: Sequence[int]) -> None:
        """Choose all of `ids`."""
        self.chosen = set(ids)

    def keep(self, ids: Sequence[int]) -> None:
        """Choose no more what is not among `ids`."""
        self.chosen = self.chosen.intersection(ids)

    def listed(self, ids: Sequence[int]) -> list[int]:
        """Return the chosen ones in the order of `ids`."""
        if not self.many:
            return list(self.chosen)
        return list(ids) if len(self.chosen) == len(ids) else [card for card in ids if card in self.chosen]


FEW = 8  # cards are looked up one by one, which takes less than going through all


def places_of(ids: Sequence[int], chosen: Collection[int]) -> list[int]:
    """Return where in `ids` the chosen ones are, in order."""
    if len(chosen) <= FEW:
        return sorted(ids.index(card) for card in chosen if card in ids)
    return [place for place, card in enumerate(ids) if card in chosen]


def stepped(ids: Sequence[int], chosen: Collection[int], steps: int) -> int | None:
    """Return before which of the others the chosen ones stand after `steps` onwards (or back, below 0); None: the end.

    They gather behind the last of them on their way onwards, and before the first on their way back.
    """
    places = places_of(ids, chosen)
    place = places[-1] + 1 - len(places) if steps > 0 else places[0]  # among the others
    place = max(place + steps, 0)
    for passed in places:
        place += passed <= place
    return ids[place] if place < len(ids) else None


def arranged(ids: Sequence[int], moved: Sequence[int], before: int | None) -> list[int]:
    """Return `ids` with `moved` put before one of them (the next that stays), or at the end, in the order they had."""
    going = set(moved)
    places = places_of(ids, going)
    if len(places) <= FEW:
        others = list(ids)
        for place in reversed(places):
            del others[place]
    else:
        others = [card for card in ids if card not in going]
    target = ids.index(before) if before in ids else len(ids)
    target -= sum(place < target for place in places)
    return [*others[:target], *(ids[place] for place in places), *others[target:]]
