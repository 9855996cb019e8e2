"""The inspector of one item: sale dates, stock, Meta's columns, variants, another language, hostile input."""

import datetime as dt
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMainWindow

from desktop.data.database import Database
from desktop.data.models import Variant
from desktop.i18n import formats, set_language
from desktop.services import variants
from desktop.services.catalog import add_product, extra_columns, read_product, update_extra, update_product
from desktop.services.pictures import add_pictures
from desktop.services.profile import update_profile
from desktop.services.texts import read_text, set_text
from desktop.ui.context import Context
from desktop.ui.pages.item import ItemInspector
from desktop.ui.thumbnails import Thumbnails


@pytest.fixture(scope="module")
def stocked(filled_once):
    """A shop of Dubai that writes English, and a shirt in it that costs 50."""

    def fill(run):
        home = {"territory": "AE", "currency": "AED", "time_zone": "Asia/Dubai", "language": "en"}
        run("Home", update_profile, None, name="Gifts", **home)
        return run("Add", add_product, "Shirt", code="SH-1", price=5000)

    return filled_once(fill)


@pytest.fixture
def item(stocked):
    """The shirt."""
    formats.configure(zone="Asia/Dubai")
    return stocked.found


@pytest.fixture
def show(in_front, context):
    """A function that shows an item in an inspector, in an active window."""

    def show(item, width=330, context=context):
        window = QMainWindow()
        inspector = ItemInspector(context, Thumbnails(context, 300, window))
        context.changed.connect(inspector.refresh)
        window.setCentralWidget(inspector)
        window.resize(width, 800)
        in_front(window)
        assert inspector.show_row(item)
        return inspector

    return show


@pytest.fixture
def shown(show, item):
    return show(item)


@pytest.fixture
def write(qtbot, press):
    """A function that types over what is in a field, and leaves it."""

    def write(field, text, leave=True):
        field.editor.setFocus()
        field.editor.selectAll()
        qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
        press(field.editor, text)
        return field.commit() if leave else None

    return write


def stored(context, item):
    return context.get(read_product, item)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# What is made when


def test_nothing_is_made_before_an_item_is_shown(show, item):
    inspector = show(None)
    assert not hasattr(inspector, "panel")
    assert inspector.commit()
    inspector.abandon()
    inspector.show_row(item)
    assert inspector.stack.currentWidget() is inspector.panel
    assert (inspector.meta, inspector.variants, inspector.texts) == (None, None, None)
    inspector.more.set_folded(False)
    assert inspector.meta.brand.value() == ""


# A picture that is pasted while one types


def test_a_picture_pasted_into_a_field_is_one_of_the_item(qtbot, context, item, shown, painted):
    for count, field in enumerate((shown.name, shown.description), 1):
        QGuiApplication.clipboard().setImage(QImage.fromData(painted("pink", 30 + count, 30)))
        field.editor.setFocus()
        qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda count=count: len(stored(context, item).pictures) == count)
    QGuiApplication.clipboard().setText(" blue")
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_End)
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (shown.name.value(), shown.description.value()) == ("Shirt blue", "")


# A sale


def test_a_sale_has_days_in_the_shops_zone(qtbot, context, item, shown, write):
    assert not shown.sale.isVisible()
    write(shown.sale_price, "40")
    assert shown.sale.isVisible()
    click(qtbot, shown.sale.last.choose)
    day = formats.today() + dt.timedelta(days=9)
    shown.sale.last.editor.setDate(day)
    assert shown.sale.last.commit()
    product = stored(context, item)
    ends = dt.datetime.fromtimestamp(product.sale_ends, dt.UTC) + dt.timedelta(hours=4)
    assert (ends.date(), ends.hour, ends.minute) == (day, 23, 59)
    assert shown.sale.first.value() == formats.today()
    assert "On sale until" in shown.sale.words.text()
    assert "Dubai" in shown.sale.words.text()
    click(qtbot, shown.sale.last.clear)
    assert stored(context, item).sale_ends is None
    assert shown.sale.last.value() is None
    assert not shown.sale.words.isVisible()


def test_a_sale_that_has_ended_or_not_begun_is_said(context, item, shown):
    now = int(formats.now().timestamp())
    day = 86400
    context.run("Sale", update_product, item, None, sale_price=4000, sale_starts=now - 5 * day, sale_ends=now - 2 * day)
    assert "ended" in shown.sale.words.text()
    assert shown.sale.words.property("look") == "warn"
    assert "instead of" not in shown.share._answer()
    context.run("Sale", update_product, item, None, sale_starts=now + 2 * day, sale_ends=None)
    assert "begins" in shown.sale.words.text()
    context.run("Sale", update_product, item, None, sale_starts=None)
    assert "40" in shown.share._answer()


def test_a_sale_cannot_end_before_it_begins(context, item, shown):
    now = int(formats.now().timestamp())
    context.run("Sale", update_product, item, None, sale_price=4000, sale_starts=now, sale_ends=now + 864_000)
    shown.sale.last.editor.setDate(formats.today() - dt.timedelta(days=3))
    assert not shown.sale.last.commit()
    assert "before it begins" in shown.sale.last.message.text()
    assert stored(context, item).sale_ends == now + 864_000
    assert not shown.commit()


# Stock, and the description


def test_how_many_are_left(context, item, shown, write):
    assert write(shown.stock.quantity, "٣")
    assert stored(context, item).quantity == 3
    assert write(shown.stock.quantity, "0")
    assert "None are left" in shown.stock.quantity.message.text()
    assert not write(shown.stock.quantity, "a few")
    assert "whole number" in shown.stock.quantity.message.text()
    assert write(shown.stock.quantity, "")
    assert stored(context, item).quantity is None


def test_what_a_feed_says_of_an_item_in_stock(context, item, shown):
    context.run("Import", update_extra, item, availability="preorder")
    assert "says: \u2068Preorder\u2069." in shown.stock.availability.message.text()
    context.run("Elsewhere", update_product, item, availability="out of stock")
    assert shown.stock.availability.message.text() == ""
    context.run("Elsewhere", update_product, item, availability="in stock")  # what the owner says is said in the feed
    assert shown.stock.availability.message.text() == ""
    assert stored(context, item).extra == ""


def test_marks_are_shown_as_they_are_read(item, shown, write):
    write(shown.description, "plain 2*3", leave=False)
    assert not shown.preview.isVisible()
    shown.description.editor.setPlainText("*bold*\n- one")
    assert shown.preview.isVisible()
    assert shown.preview.view.accessibleName() == "bold\n• one"
    write(shown.description, "", leave=False)
    assert not shown.preview.isVisible()


# For Meta's shop


def test_columns_of_the_feed_are_kept_apart(qtbot, context, item, shown, write):
    context.run("Import", update_extra, item, material="cotton")
    shown.more.set_folded(False)
    fields = shown.extra.fields
    assert write(fields["google_product_category"], " Home &  Garden > Decor ")
    assert write(fields["custom_label_0"], "صيف")
    columns = {"material": "cotton", "google_product_category": "Home & Garden > Decor", "custom_label_0": "صيف"}
    assert extra_columns(stored(context, item)) == columns
    write(fields["custom_label_0"], "mine", leave=False)
    context.run("Elsewhere", update_extra, item, custom_label_1="theirs")
    assert fields["custom_label_1"].value() == "theirs"
    assert fields["custom_label_0"].commit()
    write(fields["custom_label_0"], "mine again", leave=False)
    context.run("Elsewhere", update_extra, item, custom_label_0="theirs")
    assert not fields["custom_label_0"].commit()
    assert "elsewhere" in fields["custom_label_0"].message.text()
    qtbot.keyClick(fields["custom_label_0"].editor, Qt.Key.Key_Return)
    assert extra_columns(stored(context, item))["custom_label_0"] == "mine again"
    for column in ("google_product_category", "custom_label_0", "custom_label_1"):
        assert write(fields[column], "")
    assert extra_columns(stored(context, item)) == {"material": "cotton"}


def test_the_country_of_origin_is_searched(qtbot, context, item, shown, press):
    shown.more.set_folded(False)
    field = shown.meta.country
    assert field.editor.isEditable()
    field.editor.set_value("exempt")
    field._on_chosen()
    assert stored(context, item).origin_country == "exempt"
    context.run("Elsewhere", update_product, item, None, origin_country="Atlantis")
    assert field.value() == "Atlantis"
    field.editor.set_value("JO")
    field._on_chosen()
    assert stored(context, item).origin_country == "JO"


# Variants


def make(qtbot, press, inspector, values):
    inspector.variety.set_folded(False)
    click(qtbot, inspector.variants.add)
    press(inspector.variants.new.lines[0].values, values)
    click(qtbot, inspector.variants.new.make)


def titles(inspector):
    return [row.title.text().replace("\u2068", "").replace("\u2069", "") for row in inspector.variants.rows]


def test_combinations_are_made_of_options(qtbot, direction, context, item, shown, press):
    shown.variety.set_folded(False)
    click(qtbot, shown.variants.add)
    new = shown.variants.new
    press(new.lines[0].values, "S، M")
    click(qtbot, new.more)
    press(new.lines[1].name, "Colour")
    assert "2" not in new.make.text()
    press(new.lines[1].values, "red, blue")
    assert "4" in new.make.text()
    qtbot.keyClick(new.lines[1].values, Qt.Key.Key_Return)
    assert titles(shown) == ["S · red", "S · blue", "M · red", "M · blue"]
    assert "4" in shown.variety.header.text()
    assert not new.isVisible()
    context.database.undo()
    assert titles(shown) == []


def test_what_makes_no_variants_stays_typed(qtbot, context, item, shown, press):
    shown.variety.set_folded(False)
    click(qtbot, shown.variants.add)
    new = shown.variants.new
    click(qtbot, new.make)
    assert new.message.isVisible()
    press(new.lines[0].values, ", ".join(str(n) for n in range(101)))
    click(qtbot, new.make)
    assert "100" in new.message.text()
    assert new.lines[0].values.text().startswith("0, 1")
    assert titles(shown) == []


def test_a_variant_is_edited_in_place(qtbot, context, item, shown, press, write):
    make(qtbot, press, shown, "S, M")
    row = shown.variants.rows[0]
    assert row.form is None
    click(qtbot, row.edit)
    assert row.own_price.editor.placeholderText() == "50"
    assert write(row.own_price, "60")
    assert write(row.code, "SH-1-S")
    assert write(row.quantity, "2")
    assert write(row.form.fields["option Size"], "XS")
    variant = stored(context, item).variants[0]
    assert (variant.price, variant.code, variant.quantity) == (6000, "SH-1-S", 2)
    assert titles(shown) == ["XS", "M"]
    assert "2 left" in row.detail.text()
    assert not write(row.code, "SH-1")
    assert "used by" in row.code.message.text()
    row.edit.setChecked(False)
    shown.variety.set_folded(True)
    assert not shown.commit()
    assert not shown.variety.is_folded()
    qtbot.keyClick(row.code.editor, Qt.Key.Key_Escape)
    assert shown.commit()


def test_what_a_feed_says_of_a_variant_in_stock(qtbot, context, item, shown, press):
    make(qtbot, press, shown, "S")
    variant = stored(context, item).variants[0].id

    def keep(session):
        session.get(Variant, variant).extra = '{"availability": "preorder"}'

    context.run("Import", keep)
    assert "Preorder" in shown.variants.rows[0].detail.text()
    context.run("Elsewhere", variants.update_variant, variant, None, availability="out of stock")
    assert "Preorder" not in shown.variants.rows[0].detail.text()


def test_both_prices_of_a_variant_may_fall_together(qtbot, context, item, shown, press, write):
    make(qtbot, press, shown, "S")
    row = shown.variants.rows[0]
    click(qtbot, row.edit)
    write(row.own_price, "60")
    write(row.sale_price, "55")
    write(row.own_price, "50")
    assert "not below" in row.own_price.message.text()
    write(row.sale_price, "45")
    variant = stored(context, item).variants[0]
    assert (variant.price, variant.sale_price) == (5000, 4500)


def test_a_change_elsewhere_does_not_disturb_a_variant(qtbot, context, item, shown, press, write):
    make(qtbot, press, shown, "S, M")
    row = shown.variants.rows[0]
    click(qtbot, row.edit)
    write(row.code, "A", leave=False)
    context.run("Elsewhere", variants.update_variant, row.variant.id, None, price=100, code="B")
    assert (row.code.value(), row.own_price.value()) == ("A", "1")
    assert not row.code.commit()
    assert "elsewhere" in row.code.message.text()
    qtbot.keyClick(row.code.editor, Qt.Key.Key_Return)
    context.run("Elsewhere", variants.remove_variant, shown.variants.rows[1].variant.id)
    assert shown.variants.rows == [row]


def test_variants_are_moved_and_deleted(qtbot, styled, context, item, shown, press):
    said = []
    context.said.connect(said.append)
    make(qtbot, press, shown, "S, M, L")
    row = shown.variants.rows[2]
    click(qtbot, row.edit)
    click(qtbot, row.up)
    assert titles(shown) == ["S", "L", "M"]
    assert row.inside.isVisible()
    click(qtbot, row.up)
    assert not row.up.isEnabled()
    assert row.down.hasFocus()
    click(qtbot, row.remove)
    assert titles(shown) == ["S", "M"]
    assert said[-1].undo
    context.database.undo()
    assert titles(shown) == ["L", "S", "M"]


def test_a_variant_takes_one_of_the_items_pictures(qtbot, context, item, shown, press):
    from desktop.data.images import Image

    context.run("Pictures", add_pictures, item, [Image(b"a", b"", 1, 1, "png", "a")])
    make(qtbot, press, shown, "S")
    row = shown.variants.rows[0]
    click(qtbot, row.edit)
    qtbot.keyClick(row.picture.editor, Qt.Key.Key_Down)
    assert stored(context, item).variants[0].picture == "a"


# Another language


def test_another_language_is_written_beside_the_shops_own(qtbot, direction, context, item, shown, write):
    shown.other_language.set_folded(False)
    texts = shown.texts
    assert texts.language.value() == "ar"
    assert texts.name.message.isVisible()
    assert not texts.description.message.isVisible()  # there is nothing to translate
    assert write(texts.name, "قميص")
    assert not texts.name.message.isVisible()
    assert context.get(read_text, item, "ar").name == "قميص"
    context.run("Elsewhere", set_text, item, None, language="ar", description="ناعم")
    assert texts.description.value() == "ناعم"
    write(texts.name, "mine", leave=False)
    context.run("Elsewhere", set_text, item, None, language="ar", name="theirs")
    assert not texts.name.commit()
    assert texts.name.message.property("look") == "warn"
    assert context.get(read_text, item, "ar").name == "theirs"
    assert not shown.commit()  # to go on to another item is not to mean it
    qtbot.keyClick(texts.name.editor, Qt.Key.Key_Return)


def test_any_language_can_be_added(context, item, shown, write):
    shown.other_language.set_folded(False)
    texts = shown.texts
    few = texts.language.count()
    texts.language.setCurrentIndex(few - 1)
    texts._on_language()
    assert texts.language.count() > 100
    texts.language.set_value("ur")
    texts._on_language()
    assert write(texts.name, "قمیض")
    assert context.get(read_text, item, "ur").name == "قمیض"
    assert "Urdu" in shown.other_language.header.text()


def test_what_cannot_be_saved_stays_in_its_language(context, item, shown, write):
    shown.other_language.set_folded(False)
    texts = shown.texts
    write(texts.name, "mine", leave=False)
    context.run("Elsewhere", set_text, item, None, language="ar", name="theirs")
    texts.language.setCurrentIndex(texts.language.count() - 1)
    texts._on_language()
    texts.language.set_value("ur")
    texts._on_language()
    assert (texts.language.value(), texts.name.value()) == ("ar", "mine")


def test_it_stands_beside_where_there_is_room(qapp, show, item):
    inspector = show(item)
    inspector.other_language.set_folded(False)
    for width, beside in ((330, False), (900, True)):
        inspector.window().resize(width, 800)
        qapp.processEvents()
        places = [widget.mapTo(inspector, QPoint(0, 0)) for widget in (inspector.description, inspector.texts.name)]
        assert (places[1].y() < places[0].y()) == beside
        assert (places[1].x() > places[0].x()) == beside


def test_nothing_is_cut_off(qapp, styled, direction, context, show, item):
    now = int(formats.now().timestamp())
    context.run("Sale", update_product, item, None, sale_price=4000, sale_starts=now, sale_ends=now + 864_000)
    context.run("Add", variants.add_variants, item, [("Size", ["S", "M" * 90])])
    inspector = show(item)
    for section in (inspector.other_language, inspector.variety, inspector.more):
        section.set_folded(False)
    inspector.variants.rows[1].edit.setChecked(True)
    inspector.variants.add.click()
    area = inspector.panel.area
    for width in (300, 330, 900):
        inspector.window().resize(width, 800)
        qapp.processEvents()
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), width


# Bad input, others, and a shop that is open to read only


def test_strange_names_are_kept(context, item, shown):
    for name in ("ن" * 10_000, "🎁🎁", "\u202eabc\u2066", "a\nb"):
        shown.name.editor.setText(name)
        shown.name.editor.textEdited.emit(name)
        assert shown.commit()
        assert stored(context, item).name == " ".join(name.split())
        shown.grab()


def test_a_name_of_spaces_is_explained_and_nothing_is_lost(context, item, shown, write):
    assert not write(shown.name, "   ")
    assert "needs a name" in shown.name.message.text()
    assert stored(context, item).name == "Shirt"


def test_prices_of_every_currency(qtbot, context, item, shown, write):
    for currency, typed, minor, word in (
        ("JPY", "1500", 1500, ""),
        ("JPY", "1.5", None, "no decimals"),
        ("KWD", "1.250", 1250, ""),
        ("KWD", "1.2505", None, "3 decimals"),
        ("AED", "10000000000000", 10**15, ""),
        ("AED", "1000000000000000", None, "too large"),
    ):
        context.run("Currency", update_profile, None, currency=currency)
        before = stored(context, item).price
        assert write(shown.price, typed) == (minor is not None)
        assert word in shown.price.message.text()
        assert stored(context, item).price == (before if minor is None else minor)
        assert shown.price.value() == typed or minor is not None
        qtbot.keyClick(shown.price.editor, Qt.Key.Key_Escape)


def test_undo_after_a_change_elsewhere(context, item, shown, write):
    write(shown.name, "Mine")
    context.run("Elsewhere", update_product, item, None, price=1)
    context.database.undo()
    assert (shown.name.value(), shown.price.value()) == ("Mine", "50")
    context.database.undo()
    assert shown.name.value() == "Shirt"


def test_read_only_shows_everything_and_changes_nothing(qtbot, context, item, shop, show):
    context.run("Add", variants.add_variants, item, [("Size", ["S"])])
    context.close()
    reading = Context(Database(shop, read_only=True))
    inspector = show(item, context=reading)
    for section in (inspector.other_language, inspector.variety, inspector.more):
        section.set_folded(False)
    assert titles(inspector) == ["S"]
    assert not inspector.variants.add.isVisible()
    assert not inspector.variants.rows[0].edit.isVisible()
    editors = [*inspector.form.fields.values(), *inspector.extra.fields.values(), *inspector.texts.form.fields.values()]
    for field in editors:
        qtbot.keyClick(field.editor, "5")
    assert inspector.commit()
    assert inspector.share.copy_answer.isEnabled()
    reading.close()


def test_leaving_does_not_write_over_a_change_elsewhere_by_itself(qtbot, context, item, shown, write):
    """Leaving a field saves it, and so does going to another item: the two are one gesture."""
    other = context.run("Add", add_product, "Cap")
    write(shown.name, "Mine", leave=False)
    context.run("Elsewhere", update_product, item, None, name="Theirs")
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_Tab)
    assert not shown.show_row(other)
    assert stored(context, item).name == "Theirs"
    assert shown.name.value() == "Mine"
    shown.name.editor.setFocus()
    qtbot.keyClick(shown.name.editor, Qt.Key.Key_Tab)
    assert stored(context, item).name == "Mine"
    assert shown.show_row(other)


@pytest.mark.parametrize("opened", [("variety", "more"), ("more", "other_language", "variety")])
def test_tab_goes_in_reading_order_whatever_was_unfolded_first(qtbot, qapp, context, show, item, opened):
    context.run("Add", variants.add_variants, item, [("Size", ["S", "M"])])
    inspector = show(item)
    for name in opened:
        getattr(inspector, name).set_folded(False)
    click(qtbot, inspector.variants.rows[0].edit)
    click(qtbot, inspector.variants.add)
    click(qtbot, inspector.variants.new.more)
    qapp.processEvents()
    inspector.name.editor.setFocus()
    heights = []
    while inspector.panel.area.isAncestorOf(widget := qapp.focusWidget()):
        inside = inspector.panel.area.widget()
        heights.append(widget.mapTo(inside, widget.rect().center()).y())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        assert len(heights) < 80
    assert widget is inspector.share.copy_answer
    assert len(heights) > 20
    assert all(below > above - 16 for above, below in pairwise(heights)), heights


def test_figures_to_type_over_are_in_the_shops_digits(qtbot, context, item, show, write):
    context.run("Stock", update_product, item, None, price=5050, quantity=12)
    set_language("ar")
    formats.configure(digits="arab")
    shown = show(item)
    assert (shown.price.value(), shown.stock.quantity.value()) == ("٥٠٫٥٠", "١٢")
    before = stored(context, item).version
    shown.price.setFocus()
    shown.stock.quantity.setFocus()
    assert stored(context, item).version == before, "looked at is not changed"
    assert write(shown.price, "٤٠٫٢٥")
    assert write(shown.stock.quantity, "١٢٠٠")
    assert (stored(context, item).price, stored(context, item).quantity) == (4025, 1200)
    assert (shown.price.value(), shown.stock.quantity.value()) == ("٤٠٫٢٥", "١٢٠٠")
