"""How fast pictures are taken in, beside a straightforward use of Pillow: `python tests/benchmarks/pictures.py`.

Both open photos of 12 megapixels, turn them upright, and write the picture and its thumbnail as JPEG in the same sizes
and qualities, and tell the picture's SHA-256.
"""

# ruff: noqa: E402

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageFilter, ImageOps

from desktop.data.image_kinds import SIDE, THUMBNAIL
from desktop.data.images import QUALITY, normalise

PHOTOS = 6
ROUNDS = 3


def photos(folder: Path, count: int = PHOTOS) -> list[Path]:
    """Write photos as a phone takes them: 4000×3000, with the detail and the grain of a photo, some held upright."""
    paths = []
    for number in range(count):
        coarse = Image.effect_noise((400, 300), 90).resize((4000, 3000), Image.Resampling.BICUBIC)
        fine = Image.effect_noise((4000, 3000), 24).filter(ImageFilter.GaussianBlur(1))
        grey = Image.blend(coarse, fine, 0.3)
        image = Image.merge("RGB", (grey, ImageOps.invert(coarse), fine))
        exif = Image.Exif()
        exif[0x0112] = (1, 6)[number % 2]
        path = folder / f"IMG_{number:04}.jpg"
        image.save(path, quality=92, exif=exif)
        paths.append(path)
    return paths


def by_pillow(path: Path) -> str:
    """Make of a photo what `normalise` makes of it, the plain way."""
    with Image.open(path) as photo:
        image = ImageOps.exif_transpose(photo)
        image = image.convert("RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    small = image.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=QUALITY, optimize=True)
    return sha256(out.getvalue()).hexdigest()


def by_us(path: Path) -> str:
    """Take a photo in as the window does."""
    return normalise(path.read_bytes()).sha256


def each(fn: Callable[[Path], str], paths: list[Path], threads: int = 1) -> float:
    """Return how many pictures a second `fn` takes in."""
    start = time.perf_counter()
    if threads == 1:
        for path in paths:
            fn(path)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fn, paths))
    return len(paths) / (time.perf_counter() - start)


def throughput() -> dict[str, float]:
    """Return the pictures a second of Pillow on one core, and how many times that ours are, on one core and on two."""
    with tempfile.TemporaryDirectory() as folder:
        paths = photos(Path(folder))
        each(by_pillow, paths[:1]), each(by_us, paths[:1])
        rows = [(each(by_pillow, paths), each(by_us, paths), each(by_us, paths, 2)) for _ in range(ROUNDS)]
    return {
        "Pillow, pictures a second": median(row[0] for row in rows),
        "taken in, one core": median(row[1] / row[0] for row in rows),
        "taken in, two cores": median(row[2] / row[0] for row in rows),
    }


if __name__ == "__main__":
    for name, value in throughput().items():
        print(f"{name:30} {value:6.2f}")
