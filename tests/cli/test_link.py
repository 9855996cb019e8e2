"""Links and their QR codes from the command line."""

import json

import pytest
import zxingcpp
from PySide6.QtGui import QImage

from desktop.services.links import parse_link


def test_the_url_alone_goes_to_standard_output(dukkan):
    result = dukkan("link", "--phone", "050 123 4567", "--territory", "AE", "--text", "مرحبا 100%\nأهلاً")
    url = "https://wa.me/971501234567?text=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7%20100%25%0A%D8%A3%D9%87%D9%84%D8%A7%D9%8B"
    assert (result.code, result.out, result.err) == (0, f"{url}\n", "")
    assert parse_link(url).text == "مرحبا 100%\nأهلاً"


def test_a_text_alone_goes_to_whomever_one_chooses(dukkan):
    assert dukkan("link", "--text", "hi there").out == "https://wa.me/?text=hi%20there\n"
    assert dukkan("link", "--text", "hi", "--compat").out == "https://api.whatsapp.com/send?text=hi\n"


@pytest.mark.parametrize("words", [("link", "--phone"), ("parse-link",)])
def test_a_territory_that_is_none(dukkan, words):
    assert dukkan(*words, "0501234567", "--territory", "ae").code == 0
    result = dukkan(*words, "+971501234567", "--territory", "ZZ")
    assert (result.code, result.err) == (65, "Name the country by its two letters, like AE.\n")


def test_the_shops_own_links(dukkan, gifts):
    assert dukkan("link", gifts).out == "https://wa.me/971501234567\n"
    assert dukkan("link", gifts, "--catalog").out == "https://wa.me/c/971501234567\n"
    assert dukkan("link", gifts, "--item", "OUD").out == "https://wa.me/p/24681357/971501234567\n"
    assert dukkan("link", gifts, "--compat", "--text", "hi").out == (
        "https://api.whatsapp.com/send?phone=971501234567&text=hi\n"
    )
    assert json.loads(dukkan("link", gifts, "--json").out) == {"url": "https://wa.me/971501234567"}


def test_an_item_without_a_number_of_metas_is_ordered_in_a_chat(dukkan, gifts):
    link = parse_link(dukkan("link", gifts, "--item", "BAG-1").out.strip())
    assert (link.kind, link.phone) == ("chat", "971501234567")
    assert "حقيبة جلد" in link.text
    assert "BAG-1" in link.text
    assert parse_link(dukkan("link", gifts, "--item", "OUD", "--text", "hi").out.strip()).text == "hi"


def test_a_number_beside_the_shop_takes_its_place(dukkan, gifts):
    assert dukkan("link", gifts, "--phone", "050 765 4321").out == "https://wa.me/971507654321\n"
    words = ["--phone", "0507654321", "--item", "OUD"]
    assert dukkan("link", gifts, *words).out == "https://wa.me/p/24681357/971507654321\n"


def test_the_shop_is_only_read(dukkan, held):
    assert dukkan("link", held).out == "https://wa.me/971501234567\n"


@pytest.mark.parametrize("name", ["code.svg", "code.PNG"])
def test_the_qr_code_holds_the_same(dukkan, tmp_path, name):
    path = tmp_path / name
    result = dukkan("link", "--phone", "+971501234567", "--text", "سلام", "--qr", path)
    assert (result.code, result.err) == (0, "")
    if path.suffix == ".PNG":
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
        size = (image.width(), image.height(), zxingcpp.ImageFormat.Lum, image.bytesPerLine())
        (found,) = zxingcpp.read_barcodes(zxingcpp.ImageView(image.constBits(), *size))
        assert found.text == result.out.strip()
    else:
        assert path.read_text("utf-8").lstrip().startswith(("<?xml", "<svg"))


def test_a_dense_code_is_drawn_with_a_warning(dukkan, tmp_path):
    result = dukkan("link", "--phone", "+971501234567", "--text", "ش" * 150, "--qr", tmp_path / "a.svg")
    assert result.code == 0
    assert "dense" in result.err
    assert (tmp_path / "a.svg").exists()


def test_a_catalog_carries_no_text(dukkan, gifts):
    result = dukkan("link", gifts, "--catalog", "--text", "hi")
    assert (result.code, result.out) == (0, "https://wa.me/c/971501234567\n")
    assert "no text" in result.err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--phone", "+97150123456"], 65, "After +971 come 9 digits, this has 8."),
        (["--phone", "05O1234567", "--territory", "AE"], 65, "letters"),
        (["--phone", "0501234567"], 65, "country code"),
        (["--phone", "+971501234567", "--text", "x" * 3000, "--qr", "a.svg"], 65, "too long for a QR code"),
        (["--phone", "+971501234567", "--qr", "nowhere/a.svg"], 73, "no folder"),
        (["--phone", "+971501234567", "--qr", "a.gif"], 2, ".svg or .png"),
        (["--phone", "+971501234567", "--item", "X"], 2, "name the shop too"),
        (["--phone", "+971501234567", "--item", ""], 2, "which item"),
        (["--text", "hi", "--catalog"], 2, "name a shop"),
        ([], 2, "name a shop"),
        (["nowhere.dukkan"], 66, "no shop at"),
    ],
)
def test_what_cannot_be_is_one_sentence(dukkan, tmp_path, monkeypatch, words, code, sentence):
    monkeypatch.chdir(tmp_path)
    result = dukkan("link", *words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", ["\u200eOUD\u200f", "\u2068OUD\u2069", "\ufeffOUD", " OUD\u202c"])
def test_a_code_pasted_from_a_chat_is_found_whatever_marks_are_around_it(dukkan, gifts, code):
    assert dukkan("link", gifts, "--item", code).out == "https://wa.me/p/24681357/971501234567\n"
    assert json.loads(dukkan("find", gifts, "catalog", "--where", f"code={code}", "--json").out)[0]["code"] == "OUD"


def test_an_item_that_is_not_there(dukkan, gifts):
    result = dukkan("link", gifts, "--item", "NOPE")
    assert (result.code, result.err) == (66, "No item has the code NOPE.\n")


def test_a_shop_without_a_phone_says_what_to_do(dukkan, shop):
    for words in ([], ["--catalog"], ["--item", "X"]):
        result = dukkan("link", shop, *words)
        assert result.code == 65
        assert "--phone" in result.err


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://wa.me/971501234567?text=%D8%B3%D9%84%D8%A7%D9%85", ("chat", "971501234567", "سلام")),
        ("wa.me/c/971501234567", ("catalog", "971501234567", "")),
        ("https://wa.me/p/123/971501234567", ("item", "971501234567", "")),
        ("https://api.whatsapp.com/send?phone=+971 50 123 4567", ("chat", "971501234567", "")),
        ("\u2066+971 50 123 4567\u2069", ("chat", "971501234567", "")),
    ],
)
def test_a_link_taken_apart(dukkan, url, expected):
    for words in ([], ["--json"]):
        result = dukkan("parse-link", url, *words)
        assert (result.code, result.err) == (0, "")
        parts = json.loads(result.out)
        assert (parts["kind"], parts["phone"], parts["text"]) == expected
        assert parse_link(parts["url"]) == parse_link(url)


def test_a_number_at_home(dukkan):
    assert json.loads(dukkan("parse-link", "050 123 4567", "--territory", "AE").out)["phone"] == "971501234567"


@pytest.mark.parametrize("url", ["", "https://example.com/971501234567", "https://wа.me/971501234567", "wa.me/12"])
def test_what_is_no_link(dukkan, url):
    result = dukkan("parse-link", url)
    assert (result.code, result.out) == (65, "")
    assert result.err.count("\n") == 1
