"""Contact cards as a table: what is read of the table is what was read of the cards."""

from io import BytesIO

from desktop.exchange.contact_rows import table_of_cards
from desktop.exchange.contact_tables import read_people
from desktop.exchange.vcard import read_vcards

CARD = """BEGIN:VCARD
VERSION:3.0
FN:Noura
TEL;TYPE=CELL:0501234567
TEL;TYPE=CELL:0507654321
TEL;TYPE=FAX:042223344
TEL:12
EMAIL:noura@shop.example
BDAY:32/13
ADR:;;12 Palm St;Dubai;;;UAE
NICKNAME:Nono
NOTE:roses
CATEGORIES:VIP,Friends
END:VCARD
"""


def test_a_table_of_cards_reads_as_the_same_people():
    (card,) = read_vcards(BytesIO(CARD.encode())).people
    table = table_of_cards([card])
    assert table.header[:2] == ["name", "phone"]
    (read,) = read_people(table).people
    assert sorted((phone.text, phone.kind) for phone in read.phones) == sorted(
        (phone.text, phone.kind) for phone in card.phones
    )
    for name in ("row", "name", "emails", "notes", "labels", "fields"):
        assert getattr(read, name) == getattr(card, name), name
    assert read.extra["NICKNAME"] == "Nono"
    assert "32/13" in table.rows[0][1], "a day that could not be read is there to be mended"
