"""What owners read: numbers, money, days, hours and phone numbers, in Arabic and in English."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import i18n
from desktop.i18n import bidi, formats
from desktop.i18n.bidi import FSI, LRI, PDI, strip

SUNDAY = dt.date(2026, 11, 22)
GULF = dt.timezone(dt.timedelta(hours=4))


def each(function, values):
    return [function(*value) if isinstance(value, tuple) else function(value) for value in values]


# Money


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (6000, "AED", "60\u00a0د.إ"),
        (7550, "AED", "75.50\u00a0د.إ"),
        (0, "AED", "0\u00a0د.إ"),
        (123456789, "SAR", "1,234,567.89\u00a0ر.س"),
        (-7550, "EGP", "-75.50\u00a0ج.م"),
        (1500, "KWD", "1.500\u00a0د.ك"),
        (12000, "OMR", "12\u00a0ر.ع"),
        (25000, "IQD", "25,000\u00a0د.ع"),
        (1250, "USD", "12.50\u00a0US$"),
        (500, "XYZ", "5\u00a0XYZ"),
        (500, "", "5"),
        (500, " aed ", "5\u00a0د.إ"),
    ],
)
def test_money_in_arabic(arabic, minor, currency, text):
    formats.configure(territory="AE")
    assert formats.money_text(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (6000, "AED", "AED\u00a060"),
        (7550, "AED", "AED\u00a075.50"),
        (-7550, "AED", "-AED\u00a075.50"),
        (1500, "KWD", "KWD\u00a01.500"),
        (1250, "EUR", "€12.50"),
        (500, "JPY", "¥500"),
        (500, "XYZ", "XYZ\u00a05"),
        (500, "", "5"),
    ],
)
def test_money_in_english(minor, currency, text):
    formats.configure(territory="AE")
    assert formats.money_text(minor, currency) == text


def test_money_by_word_or_code(arabic):
    formats.configure(territory="AE", money="word")
    assert each(formats.money_text, [(6000, "AED"), (1500, "SAR"), (500, "LBP")]) == [
        "60\u00a0درهم",
        "15\u00a0ريال",
        "500\u00a0ليرة",
    ]
    with i18n.speaking("en"):
        assert each(formats.money_text, [(6000, "AED"), (100, "EUR"), (500, "XYZ")]) == [
            "60\u00a0dirhams",
            "1\u00a0euro",
            "5\u00a0XYZ",
        ]
    formats.configure(money="code")
    assert formats.money_text(6000, "AED") == "60\u00a0AED"
    with i18n.speaking("en"):
        assert formats.money_text(6000, "AED") == "AED\u00a060"


def test_money_with_the_separators_of_the_territory(arabic):
    assert formats.money_text(123450, "MAD") == "1,234.50\u00a0د.م"
    formats.configure(territory="MA")
    assert formats.money_text(123450, "MAD") == "1.234,50\u00a0د.م"
    formats.configure(territory="IN")
    with i18n.speaking("en"):
        assert formats.money_text(123456750, "INR") == "₹12,34,567.50"


def test_money_on_the_screen_is_set_apart(arabic):
    assert formats.money(7550, "AED") == f"{FSI}75.50\u00a0د.إ{PDI}"
    assert formats.money(-7550, "AED") == f"{FSI}{LRI}-75.50{PDI}\u00a0د.إ{PDI}", (
        "the sign stays at the left of its number"
    )
    assert not bidi.has_controls(formats.money_text(-7550, "AED"))


def test_money_in_eastern_digits(arabic):
    formats.configure(territory="SA", digits="arab")
    assert formats.money_text(123450, "SAR") == "١٬٢٣٤٫٥٠\u00a0ر.س"
    formats.configure(territory="MA")
    assert formats.money_text(123450, "MAD") == "١٬٢٣٤٫٥٠\u00a0د.م", "their separators are the same everywhere"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(7500, "AED", "75"), (7550, "AED", "75.50"), (5, "AED", "0.05"), (-5, "AED", "-0.05"), (1500, "KWD", "1.500"),
     (500, "JPY", "500"), (0, "AED", "0"), (123456700, "AED", "1234567")],
)  # fmt: skip
def test_money_for_fields_and_machines(arabic, minor, currency, text):
    formats.configure(territory="SA", digits="arab")
    assert formats.decimal_text(minor, currency) == text


# Numbers


def test_numbers(arabic):
    formats.configure(territory="AE")
    assert each(formats.number, [1234567, 0.5, (3, 2), 12.3456]) == ["1,234,567", "0.5", "3.00", "12.346"]
    assert formats.number(-5) == f"{LRI}-5{PDI}"
    assert each(formats.percent, [20, 12.5]) == ["20%", "12.5%"]
    assert formats.of(128, 1500) == "128 من 1,500"
    formats.configure(digits="arab")
    assert formats.number(1234567.5) == "١٬٢٣٤٬٥٦٧٫٥"
    assert formats.percent(12.5) == "١٢٫٥٪"
    assert formats.of(72, 512) == "٧٢ من ٥١٢"


def test_eastern_digits_are_for_arabic_only():
    formats.configure(territory="SA", digits="arab")
    assert (formats.number(1234.5), formats.number(-5)) == ("1,234.5", "-5")
    assert formats.of(72, 512) == "72 of 512"


@pytest.mark.parametrize(
    ("size", "english", "arabic_"),
    [(0, "0 kB", "0 كيلوبايت"), (1, "1 kB", "1 كيلوبايت"), (123456, "124 kB", "124 كيلوبايت"),
     (1234567, "1.2 MB", "1.2 م.ب"), (25_000_000, "25 MB", "25 م.ب"), (3_200_000_000, "3.2 GB", "3.2 غ.ب")],
)  # fmt: skip
def test_file_sizes(arabic, size, english, arabic_):
    assert formats.file_size(size) == arabic_
    with i18n.speaking("en"):
        assert formats.file_size(size) == english


def test_file_size_in_eastern_digits(arabic):
    formats.configure(digits="arab")
    assert formats.file_size(1234567) == "١٫٢ م.ب", "the dot of an abbreviation is no decimal mark"


# Days


def test_dates(arabic):
    formats.configure(territory="AE")
    assert formats.date(dt.date(2026, 11, 27), today=SUNDAY) == "27 نوفمبر"
    assert formats.date(dt.date(2027, 1, 1), today=SUNDAY) == "1 يناير 2027"
    assert formats.date(dt.date(2025, 11, 28), weekday=True, today=SUNDAY) == "الجمعة 28 نوفمبر 2025"
    formats.configure(digits="arab")
    assert formats.date(dt.date(2025, 11, 28), today=SUNDAY) == "٢٨ نوفمبر ٢٠٢٥"


@pytest.mark.parametrize(
    ("territory", "text"),
    [("EG", "27 نوفمبر"), ("JO", "27 تشرين الثاني"), ("MA", "27 نونبر"), ("", "27 نوفمبر"), ("US", "27 نوفمبر")],
)
def test_names_of_months_are_those_of_the_territory(arabic, territory, text):
    formats.configure(territory=territory)
    assert formats.date(dt.date(2026, 11, 27), today=SUNDAY) == text


def test_dates_in_english():
    day = dt.date(2025, 11, 28)
    assert formats.date(day, weekday=True, today=SUNDAY) == "Friday, 28 November 2025"
    formats.configure(territory="US")
    assert formats.date(day, weekday=True, today=SUNDAY) == "Friday, November 28, 2025"


def test_near_days(arabic):
    said = [formats.day(SUNDAY + dt.timedelta(days), today=SUNDAY) for days in (-2, -1, 0, 1, 2, 6, 7)]
    assert said == ["الجمعة 20 نوفمبر", "أمس", "اليوم", "غدًا", "الثلاثاء", "السبت", "الأحد 29 نوفمبر"]
    with i18n.speaking("en"):
        said = [formats.day(SUNDAY + dt.timedelta(days), today=SUNDAY) for days in (-1, 0, 1, 6, 7)]
    assert said == ["yesterday", "today", "tomorrow", "Saturday", "Sunday, 29 November"]


@pytest.mark.parametrize(
    ("zone", "text"), [("Asia/Dubai", "1 يناير 1970، 4:00 ص"), ("America/New_York", "31 ديسمبر 1969، 7:00 م")]
)
def test_moments_are_in_the_zone_of_the_shop(arabic, zone, text):
    formats.configure(zone=zone)
    assert formats.datetime(0, today=SUNDAY) == text


def test_near_moments(arabic):
    formats.configure(zone="Asia/Dubai")
    late = dt.datetime(2026, 11, 21, 21, 40, tzinfo=dt.UTC)
    assert formats.datetime(late, today=SUNDAY) == "اليوم 1:40 ص"
    assert formats.datetime(late.timestamp(), today=SUNDAY) == "اليوم 1:40 ص"
    assert formats.datetime(dt.datetime(2026, 11, 28, 10, tzinfo=GULF), today=SUNDAY) == "السبت 10:00 ص"
    assert formats.datetime(dt.datetime(2026, 11, 20, 10, tzinfo=GULF), today=SUNDAY) == "20 نوفمبر، 10:00 ص"
    with i18n.speaking("en"):
        assert formats.datetime(late, today=SUNDAY) == "today 1:40 am"


def test_moment_without_a_zone_is_in_that_of_the_shop():
    formats.configure(zone="Asia/Dubai")
    naive = dt.datetime(2026, 11, 22, 9, 40, tzinfo=GULF).replace(tzinfo=None)
    assert formats.datetime(naive, today=SUNDAY) == "today 9:40 am"


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "/etc/localtime", "Asia", "\x00"])
def test_unknown_zone_is_that_of_the_computer(zone):
    formats.configure(zone="Asia/Dubai")
    formats.configure(zone=zone)
    now = time.time()
    here = dt.datetime.fromtimestamp(now)  # noqa: DTZ006
    assert formats.datetime(now, today=here.date()) == f"today {formats.time(here.time())}"


def test_today_is_where_the_shop_is():
    zones = [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)]  # 25 hours apart: never on the same day
    for zone, offset in zones:
        formats.configure(zone=zone)
        assert formats.today() == dt.datetime.now(dt.timezone(dt.timedelta(hours=offset))).date()


# Times


@pytest.mark.parametrize(
    ("at", "twelve", "full"),
    [(0, "12:00 منتصف الليل", "00:00"), (30, "12:30 ص", "00:30"), (600, "10:00 ص", "10:00"),
     (720, "12:00 ظهرًا", "12:00"), (735, "12:15 م", "12:15"), (1320, "10:00 م", "22:00"),
     (1440, "12:00 منتصف الليل", "00:00"), (1500, "1:00 ص", "01:00"), (dt.time(16, 5), "4:05 م", "16:05")],
)  # fmt: skip
def test_times(arabic, at, twelve, full):
    formats.configure(territory="AE")
    assert formats.time(at) == twelve
    formats.configure(clock="24")
    assert formats.time(at) == full
    formats.configure(territory="MA", clock="12")
    assert formats.time(at) == twelve
    formats.configure(clock="auto")
    assert formats.time(at) == full


def test_times_in_english():
    formats.configure(territory="AE")
    assert each(formats.time, [0, 600, 720, 1320]) == ["12:00 midnight", "10:00 am", "12:00 noon", "10:00 pm"]
    formats.configure(territory="GB")
    assert each(formats.time, [0, 600, 720, 1320]) == ["00:00", "10:00", "12:00", "22:00"]


def test_times_in_eastern_digits(arabic):
    formats.configure(territory="SA", digits="arab")
    assert formats.time(1325) == "١٠:٠٥ م"
    formats.configure(clock="24")
    assert formats.time(1325) == "٢٢:٠٥"


def test_each_end_of_a_range_is_set_apart(arabic):
    formats.configure(territory="AE")
    assert formats.hours(960, 1320) == f"{FSI}4:00 م{PDI} – {FSI}10:00 م{PDI}"
    assert formats.span(dt.time(16), dt.time(22)) == formats.hours(960, 1320)
    assert strip(formats.span(dt.date(2026, 11, 27), dt.date(2026, 12, 1))).count("–") == 1
    assert formats.span("60", "75") == f"{FSI}60{PDI} – {FSI}75{PDI}"


def test_hours_past_midnight(arabic):
    formats.configure(territory="AE")
    assert strip(formats.hours(1230, 60)) == strip(formats.hours(1230, 1500)) == "8:30 م – 1:00 ص (اليوم التالي)"
    assert strip(formats.hours(600, 1440)) == "10:00 ص – 12:00 منتصف الليل"
    assert strip(formats.hours(600, 0)) == "10:00 ص – 12:00 منتصف الليل"


# Phones, lists, and the rest


@pytest.mark.parametrize(
    ("digits", "text"),
    [("971501234567", "+971 50 123 4567"), ("966501234567", "+966 50 123 4567"), ("201001234567", "+20 10 01234567"),
     ("390612345678", "+39 06 1234 5678"), ("999", "+999"), ("1", "+1")],
)  # fmt: skip
def test_phone_numbers_are_grouped_and_left_to_right(arabic, digits, text):
    formats.configure(territory="SA", digits="arab")
    assert formats.phone(digits) == f"{LRI}{text}{PDI}", "in the digits that phones have"


def test_no_phone_number():
    assert formats.phone("") == ""


def test_lists_set_every_name_apart(arabic):
    names = ["نورة", "Sara", "ليلى"]
    assert formats.listing(names) == f"{FSI}نورة{PDI} و{FSI}Sara{PDI} و{FSI}ليلى{PDI}"
    hours = formats.span("9:00 ص", "5:00 م")
    assert formats.listing([hours]) == f"{FSI}\u200f{hours}{PDI}"  # the opening first
    assert each(formats.listing, [[], ["نورة"]]) == ["", f"{FSI}نورة{PDI}"]
    with i18n.speaking("en"):
        assert strip(formats.listing(["a", "b", "c"])) in ("a, b and c", "a, b, and c")


def test_set_apart():
    assert (formats.auto("نورة"), formats.ltr("BAG-0107")) == (f"{FSI}نورة{PDI}", f"{LRI}BAG-0107{PDI}")


def test_choices_are_kept_until_they_change():
    formats.configure(territory="AE", digits="arab", zone="Asia/Dubai")
    formats.configure(clock="24")
    assert formats.settings() == formats.Settings("AE", "arab", "24", "sign", "Asia/Dubai")
    formats.configure(territory="")
    assert formats.settings().territory == ""


@pytest.mark.parametrize("wrong", [{"digits": "roman"}, {"clock": "13"}, {"money": "gold"}])
def test_choice_that_is_none(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        formats.configure(territory="EG", **wrong)
    assert formats.settings() == formats.Settings(), "nothing is set by halves"


@given(st.text(max_size=5), st.text(max_size=5), st.integers(-(10**12), 10**12))
def test_any_territory_and_currency_can_be_shown(territory, currency, minor):
    formats.configure(territory=territory)
    for language in ("ar", "en"):
        with i18n.speaking(language):
            assert formats.money_text(minor, currency)
            assert formats.time(600)
            assert formats.date(SUNDAY)


# Places


def test_names(arabic):
    assert each(formats.country_name, ["AE", "ae", "??"]) == [
        "الإمارات العربية المتحدة",
        "الإمارات العربية المتحدة",
        "??",
    ]
    assert each(formats.currency_name, ["AED", "LBP", "???"]) == ["درهم إماراتي", "ليرة لبنانية", "???"]
    assert each(formats.language_name, ["ar", "ar_EG", "en", "qq"]) == ["العربية", "العربية (مصر)", "الإنجليزية", "qq"]
    assert each(formats.zone_name, ["Asia/Dubai", "Nowhere"]) == ["دبي", "Nowhere"]
    assert [formats.weekday_name(day) for day in (0, 4, 6)] == ["الاثنين", "الجمعة", "الأحد"]


def test_lists_of_choices_are_in_order_of_their_names(arabic):
    territories = formats.territories()
    names = [name for _, name in territories]
    assert ("AE", "الإمارات العربية المتحدة") in territories
    assert len(territories) > 240
    assert not {"001", "EU", "ZZ", "XA"} & {code for code, _ in territories}
    order = [names.index(name) for name in ("إثيوبيا", "أذربيجان", "الأرجنتين", "ألبانيا", "إيران")]
    assert order == sorted(order), "hamza is no letter of its own"
    currencies = formats.currencies()
    assert {"AED", "SAR", "USD", "IQD"} < {code for code, _ in currencies}
    assert "DEM" not in {code for code, _ in currencies}, "only what is in use"
    assert not currencies[0][1].isascii()
    with i18n.speaking("en"):
        assert formats.territories()[0] == ("AF", "Afghanistan")
        names = [name for _, name in formats.territories()]
        assert names.index("Åland Islands") < names.index("Albania")


@pytest.mark.parametrize(
    ("territory", "first", "weekend", "twelve", "currency"),
    [
        ("AE", 0, (5, 6), True, "AED"),
        ("SA", 6, (4, 5), True, "SAR"),
        ("EG", 5, (4, 5), True, "EGP"),
        ("MA", 0, (5, 6), False, "MAD"),
        ("US", 6, (5, 6), True, "USD"),
        ("IR", 5, (4,), False, "IRR"),
        ("sa", 6, (4, 5), True, "SAR"),
        ("", 0, (5, 6), True, "USD"),
        ("??", 0, (5, 6), True, "USD"),
    ],
)
def test_what_a_new_shop_begins_with(territory, first, weekend, twelve, currency):
    assert formats.first_weekday(territory) == first
    assert formats.weekend(territory) == weekend
    assert formats.uses_12_hours(territory) is twelve
    assert formats.currency_of(territory) == currency


@pytest.mark.parametrize(
    "territory", ["AE", "SA", "KW", "QA", "BH", "OM", "EG", "JO", "LB", "IQ", "DZ", "TN", "LY", "YE", "SD"]
)
def test_arab_lands_that_use_twelve_hours(territory):
    assert formats.uses_12_hours(territory)


def test_every_territory_has_a_week_a_clock_and_money():
    for territory, _ in formats.territories():
        assert formats.first_weekday(territory) in range(7)
        assert 1 <= len(formats.weekend(territory)) <= 2
        assert formats.uses_12_hours(territory) in (True, False)
        assert len(formats.currency_of(territory)) == 3


def test_time_zones():
    assert formats.time_zones("AE") == ["Asia/Dubai"]
    assert formats.time_zones("us")[0] == "America/New_York"
    assert formats.time_zones("??") == []


def test_a_time_without_words_for_narrow_fields():
    formats.configure(clock="12")
    assert [formats.time(at, words=False) for at in (0, 720, 1440)] == ["12:00 am", "12:00 pm", "12:00 am"]


@pytest.mark.parametrize(
    ("language", "money", "currency", "sign"),
    [
        ("ar", "sign", "AED", "د.إ"),
        ("ar", "word", "AED", "درهم"),
        ("en", "sign", "AED", "AED"),
        ("en", "code", "KWD", "KWD"),
    ],
)
def test_sign_of_a_currency_is_that_of_its_amounts(language, money, currency, sign):
    i18n.set_language(language)
    formats.configure(territory="AE", money=money)
    assert formats.currency_sign(currency) == sign


def test_sentences_are_told_apart_whether_or_not_they_have_a_full_stop():
    assert (
        formats.sentences(["One is hidden.", "", "Nothing is written yet."]) == "One is hidden. Nothing is written yet."
    )
    assert formats.sentences(["صنف واحد سيُخفى", "\u2068لماذا؟\u2069", "لم يُكتب شيء بعد"]) == (
        "صنف واحد سيُخفى. \u2068لماذا؟\u2069 لم يُكتب شيء بعد"
    )
    assert formats.sentences([]) == ""


def test_a_long_text_says_that_it_goes_on():
    assert [formats.short("Cake", most) for most in (3, 4)] == ["Cak…", "Cake"]
