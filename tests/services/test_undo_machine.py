"""Whatever is done, in whatever order: undo and redo walk through the very states that were seen."""

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from desktop.data.database import Database
from desktop.data.images import Image
from desktop.services import bulk, catalog, collections, pictures, profile, replies
from desktop.services.errors import Invalid
from desktop.services.reprice import Reprice, reprice
from desktop.services.rewrite import Rewrite, rewrite

WORDS = st.sampled_from(["Bread", "خبز", "Cake 9", "cake", "", "é"])
PICK = st.integers(0, 5)
TARGETS = st.sampled_from(["price", "sale_price"])


def test_undo_walks_through_every_state(new_shop, contents):
    walk(lambda folder: shutil.copy(new_shop, folder / "shop.dukkan"), contents, 15)


def test_undo_walks_through_every_state_on_a_server(empty_shop, contents):
    walk(lambda _folder: empty_shop(), contents, 3)


def walk(begin, contents, examples):
    """Do anything in any order to shops that `begin(folder)` makes, and compare after each step."""

    class Shop(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.folder = Path(tempfile.mkdtemp())
            self.where = begin(self.folder)
            self.database = Database(self.where, "till")
            self.past, self.future = [], []
            self.now = contents(self.database)

        def teardown(self):
            self.database.close()
            shutil.rmtree(self.folder)

        def run(self, fn, *args, **values):
            try:
                self.database.run(fn.__name__, fn, *args, **values)
            except Invalid:
                return
            before, self.now = self.now, contents(self.database)
            if before != self.now:
                self.past.append(before)
                self.future.clear()

        def pick(self, table, place):
            rows = self.now[table]
            return rows[place % len(rows)][0] if rows else 0

        @rule(name=WORDS)
        def add(self, name):
            self.run(catalog.add_product, name, price=100)

        @rule(place=PICK, name=WORDS)
        def rename(self, place, name):
            self.run(catalog.update_product, self.pick("product", place), name=name)

        @rule(place=PICK)
        def duplicate(self, place):
            self.run(catalog.duplicate_product, self.pick("product", place))

        @rule(place=PICK, data=st.binary(max_size=1))
        def picture(self, place, data):
            if product := self.pick("product", place):
                image = Image(data, b"", 1, 1, "png", data.hex())
                self.run(pictures.add_pictures, product, [image])

        @rule(place=PICK, to=PICK)
        def move_picture(self, place, to):
            self.run(pictures.move_picture, self.pick("picture", place), to)

        @rule(name=WORDS)
        def collection(self, name):
            self.run(collections.add_collection, name)

        @rule(place=PICK, group=PICK)
        def collect(self, place, group):
            if (product := self.pick("product", place)) and (found := self.pick("collection", group)):
                self.run(collections.put_into, product, found)

        @rule(places=st.lists(PICK, max_size=3))
        def remove(self, places):
            self.run(catalog.remove_products, [self.pick("product", place) for place in places])

        @rule(places=st.lists(PICK, max_size=3), hidden=st.booleans())
        def hide(self, places, hidden):
            self.run(bulk.hide if hidden else bulk.show, [self.pick("product", place) for place in places])

        @rule(places=st.lists(PICK, max_size=3), brand=WORDS, price=st.sampled_from([None, 50, 200]))
        def fill(self, places, brand, price):
            self.run(bulk.set_fields, [self.pick("product", place) for place in places], brand=brand, price=price)

        @rule(places=st.lists(PICK, max_size=3), percent=st.sampled_from([-50, 10]), column=TARGETS)
        def change_prices(self, places, percent, column):
            change = Reprice("percent", Decimal(percent), target=column, drop_sales=True)
            self.run(reprice, [self.pick("product", place) for place in places], change)

        @rule(places=st.lists(PICK, max_size=3), find=WORDS, replacement=WORDS)
        def replace_words(self, places, find, replacement):
            change = Rewrite(find, replacement, alike=True)
            self.run(rewrite, [self.pick("product", place) for place in places], change)

        @rule(places=st.lists(PICK, max_size=3), group=PICK, out=st.booleans())
        def move(self, places, group, out):
            change = bulk.take_out if out else bulk.put_into
            self.run(change, [self.pick("product", place) for place in places], self.pick("collection", group))

        @rule(shortcut=WORDS)
        def reply(self, shortcut):
            self.run(replies.add_reply, shortcut, "hello")

        @rule(place=PICK, shortcut=WORDS)
        def rename_reply(self, place, shortcut):
            if found := self.pick("reply", place):
                self.run(replies.update_reply, found, shortcut=shortcut)

        @rule(name=WORDS)
        def profile(self, name):
            self.run(profile.update_profile, name=name)

        @precondition(lambda self: self.past)
        @rule()
        def undo(self):
            assert self.database.undo()
            self.future.append(self.now)
            self.now = self.past.pop()

        @precondition(lambda self: self.future)
        @rule()
        def redo(self):
            assert self.database.redo()
            self.past.append(self.now)
            self.now = self.future.pop()

        @precondition(lambda self: self.past)
        @rule()
        def reopen(self):
            self.database.close()
            self.database = Database(self.where, "till")

        @invariant()
        def shop_is_as_remembered(self):
            assert contents(self.database) == self.now
            assert bool(self.database.next_title()) == bool(self.past)
            assert bool(self.database.next_title(redo=True)) == bool(self.future)

    checks = [HealthCheck.too_slow]
    run_state_machine_as_test(
        Shop,
        settings=settings(max_examples=examples, stateful_step_count=25, suppress_health_check=checks),
    )
