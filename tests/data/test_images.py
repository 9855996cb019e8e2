"""Pictures from anywhere, as they are kept; every file is made here, by encoders that are not the ones tested."""

import io
import os
import struct
import subprocess
import sys
import tracemalloc
import zlib
from dataclasses import replace
from hashlib import sha256
from threading import Thread

import pillow_heif
import pytest
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo
from PySide6.QtGui import QColorSpace

from desktop.data.image_kinds import LARGEST_FILE, SIDE, THUMBNAIL, Unreadable
from desktop.data.images import (
    LARGEST_PNG,
    crop,
    normalise,
    normalise_file,
    render_svg,
    turned,
)

RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 200, 10), (10, 10, 250), (255, 255, 255)
SECRET = "25.2048N 55.2708E"
LARGE_BMP = struct.pack("<2s4I2i2H6I", b"BM", 54, 0, 54, 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0)
LARGE_GIF = struct.pack("<6s2H3B", b"GIF89a", 65_535, 65_535, 0, 0, 0) + struct.pack(
    "<B4HB7s", 0x2C, 0, 0, 65_535, 65_535, 0, b"\x02\x02\x4c\x01\x00;"
)


def quarters(width=240, height=120):
    """Red, green above blue, white: any turn or mirroring shows."""
    image = Pillow.new("RGB", (width, height), WHITE)
    for colour, at in ((RED, (0, 0)), (GREEN, (width // 2, 0)), (BLUE, (0, height // 2))):
        image.paste(colour, (*at, at[0] + width // 2, at[1] + height // 2))
    return image


def file(image, format, **options):
    out = io.BytesIO()
    if format == "HEIF":
        pillow_heif.from_pillow(image).save(out, quality=90, **options)
    else:
        image.save(out, format, **options)
    return out.getvalue()


def photo(width=240, height=120):
    """Something with as much detail in it as a photo has."""
    return Pillow.effect_noise((width, height), 80).convert("RGB")


def seen(data):
    return Pillow.open(io.BytesIO(data)).convert("RGB")


def corners(data):
    """The colours a tenth in from each corner: above from the left, then below."""
    image = seen(data)
    x, y = image.width // 10, image.height // 10
    return [image.getpixel(at) for at in ((x, y), (-x % image.width, y), (x, -y % image.height))] + [
        image.getpixel((image.width - x, image.height - y))
    ]


def near(colours, expected, by=14):
    return all(
        abs(a - b) <= by for one, other in zip(colours, expected, strict=True) for a, b in zip(one, other, strict=True)
    )


def location(orientation=1):
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth=8, colour=6, body=b"\0" * 100):
    """A PNG that says it is so large, with hardly anything in it."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(body)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        normalise(data)
    assert str(caught.value) == caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("GIF", {}),
        ("BMP", {}),
        ("HEIF", {}),
    ],
)
def test_reads_what_owners_have(format, options):
    picture = normalise(file(quarters(), format, **options))
    assert (picture.width, picture.height) == (240, 120) == seen(picture.data).size
    assert picture.format == ("png" if format in ("PNG", "GIF") else "jpeg")
    assert Pillow.open(io.BytesIO(picture.data)).format == picture.format.upper()
    assert picture.sha256 == sha256(picture.data).hexdigest()
    assert near(corners(picture.data), [RED, GREEN, BLUE, WHITE])
    assert near(corners(picture.thumbnail), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "I;16", "LA", "RGBA"])
def test_reads_every_way_to_store_a_colour(mode):
    source = quarters().convert(mode) if mode != "I;16" else Pillow.new("I;16", (240, 120), 0x8000)
    picture = normalise(file(source, "JPEG" if mode == "CMYK" else "PNG"))
    expected = [(127, 127, 127)] * 4 if mode == "I;16" else corners(file(source.convert("RGB"), "PNG"))
    assert near(corners(picture.data), expected)


def test_long_pictures_are_made_small_and_small_ones_left():
    wide = normalise(file(photo(4000, 1000), "JPEG"))
    assert (wide.width, wide.height) == (SIDE, SIDE // 4) == seen(wide.data).size
    assert seen(wide.thumbnail).size == (THUMBNAIL, THUMBNAIL // 4)
    small = normalise(file(photo(100, 60), "WEBP"))
    assert (small.width, small.height) == (100, 60) == seen(small.thumbnail).size
    line = normalise(file(Pillow.new("RGB", (6000, 1)), "PNG"))
    assert (line.width, line.height) == (SIDE, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_is_upright_whichever_way_the_phone_was_held(orientation):
    data = file(quarters(), "JPEG", quality=95, exif=location(orientation))
    picture = normalise(data)
    upright = ImageOps.exif_transpose(Pillow.open(io.BytesIO(data)))
    assert (picture.width, picture.height) == upright.size
    assert near(corners(picture.data), corners(file(upright, "PNG")))


def test_a_photo_from_an_iphone_is_upright():
    picture = normalise(file(quarters(), "HEIF", exif=location(6)))
    assert (picture.width, picture.height) == (120, 240)
    assert near(corners(picture.data), [BLUE, RED, WHITE, GREEN])


def test_tells_nothing_about_where_and_by_whom():
    text = PngInfo()
    text.add_text("Comment", SECRET)
    files = [
        file(quarters(), "JPEG", exif=location()),
        file(quarters(), "JPEG", comment=SECRET),
        file(quarters(), "PNG", pnginfo=text),
        file(quarters(), "PNG", exif=location()),
        file(quarters(), "WEBP", exif=location()),
        file(quarters(), "HEIF", exif=location()),
        file(quarters(), "GIF", comment=SECRET),
        file(quarters(), "JPEG") + SECRET.encode(),
        file(quarters(), "PNG") + SECRET.encode(),
    ]
    for data in files:
        picture = normalise(data)
        assert SECRET.encode() in data
        for kept in (picture.data, picture.thumbnail):
            assert SECRET.encode() not in kept
            assert not Pillow.open(io.BytesIO(kept)).getexif()


def test_colours_of_a_profile_become_those_of_every_screen():
    wide = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    muted = Pillow.new("RGB", (64, 64), (200, 90, 90))
    expected = ImageCms.profileToProfile(muted, io.BytesIO(wide), ImageCms.createProfile("sRGB"))
    assert expected.getpixel((0, 0))[0] > 205
    for format in ("JPEG", "PNG", "HEIF"):
        picture = normalise(file(muted, format, icc_profile=wide))
        assert near(corners(picture.data), [expected.getpixel((0, 0))] * 4, by=4)
        assert "icc_profile" not in Pillow.open(io.BytesIO(picture.data)).info
    broken = normalise(file(quarters(), "JPEG", quality=95, icc_profile=b"\xff" * 200))
    assert near(corners(broken.data), [RED, GREEN, BLUE, WHITE])


def test_what_is_kept_already_is_kept_byte_for_byte():
    first = normalise(file(photo(1800, 1200), "JPEG", quality=95))
    assert normalise(first.data).data == first.data
    drawing = normalise(file(quarters().convert("RGBA"), "PNG"))
    assert normalise(drawing.data).data == drawing.data
    plain = file(photo(800, 600), "JPEG", quality=60)
    assert normalise(plain).data == plain, "a photo from a chat does not get worse"


def test_a_logo_stays_transparent_and_a_cut_out_photo_is_laid_on_white():
    logo = Pillow.new("RGBA", (400, 400), (*RED, 0))
    logo.paste((*RED, 255), (0, 0, 200, 400))
    picture = normalise(file(logo, "PNG"))
    kept = Pillow.open(io.BytesIO(picture.data))
    assert (picture.format, kept.mode) == ("png", "RGBA")
    assert (kept.getpixel((50, 50))[3], kept.getpixel((350, 50))[3]) == (255, 0)
    assert near([seen(picture.thumbnail).getpixel((350, 50))], [WHITE])
    assert normalise(file(logo, "WEBP", lossless=True)).format == "png"

    cut_out = photo(1500, 1500).convert("RGBA")
    cut_out.paste((0, 0, 0, 0), (0, 0, 100, 1500))
    data = file(cut_out, "PNG", compress_level=1)
    picture = normalise(data)
    assert len(data) > LARGEST_PNG
    assert picture.format == "jpeg"
    assert near([seen(picture.data).getpixel((50, 50))], [WHITE])


def test_a_large_photo_saved_as_png_becomes_jpeg():
    data = file(photo(1400, 1400), "PNG", compress_level=1)
    assert len(data) > LARGEST_PNG
    assert normalise(data).format == "jpeg"


def test_an_animation_is_its_first_picture():
    frames = [quarters(), Pillow.new("RGB", (240, 120), WHITE)]
    for format in ("GIF", "WEBP"):
        picture = normalise(file(frames[0], format, save_all=True, append_images=frames[1:] * 5))
        assert near(corners(picture.data), [RED, GREEN, BLUE, WHITE], by=20)
        assert picture.animated
    assert not normalise(file(frames[0], "GIF")).animated


@pytest.mark.parametrize(
    "data",
    [b"just text", b"%PDF-1.7\n", b"\0" * 1000, b"BM is how this letter begins", b"PK\x03\x04", b"GIF", b"\xff\xd8"],
)
def test_refuses_what_is_not_a_picture(data):
    assert refusal(data) == "This file cannot be opened as a picture. JPG, PNG, WebP and HEIC are accepted."


def test_refuses_an_empty_file():
    assert "empty" in refusal(b"")


@pytest.mark.fault("S05")
def test_refuses_a_drawing_whatever_it_is_called(tmp_path):
    link = "<image href='file:///etc/hostname' width='9' height='9'/>"
    assert "SVG" in refusal(f"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>{link}</svg>".encode())


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.97])
def test_refuses_what_was_copied_in_part(format, part):
    data = file(photo(), format, **({"exif": location()} if format == "JPEG" else {}))
    assert "part of it" in refusal(data[: int(len(data) * part)])


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF"])
def test_damage_anywhere_is_a_picture_or_a_sentence(format, capfd):
    data = file(quarters(120, 60), format)
    for at in range(2, len(data), max(1, len(data) // 60)):
        for wrong in (0x00, 0xFF, data[at] ^ 0x55):
            try:
                normalise(data[:at] + bytes([wrong]) + data[at + 1 :])
            except Unreadable:
                continue
    assert capfd.readouterr().err == ""


def test_refuses_a_png_with_a_wrong_checksum():
    data = bytearray(file(photo(), "PNG"))
    data[len(data) // 2] ^= 1
    assert "damaged" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(40_000, 40_000), "40,000×40,000"),
        (png(7_900, 7_900, depth=16), "7,900×7,900"),
        (png(2**31 - 1, 3), "damaged"),
        (png(0, 10), "damaged"),
        (LARGE_BMP, "damaged"),
        (LARGE_GIF, "65,535×65,535"),
    ],
)
@pytest.mark.fault("S04", "F20")
def test_refuses_more_pixels_than_fit_into_memory_and_says_how_many(data, size):
    assert size in refusal(data)


@pytest.mark.fault("F20")
def test_refuses_a_huge_file_before_reading_it():
    assert "60 MB" in refusal(b"\xff\xd8\xff" + bytes(60_000_000))
    assert "part of it" in refusal(b"\xff\xd8\xff" + bytes(LARGEST_FILE - 3))


def test_the_photo_of_a_very_good_camera_is_read():
    picture = normalise(file(Pillow.new("L", (12_000, 9_000), 90), "JPEG"))
    assert (picture.width, picture.height) == (1600, 1200)


def test_many_threads_at_once_without_an_application():
    code = """
import sys
from threading import Thread
from desktop.data.images import normalise
data = sys.stdin.buffer.read()
found = []
threads = [Thread(target=lambda: found.append(normalise(data).sha256)) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
from PySide6.QtCore import QCoreApplication
assert QCoreApplication.instance() is None and "PySide6.QtSvg" not in sys.modules and "pi_heif" not in sys.modules
print(len(found), len(set(found)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], input=file(photo(1000, 500), "JPEG"), capture_output=True, check=True
    )
    assert ran.stdout.split() == [b"4", b"1"]
    assert ran.stderr == b""


def test_a_thread_gets_the_same_picture():
    data, found = file(photo(), "PNG"), []
    thread = Thread(target=lambda: found.append(normalise(data)))
    thread.start()
    thread.join()
    assert found == [normalise(data)]


def test_draws_our_own_drawings(tmp_path):
    path = tmp_path / "box.svg"
    path.write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><rect width='5' height='10' fill='#0B6E63'/></svg>"
    )
    drawn = render_svg(path, 800)
    assert seen(drawn.data).size == (800, 800)
    assert near(corners(drawn.data), [(11, 110, 99), WHITE, (11, 110, 99), WHITE])
    kept = normalise(drawn.data)
    assert replace(kept, thumbnail=b"") == replace(drawn, thumbnail=b""), "it is as it would be kept"
    assert near(corners(drawn.thumbnail), corners(kept.thumbnail))
    path.write_text("not a drawing")
    with pytest.raises(ValueError, match="not a drawing"):
        render_svg(path, 10)


def test_cuts_a_part_out_of_it():
    kept = normalise(file(quarters(), "PNG")).data  # 240×120
    cut = crop(kept, 120, 0, 60, 60)
    assert (cut.width, cut.height, cut.format) == (60, 60, "png")
    assert near(corners(cut.data), [GREEN] * 4)
    assert near(corners(cut.thumbnail), [GREEN] * 4)
    assert near(corners(crop(kept, 0, 0, 240, 120).data), [RED, GREEN, BLUE, WHITE])
    assert normalise(cut.data).sha256 == cut.sha256  # it is ready to be kept


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (1, [BLUE, RED, WHITE, GREEN]),
        (2, [WHITE, BLUE, GREEN, RED]),
        (3, [GREEN, WHITE, RED, BLUE]),
        (-1, [GREEN, WHITE, RED, BLUE]),
        (4, [RED, GREEN, BLUE, WHITE]),
    ],
)
def test_turns_it_before(turn, expected):
    kept = normalise(file(quarters(), "PNG")).data
    width, height = (120, 240) if turn % 2 else (240, 120)
    assert near(corners(crop(kept, 0, 0, width, height, turn).data), expected)


def test_what_is_beyond_the_picture_gets_the_ground():
    kept = normalise(file(quarters(), "JPEG", quality=95)).data
    cut = crop(kept, -40, -100, 320, 320, ground="#102030")
    assert (cut.width, cut.height, cut.format) == (320, 320, "jpeg")
    assert near(corners(cut.data), [(16, 32, 48)] * 4)
    assert near([seen(cut.data).getpixel((100, 120))], [RED], 30)
    with pytest.raises(ValueError, match="outside"):
        crop(kept, 300, 0, 60, 60)


def test_what_is_transparent_gets_the_ground():
    drawing = Pillow.new("RGBA", (200, 200), (0, 0, 0, 0))
    drawing.paste((*RED, 255), (0, 0, 100, 200))
    cut = crop(normalise(file(drawing, "PNG")).data, 0, 0, 200, 200, ground="#ffffff")
    assert near(corners(cut.data), [RED, WHITE, RED, WHITE])
    assert Pillow.open(io.BytesIO(cut.data)).mode == "RGB"


def test_a_cut_is_no_longer_than_a_picture_may_be():
    kept = normalise(file(photo(1600, 400), "PNG")).data
    cut = crop(kept, 0, -600, 1600, 1600)
    assert (cut.width, cut.height) == (1600, 1600)
    cut = crop(kept, -400, -1000, 2400, 2400)
    assert (cut.width, cut.height, cut.format) == (1600, 1600, "jpeg")


@pytest.mark.parametrize(("quarters_on", "expected"), [(1, [BLUE, RED, WHITE, GREEN]), (-1, [GREEN, WHITE, RED, BLUE])])
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_it_is_turned(format, quarters_on, expected):
    picture = turned(normalise(file(quarters(), format, quality=95)).data, quarters_on)
    assert (picture.width, picture.height, picture.format) == (120, 240, format.lower())
    assert near(corners(picture.data), expected, by=20)
    assert normalise(picture.data).sha256 == picture.sha256  # it is ready to be kept


def test_what_is_transparent_stays_so_when_it_is_turned():
    drawing = Pillow.new("RGBA", (200, 100), (0, 0, 0, 0))
    drawing.paste((*RED, 255), (0, 0, 100, 100))
    kept = Pillow.open(io.BytesIO(turned(normalise(file(drawing, "PNG")).data, 1).data))
    assert (kept.mode, kept.getpixel((50, 150))[3], kept.getpixel((50, 50))[3]) == ("RGBA", 0, 255)


def read_from(path):
    with pytest.raises(Unreadable) as caught:
        normalise_file(path)
    return caught.value.message


def hole(path, head, size):
    """A file of any size that takes no room on the disk."""
    path.write_bytes(head)
    with path.open("r+b") as file:
        os.truncate(file.fileno(), size)
    return path


def test_files_are_looked_at_before_they_are_read(tmp_path):
    tracemalloc.start()
    assert "TIFF" in read_from(hole(tmp_path / "print.tif", b"II*\0", 300_000_000))
    assert "300 MB" in read_from(hole(tmp_path / "film.jpg", b"\xff\xd8\xff", 300_000_000))
    assert "cannot be opened" in read_from(hole(tmp_path / "disk.png", b"no", 300_000_000))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert "SVG" in read_from(hole(tmp_path / "drawing.jpg", b"<svg xmlns='x'/>", 16))
    assert "empty" in read_from(hole(tmp_path / "none.jpg", b"", 0))
    assert "AVIF" in read_from(hole(tmp_path / "new.avif", b"\0\0\0 ftypavif", 40))
    assert "not a file" in read_from(tmp_path)
    with pytest.raises(OSError, match="gone"):
        normalise_file(tmp_path / "gone.jpg")
    good = tmp_path / "good.png"
    good.write_bytes(file(quarters(), "PNG"))
    assert normalise_file(good) == normalise(good.read_bytes())


@pytest.mark.fault("S04")
def test_a_bomb_is_refused_by_what_it_says_of_itself(tmp_path):
    body = zlib.compress(bytes(40_000) * 100, 9)
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    bomb = tmp_path / "bag.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts))
    assert "40,000×40,000" in read_from(bomb)
    packed = tmp_path / "zip.png"
    packed.write_bytes(b"PK\x03\x04" + bytes(1000))
    assert "cannot be opened" in read_from(packed)
