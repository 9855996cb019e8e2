"""What giving the catalog out comes to: how many items, in which languages, and what is missing in them."""

from desktop.data.models import ProductText
from desktop.services.catalog import add_product
from desktop.services.collections import add_collection, put_into
from desktop.services.profile import update_profile
from desktop.services.publish import REFUSED, meant, outlook, shop_languages
from desktop.services.where import find


def test_only_what_customers_see_is_counted(both):
    def fill(session):
        add_product(session, "Box", price=900)
        add_product(session, "Bag")
        add_product(session, "Secret", hidden=True)

    both.run("", fill)
    with both.reader() as session:
        seen = outlook(session, ("no-price", "no-code", "duplicate-code"), meant(()))
        assert seen.items == 2
        assert not seen.has_phone
        assert {gap.problem.kind: gap.problem.count for gap in seen.gaps} == {"no-price": 1, "no-code": 2}
        assert [len(find(session, gap.search)) for gap in seen.gaps] == [1, 2]  # what Show will list
        assert outlook(session, REFUSED).items == 3


def test_collections_narrow_it(database):
    def fill(session):
        groups = [add_collection(session, name) for name in ("Boxes", "Bags")]
        for group in groups:
            put_into(session, add_product(session, f"Item {group}"), group)
        add_product(session, "Loose")
        return groups

    groups = database.run("", fill)
    with database.reader() as session:
        assert outlook(session, (), meant(groups[:1])).items == 1
        assert outlook(session, (), meant(groups)).items == 2
        assert outlook(session, (), meant([99])).items == 0  # deleted meanwhile


def test_languages_are_those_that_items_are_written_in(database):
    database.run("", update_profile, language="ar")
    with database.reader() as session:
        assert shop_languages(session) == ["ar"]

    def translate(session):
        item = add_product(session, "علبة")
        session.add(ProductText(product_id=item, language="en", name="Box"))
        session.add(ProductText(product_id=item, language="ar", name="علبة"))

    database.run("", translate)
    with database.reader() as session:
        assert shop_languages(session) == ["ar", "en"]
