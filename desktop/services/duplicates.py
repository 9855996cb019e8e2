"""The same phone at two customers: found however it is kept, as the first number or among the further ones."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.data.models import Customer

AT_ONCE = 5_000  # numbers that are looked for in one statement


def find_duplicates(session: Session) -> list[list[int]]:
    """Return the ids of customers that share a number, group by group, each in the order they came into the shop.

    Who shares one number with one and another with a second is in one group with both. Reads every customer who has
    more than one number, so it is not for the window's thread.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    several = select(Customer.id, Customer.phone, Customer.more_phones).where(Customer.more_phones != "")
    for number, phone, more in session.execute(several):
        for one in held_by("", more) - {phone}:
            holders[one].add(number)
    phones = select(Customer.phone).where(Customer.phone != "").group_by(Customer.phone)
    shared = set(session.scalars(phones.having(func.count() > 1)))
    looked_for = sorted(shared | set(holders))
    for at in range(0, len(looked_for), AT_ONCE):
        found = select(Customer.id, Customer.phone).where(Customer.phone.in_(looked_for[at : at + AT_ONCE]))
        for number, phone in session.execute(found):
            holders[phone].add(number)
    return _joined(sorted(one) for one in holders.values() if len(one) > 1)


def held_by(phone: str, more_phones: str) -> set[str]:
    """Return the numbers of a customer, without what was kept as it was written because it is none."""
    return {line for line in (phone, *more_phones.split("\n")) if line.isascii() and line.isdigit()}


def _joined(groups: Iterable[list[int]]) -> list[list[int]]:
    """Join groups that have a member in common."""
    leader: dict[int, int] = {}

    def lead(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for first, *others in groups:
        for other in others:
            one, two = sorted((lead(first), lead(other)))
            leader[two] = one
    found: dict[int, list[int]] = defaultdict(list)
    for one in sorted(leader):
        found[lead(one)].append(one)
    return list(found.values())
