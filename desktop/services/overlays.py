"""Days with hours of their own that come again every year, ready to be added: Ramadan, the Eids, national days.

Hijri dates are those of the Umm al-Qura calendar (the library hijridate, from its printed tables, 1924 to 2077). The
sighting of the moon may move what is celebrated by a day, so these can be shifted. National days are those that the
law of each country names as a holiday; what moves there by decree from year to year is the owner's to move.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from desktop.i18n import N_, _
from desktop.i18n.places import weekend
from desktop.services.hours_input import with_break
from desktop.services.opening import DAY, ONE_DAY, WEEKDAYS, Span, Stretch

FRIDAY = 4
FRIDAY_BREAK = 720, 840  # minutes: from 12 noon to 2 pm
FRIDAY_PRAYER = frozenset({"AE", "MA", "TN", "LB"})  # countries of Friday prayer whose weekend has no Friday
NOT_THERE = frozenset({"SA", "QA"})  # where these two are no holidays
RAMADAN_HOURS = (Span(None, 600, 900), Span(None, 1230, DAY + 30))  # a proposal: from 10 to 3, and in the evening


@dataclass(frozen=True)
class Occasion:
    """Something that is kept every year: from a day of a month on, for so many days, by one of two calendars.

    A length of 0 is the whole month. `territories` is empty where it is offered everywhere.
    """

    key: str
    name: str  # marked with N_
    month: int
    day: int
    length: int = 1
    hijri: bool = False
    territories: frozenset[str] = frozenset()
    except_in: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = field(default=())

    def is_kept_in(self, territory: str) -> bool:
        """Say whether it is offered to a shop there."""
        return territory not in self.except_in and (not self.territories or territory in self.territories)

    def coming(self, today: dt.date) -> Iterator[Stretch]:
        """Yield it as it comes, from the one that is not over on `today`: as long as the calendar is known."""
        for first, last in _hijri(self, today) if self.hijri else _gregorian(self, today):
            if last >= today:
                yield Stretch(_(self.name), first, last, self.spans, self.key)


def _day(key: str, name: str, territory: str, month: int, day: int, length: int = 1) -> Occasion:
    return Occasion(key, name, month, day, length, territories=frozenset(territory.split()))


OCCASIONS = (
    Occasion("ramadan", N_("Ramadan"), 9, 1, 0, hijri=True, spans=RAMADAN_HOURS),
    Occasion("eid_al_fitr", N_("Eid al-Fitr"), 10, 1, 3, hijri=True),
    Occasion("eid_al_adha", N_("Eid al-Adha"), 12, 10, 3, hijri=True),
    Occasion("hijri_new_year", N_("Hijri New Year"), 1, 1, hijri=True, except_in=NOT_THERE),
    Occasion("mawlid", N_("The Prophet's birthday (Mawlid)"), 3, 12, hijri=True, except_in=NOT_THERE),
    _day("eid_al_etihad", N_("Eid al-Etihad (UAE National Day)"), "AE", 12, 2, 2),
    _day("saudi_founding_day", N_("Saudi Founding Day"), "SA", 2, 22),
    _day("saudi_national_day", N_("Saudi National Day"), "SA", 9, 23),
    _day("kuwait_national_days", N_("Kuwait National Day and Liberation Day"), "KW", 2, 25, 2),
    _day("qatar_national_day", N_("Qatar National Day"), "QA", 12, 18),
    _day("bahrain_national_day", N_("Bahrain National Day"), "BH", 12, 16, 2),
    _day("oman_accession_day", N_("Accession Day of the Sultan"), "OM", 1, 11),
    _day("oman_national_day", N_("Oman National Day"), "OM", 11, 20, 2),
    _day("egypt_january_25", N_("25 January Revolution Day"), "EG", 1, 25),
    _day("egypt_sinai_day", N_("Sinai Liberation Day"), "EG", 4, 25),
    _day("egypt_june_30", N_("30 June Revolution Day"), "EG", 6, 30),
    _day("egypt_july_23", N_("23 July Revolution Day"), "EG", 7, 23),
    _day("egypt_october_6", N_("6 October Armed Forces Day"), "EG", 10, 6),
    _day("coptic_christmas", N_("Coptic Christmas"), "EG", 1, 7),
    _day("jordan_independence", N_("Jordan Independence Day"), "JO", 5, 25),
    _day("lebanon_independence", N_("Lebanon Independence Day"), "LB", 11, 22),
    _day("morocco_manifesto", N_("Independence Manifesto Day"), "MA", 1, 11),
    _day("morocco_throne_day", N_("Throne Day"), "MA", 7, 30),
    _day("morocco_king_and_people", N_("Revolution of the King and the People"), "MA", 8, 20),
    _day("morocco_green_march", N_("Green March Day"), "MA", 11, 6),
    _day("morocco_independence", N_("Morocco Independence Day"), "MA", 11, 18),
    _day("algeria_independence", N_("Algeria Independence Day"), "DZ", 7, 5),
    _day("algeria_revolution", N_("Algeria Revolution Day"), "DZ", 11, 1),
    _day("tunisia_independence", N_("Tunisia Independence Day"), "TN", 3, 20),
    _day("tunisia_republic_day", N_("Tunisia Republic Day"), "TN", 7, 25),
    _day("libya_independence", N_("Libya Independence Day"), "LY", 12, 24),
    _day("yemen_unity_day", N_("Yemen Unity Day"), "YE", 5, 22),
    _day("labour_day", N_("Labour Day"), "EG JO LB MA DZ TN IQ SY BH", 5, 1),
    _day("christmas", N_("Christmas"), "JO LB US GB CA AU DE FR NL", 12, 25),
    _day("new_year", N_("New Year's Day"), "AE KW BH JO LB MA DZ TN IQ US GB CA AU DE FR NL", 1, 1),
)
BY_KEY = {occasion.key: occasion for occasion in OCCASIONS}


def proposals(territory: str, today: dt.date, count: int = 2) -> list[Stretch]:
    """Return what is kept in a territory, the next `count` times of each, by date."""
    kept = (occasion for occasion in OCCASIONS if occasion.is_kept_in(territory))
    found = (stretch for occasion in kept for stretch in islice(occasion.coming(today), count))
    return sorted(found, key=lambda stretch: (stretch.first, -stretch.days))


def may_shift(kind: str) -> bool:
    """Say whether a stretch of this kind may move by a day with the sighting of the moon."""
    return kind in BY_KEY and BY_KEY[kind].hijri


def usual_week(territory: str) -> list[Span]:
    """Return hours to begin with: daily from 10 to 10, with a break on Fridays where these are kept."""
    week = [Span(day, 600, 1320) for day in WEEKDAYS]
    if FRIDAY in weekend(territory) or territory in FRIDAY_PRAYER:
        week[FRIDAY : FRIDAY + 1] = with_break([week[FRIDAY]], *FRIDAY_BREAK)
    return week


def day_off(day: dt.date) -> Stretch:
    """Return a day on which the shop is closed."""
    return Stretch(_("Day off"), day, day, (), "day_off")


def holiday(first: dt.date, days: int = 7) -> Stretch:
    """Return a stretch of days on which the shop is closed."""
    return Stretch(_("Holiday"), first, first + (days - 1) * ONE_DAY, (), "holiday")


def _gregorian(occasion: Occasion, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    for year in range(max(today.year - 1, dt.MINYEAR), dt.MAXYEAR):
        first = dt.date(year, occasion.month, occasion.day)
        yield first, first + (occasion.length - 1) * ONE_DAY


def _hijri(occasion: Occasion, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    from hijridate import Gregorian, Hijri

    try:
        year = Gregorian.fromdate(today).to_hijri().year
    except OverflowError:
        return
    while True:
        try:
            start = Hijri(year, occasion.month, occasion.day)
            length = occasion.length or start.month_length()
            first = dt.date.fromisoformat(start.to_gregorian().isoformat())
        except OverflowError:
            return
        yield first, first + (length - 1) * ONE_DAY
        year += 1
