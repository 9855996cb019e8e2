"""Messages of suppliers, as they are written in Arabic and in English, and what is read out of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import bidi
from desktop.services.drafts import Draft
from desktop.services.message_prices import prices_in
from desktop.services.supplier import MOST, read_message


def item(name, **said):
    return {"name": name} | said


CASES = {
    "شنطة قماش 95 درهم": [item(name="شنطة قماش", price=9500)],
    "فطيرة جبن 12 درهم\nكعكة تمر ٤٥٫٥\nخبز صاج عرض 8 بدل 10": [
        item(name="فطيرة جبن", price=1200),
        item(name="كعكة تمر ٤٥٫٥"),
        item(name="خبز صاج", price=1000, sale_price=800),
    ],
    "شنطة قماش\nالسعر: ٩٥ د.إ": [item(name="شنطة قماش", price=9500)],
    "شنطة قماش\n\nالسعر: 95": [item(name="شنطة قماش", price=9500)],
    "خبز 5\nكعك بالتمر 10\nشاي عدني 3": [
        item(name="خبز", price=500),
        item(name="كعك بالتمر", price=1000),
        item(name="شاي عدني", price=300),
    ],
    "🌸 عرض اليوم 🌸\n1️⃣ شنطة قماش - 95 درهم\n2️⃣ محفظة جلد - 60 درهم\n\nللطلب واتساب 0501234567": [
        item(name="شنطة قماش", price=9500),
        item(name="محفظة جلد", price=6000),
    ],
    "*Leather bag*\nGenuine leather, 30x40 cm\nColours: black, brown\nCode: BAG-12\nPrice: AED 120": [
        item(
            name="Leather bag",
            price=12000,
            code="BAG-12",
            description="Genuine leather, 30x40 cm\nColours: black, brown",
        )
    ],
    "السلام عليكم\n\nعباية كريب بدل 250 الآن 199 درهم\nمقاسات 52-54-56-58\nكود AB-220": [
        item(name="عباية كريب", price=25000, sale_price=19900, code="AB-220", description="مقاسات 52-54-56-58")
    ],
    "Wireless earbuds ~120~ 95 AED ✅ 6 months warranty": [
        item(name="Wireless earbuds", price=12000, sale_price=9500, description="6 months warranty")
    ],
    "حذاء رياضي مقاس 42": [item(name="حذاء رياضي مقاس 42")],
    "تمر سكري ١ كيلو ٣٥ د.إ\nتمر خلاص ٥٠٠ جرام ٢٠ د.إ": [
        item(name="تمر سكري ١ كيلو", price=3500),
        item(name="تمر خلاص ٥٠٠ جرام", price=2000),
    ],
    "Oud 50ml – 150/-\nMusk 30ml – 80/-": [item(name="Oud 50ml", price=15000), item(name="Musk 30ml", price=8000)],
    "شنطة\n95 درهم\nمحفظة\n60 درهم": [item(name="شنطة", price=9500), item(name="محفظة", price=6000)],
    "شنطة قماش\nقبل: 120\nالآن: 95": [item(name="شنطة قماش", price=12000, sale_price=9500)],
    "[12/5/24, 10:32:15 AM] Ahmed: شنطة قماش 95 درهم\n[12/5/24, 10:33:02 AM] Ahmed: محفظة 60 درهم\nجلد طبيعي": [
        item(name="شنطة قماش", price=9500),
        item(name="محفظة", price=6000, description="جلد طبيعي"),
    ],
    "[10:32 ص، 12/5/2024] أحمد: شنطة قماش 95 درهم": [item(name="شنطة قماش", price=9500)],
    "12/5/2024, 10:32 - Ahmed Ali: Cotton towel 25 AED": [item(name="Cotton towel", price=2500)],
    "خبز 5 دراهم، كعك 10 دراهم": [item(name="خبز", price=500), item(name="كعك", price=1000)],
    "Bread 5 AED and cake 10 AED": [item(name="Bread", price=500), item(name="cake", price=1000)],
    "قميص قطن جملة 40 مفرق 65": [item(name="قميص قطن", price=6500)],
    "From 95 to 120 AED: Bag": [item(name="Bag", price=9500)],
    "Bag AED 95\nDelivery 20 AED": [item(name="Bag", price=9500, description="Delivery 20 AED")],
    "95 درهم شنطة قماش": [item(name="شنطة قماش", price=9500)],
    "ساعة رجالية 💰150 ⌚ ضمان سنة": [item(name="ساعة رجالية", price=15000, description="ضمان سنة")],
    "Price list:\nBread .... 5\nCake .... 10": [item(name="Bread", price=500), item(name="Cake", price=1000)],
    "Cotton tote bag 95": [item(name="Cotton tote bag 95")],
    "شنطة ظهر (BAG-12) 95 ريال": [item(name="شنطة ظهر", code="BAG-12")],
    "شنطة ظهر سعرها 1,250.00 درهم فقط لا غير": [item(name="شنطة ظهر", price=125000)],
    "🔥 وصل حديثاً 🔥\nطقم شاي زجاج 6 قطع\nالسعر ١٢٥ درهم بدلاً من ١٦٠ درهم\nالتوصيل مجاني\nللطلب: 971501234567": [
        item(name="طقم شاي زجاج 6 قطع", price=16000, sale_price=12500, description="التوصيل مجاني")
    ],
    "Gold plated necklace 18k\nPrice 75\n\nSilver ring 925\nPrice 40": [
        item(name="Gold plated necklace 18k", price=7500),
        item(name="Silver ring 925", price=4000),
    ],
    "خاتم فضة عيار 925 بسعر 60 ريال سعودي": [item(name="خاتم فضة عيار 925", price=6000, currency="SAR")],
    "Perfume 100 ml USD 25": [item(name="Perfume 100 ml", price=2500, currency="USD")],
    "T-shirt (S-XL) 45 dhs each, min 12 pcs": [item(name="T-shirt (S-XL)", price=4500, description="min 12 pcs")],
    "Stock: 25 pcs\nMOQ 10\nUnit price: AED 12.75\nItem: Steel bottle 750ml": [
        item(name="Steel bottle 750ml", price=1275, description="Stock: 25 pcs\nMOQ 10")
    ],
    "كيكة عيد ميلاد تبدأ من 150 درهم": [item(name="كيكة عيد ميلاد", price=15000)],
    "1) Bag 95\n2) Belt 40\n3) Hat 35": [item(name="Bag 95"), item(name="Belt 40"), item(name="Hat 35")],
    "تاريخ الوصول 12/5/2025\nفستان سهرة\n450 د.إ": [
        item(name="فستان سهرة", price=45000, description="تاريخ الوصول 12/5/2025")
    ],
    "Product: Lamp\nCode: L-77\nPrice: 85 SAR\n\nProduct: Chair\nPrice: 40 AED": [
        item(name="Lamp", price=8500, currency="SAR", code="L-77"),
        item(name="Chair", price=4000),
    ],
    "Name: Bag\nPrice: 10 AED\nName: Belt\nPrice: 20 AED": [
        item(name="Bag", price=1000),
        item(name="Belt", price=2000),
    ],
    "قهوة خصم 20% بعد الخصم 40 درهم": [item(name="قهوة", price=4000)],
    "عرض خاص: ساعة ذكية ب ١٩٩ درهم بدل ٢٩٩": [item(name="ساعة ذكية", price=29900, sale_price=19900)],
    "Cable 2m 15 AED\nCable 3m 20 AED": [item(name="Cable 2m", price=1500), item(name="Cable 3m", price=2000)],
    "عطر رجالي 100 مل\nسعر الجملة 45\nسعر المفرق 80": [item(name="عطر رجالي 100 مل", price=8000)],
    "🛍️ Tote bag\n💵 65\n🎨 Black / Beige\n📏 38×40 cm\n☎️ 04 123 4567": [
        item(name="Tote bag", price=6500, description="🎨 Black / Beige\n📏 38×40 cm")
    ],
    "ثوب رجالي\nالأسعار من 180 إلى 250 درهم": [item(name="ثوب رجالي", price=18000)],
    "iPhone 14\niPhone 15": [item(name="iPhone 14", description="iPhone 15")],
    "Used car 2015 model, call 050 123 4567": [item(name="Used car 2015 model, call 050 123 4567")],
    "Open 10:30 to 22:00, 12/5/2026": [item(name="Open 10:30 to 22:00, 12/5/2026")],
    "وفر 20 درهم": [item(name="وفر 20 درهم")],
    "Hello 👋": [],
    "شال حرير 9️⃣5️⃣ درهم": [item(name="شال حرير", price=9500)],
    "كنب 3 مقاعد\n\nقماش مخمل، لون رمادي\n\n1,850 درهم شامل التوصيل": [
        item(name="كنب 3 مقاعد", price=185000, description="قماش مخمل، لون رمادي")
    ],
    "Dates box 1kg = 45 || Honey jar = 60": [
        item(name="Dates box 1kg", price=4500),
        item(name="Honey jar", price=6000),
    ],
    "كان ب120 صار ب95 عباية سوداء": [item(name="عباية سوداء", price=12000, sale_price=9500)],
    "فستان (مقاس M) - 120 د.إ.": [item(name="فستان (مقاس M)", price=12000)],
    "Mug\nAED 25.5\nMug with lid\nAED 32": [item(name="Mug", price=2550), item(name="Mug with lid", price=3200)],
}


def without_doubts(draft):
    said = {name: getattr(draft, name) for name in ("price", "sale_price", "currency", "code", "description")}
    return {"name": draft.name} | {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("message", CASES)
def test_a_message_becomes_drafts(message):
    assert [without_doubts(draft) for draft in read_message(message, "AED")] == CASES[message]


def doubts(message, currency="AED"):
    (draft,) = read_message(message, currency)
    return [bidi.strip(sentence).replace("\xa0", " ") for sentence in draft.doubts]


def test_what_is_not_sure_is_said():
    assert doubts("شنطة قماش 95 درهم") == []
    assert doubts("Cotton tote bag 95") == ["No price was found. Is it AED 95?"]
    assert doubts("حذاء رياضي مقاس 42") == ["No price was found."]
    assert doubts("Bag 95-120 AED") == ["Prices from AED 95 to AED 120: the lower one was taken."]
    assert doubts("قميص قطن جملة 40 مفرق 65") == ["The wholesale price AED 40 was left out."]
    assert doubts("شنطة 95 ريال") == ["“ريال” could be several currencies. Type the price in AED."]
    assert doubts("Perfume USD 25") == ["The price is in USD."]
    assert doubts("Perfume 40 AED, 55 AED") == ["Several prices were found: AED 40, the first one, was taken."]


def test_amounts_are_in_the_units_of_their_currency():
    assert read_message("عباية 12.500 د.ك", "KWD")[0].price == 12_500
    assert read_message("Rice 25,000 IQD", "IQD")[0].price == 25_000
    assert read_message("شنطة 95 ريال", "SAR")[0].price == 9_500
    assert read_message("Bag 1.234.567 AED", "AED")[0].price == 123_456_700


@pytest.mark.parametrize(
    "words",
    [
        *("Call 050 123 4567", "+971 50 123 4567", "04-1234567", "12/5/2026", "2026-05-12", "10:30", "30x40x50 cm"),
        *("size 42", "المقاس: 40", "عدد 12", "12 pcs", "6 قطع", "500 ml", "٥٠٠ جرام", "iPhone 15", "BAG-12", "A5"),
        *("50% off", "خصم ٢٠٪", "wa.me/971501234567", "رقم الموديل 5512", "since 1998", "خلال 3 أيام", "for 12 people"),
        *("خصم 20 درهم", "التوصيل 15 درهم", "delivery 20 AED", "orders over 200 AED", "#4521", "1/2", "mp 48", "5G"),
    ],
)
def test_these_are_no_prices(words):
    assert prices_in(words, "AED") == []


words = st.sampled_from(
    [
        *("شنطة", "قماش", "Bag", "95", "٩٥", "درهم", "AED", "د.إ", "-", ":", "\n", "\n\n", "السعر", "بدل", "الآن"),
        *("كود", "BAG-12", "1️⃣", "🔥", "0501234567", "~", "*", "12/5", "/-", "من", "إلى", "جملة", ",", "(", ")", "ب"),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=14).map(" ".join)), st.sampled_from(["AED", "KWD", ""]))
def test_whatever_is_pasted_no_price_is_made_up(message, currency):
    for draft in read_message(message, currency):
        assert isinstance(draft, Draft)
        assert "\n" not in draft.name
        digits = re.sub(r"\D", "", "".join(map(ascii_digit, message)))
        for amount in filter(None, (draft.price, draft.sale_price)):
            assert str(amount).rstrip("0") in digits
        if draft.sale_price is not None:
            assert draft.sale_price < draft.price


def ascii_digit(letter):
    return str(int(letter)) if letter.isdecimal() else letter


def test_a_very_long_message_is_read_in_a_moment():
    assert len(read_message("Bag 95 AED\n" * 2_000, "AED")) == MOST
    assert read_message("9" * 20_000 + "\n" + "ب" * 20_000, "AED")
    assert read_message("95 - " * 2_000, "AED") is not None
