"""Pictures find their items; what does not belong into a ZIP file stays there."""

import stat
import zipfile

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from sqlalchemy import select

from desktop.data.models import Picture
from desktop.exchange.importing import carry_out, plan_import
from desktop.exchange.mapping import read_items
from desktop.exchange.picture_reading import Unopened
from desktop.exchange.picture_sources import keep_pictures, match_pictures, open_pictures, without_files
from desktop.exchange.tables import BadTable, read_table
from desktop.services import catalog


def picture(colour="red"):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def feed_of(text):
    return read_items(read_table(text.encode()))


def matched(text, *names, **by):
    return match_pictures(feed_of(text), names, **by)


ITEMS = "id,title,image_link\nBAG-1,Leather bag,\nBAG-1-2,Small bag,\nكوب/١,كوب أزرق,\n"


def test_files_are_called_after_codes_and_names_in_any_spelling():
    names = [
        "bag-1.jpg",
        "BAG_1 (2).png",
        "in/bag 1-2.webp",
        "كوب-1.jpg",
        "Leather Bag_3.jpg",
        "كوب/x.jpg",
        "other.jpg",
    ]
    found = matched(ITEMS, *names)
    assert found.rows == {
        2: ["bag-1.jpg", "Leather Bag_3.jpg"],
        3: ["BAG_1 (2).png", "in/bag 1-2.webp"],
        4: ["كوب-1.jpg"],
    }
    assert found.unused == ["كوب/x.jpg", "other.jpg"]


def test_a_folder_may_be_called_after_an_item():
    assert matched(ITEMS, "BAG-1/front.jpg", "BAG-1/back.jpg", "z.jpg").rows == {
        2: ["BAG-1/front.jpg", "BAG-1/back.jpg"]
    }


def test_a_row_may_name_its_files():
    text = 'id,title,image_link,additional_image_link\n1,A,images\\a.JPG,"b.png, ./c.png"\n2,B,A.jpg,\n'
    found = matched(text, "x/images/a.jpg", "images/a.jpg", "deep/b.png", "c.png")
    assert found.rows == {2: ["images/a.jpg", "deep/b.png", "c.png"], 3: ["x/images/a.jpg"]} or found.rows[2] == [
        "images/a.jpg",
        "deep/b.png",
        "c.png",
    ]
    rows = dict(without_files(feed_of(text), {2, 3}).rows)
    assert "image_link" not in rows[2]
    assert "additional_image_link" not in rows[2]


def test_a_file_may_be_that_of_an_address():
    text = "id,title,image_link\n1,A,https://cdn.example/f/mug_blue.jpg?v=1\n"
    found = matched(text, "mug_blue_grande.jpeg", "mug.jpeg")
    assert found.rows == {2: ["mug_blue_grande.jpeg"]}
    assert found.addresses == {(2, "mug_blue_grande.jpeg"): "https://cdn.example/f/mug_blue.jpg?v=1"}


def test_by_order_and_where_nothing_else_fits():
    assert matched(ITEMS, "1.jpg", "2.jpg", "10.jpg").rows == {2: ["1.jpg"], 3: ["2.jpg"], 4: ["10.jpg"]}
    assert matched(ITEMS, "1.jpg", "2.jpg").rows == {}
    assert matched(ITEMS, "BAG-1-2.jpg", by="order").rows == {2: ["BAG-1-2.jpg"]}


@pytest.mark.fault("S03", "S04")
def test_what_does_not_belong_into_a_zip_is_passed_over(tmp_path):
    path = tmp_path / "p.zip"
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in (
            "../up.jpg",
            "/abs.jpg",
            "C:/x.jpg",
            "a\\b.jpg",
            "CON.jpg",
            "in/aux.png",
            "ok.jpg",
            "OK.jpg",
            "n.txt",
        ):
            file.writestr(name, b"x")
        file.writestr(link, "/etc/passwd")
        file.writestr("bomb.png", bytes(30_000_000))
        file.writestr(".hidden.jpg", b"x")
    pictures = open_pictures(path)
    assert list(pictures.names) == ["ok.jpg"]
    assert len(pictures.refused) == 9
    assert sorted(each.name for each in tmp_path.iterdir()) == ["p.zip"]


def test_damage_is_said(tmp_path):
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.jpg", picture())
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    pictures = open_pictures(path)
    with pytest.raises(Unopened):
        pictures.open("a.jpg")
    path.write_bytes(b"no archive")
    with pytest.raises(BadTable):
        open_pictures(path)


@pytest.mark.parametrize("packed", [False, True])
def test_they_come_with_their_items_in_one_action(tmp_path, database, contents, packed):
    folder = tmp_path / "pictures"
    folder.mkdir()
    files = {"A.png": picture(), "A 2.png": picture("blue"), "B.png": b"no picture", "mug_small.png": picture("green")}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    if packed:
        with zipfile.ZipFile(tmp_path / "p.zip", "w") as file:
            for name in files:
                file.write(folder / name, name)
    pictures = open_pictures(tmp_path / "p.zip" if packed else folder)
    feed = feed_of("id,title,image_link\nA,Bag,\nB,Cup,\nC,Mug,https://x.example/mug.png\n")
    before = contents(database)
    found = match_pictures(feed, pictures.names)
    told = []
    images, problems = keep_pictures(database, pictures, found, lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)
    assert [(problem.row, problem.code) for problem in problems] == [(3, "picture_unreadable")]
    assert contents(database) == before

    def bring():
        with database.reader() as session:
            plan = plan_import(session, feed, images=images)
        return database.run("Import", carry_out, plan)

    bring()
    with database.reader() as session:
        assert len(catalog.find_by_code(session, "A").pictures) == 2
        mug = session.scalars(select(Picture).where(Picture.url != "")).one()
        assert mug.sha256, "the file is the picture of the address"
    assert (bring().changed, bring().unchanged) == (0, 3)
    database.undo()
    assert contents(database) == before


@pytest.mark.fault("F18")
def test_reading_can_be_stopped(tmp_path, database):
    for n in range(40):
        (tmp_path / f"{n}.png").write_bytes(picture())
    pictures = open_pictures(tmp_path)
    feed = feed_of("id,title\n" + "".join(f"{n},Item {n}\n" for n in range(40)))
    images, _problems = keep_pictures(database, pictures, match_pictures(feed, pictures.names), is_stopped=lambda: True)
    assert images == {}
