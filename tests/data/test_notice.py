"""Each commit is told once, with what it changed."""

from sqlalchemy import delete, insert

from desktop.data.images import Image
from desktop.data.models import CollectionItem, Picture, Product, Reply
from desktop.data.notice import MANY, Change
from desktop.services import catalog, collections, pictures, replies

ROW = {"version": 1, "shortcut": "", "text": "", "keywords": "", "folder": "", "language": "", "condition": ""}
ROW |= {"position": "", "search_key": "", "sort_key": ""}


def test_one_notice_says_what_changed(both):
    heard = []
    both.on_notice = heard.append
    product = both.run("Add", catalog.add_product, "Bread")
    both.run("Picture", pictures.add_pictures, product, [Image(b"a", b"", 1, 1, "png", "a")])
    both.run("Collect", collections.put_into, product, both.run("New", collections.add_collection, "Bakery"))
    heard.clear()
    both.run("Remove", catalog.remove_products, [product], origin="page")
    gone = Change(deleted=frozenset({1}))
    notice = heard.pop()
    assert notice.origin == "page"
    assert dict(notice.changes) == {Product: gone, Picture: gone, CollectionItem: gone}
    both.undo()
    assert heard.pop().of(Product) == Change(inserted=frozenset({product}))
    assert not heard


def test_notice_of_many_rows_names_none(both):
    heard = []
    both.on_notice = heard.append
    both.run("Fill", lambda session: session.execute(insert(Reply), [ROW | {"shortcut": str(i)} for i in range(1_000)]))
    assert [notice.of(Reply) for notice in heard] == [MANY]


def test_rows_that_came_and_went_are_not_news(both):
    def pass_through(session):
        reply = replies.add_reply(session, "a", "b")
        session.execute(delete(Reply).where(Reply.id == reply))

    heard = []
    both.on_notice = heard.append
    both.run("Pass", pass_through)
    assert heard[0].of(Reply) == Change()
