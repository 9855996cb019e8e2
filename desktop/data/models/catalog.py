"""What the shop sells, with its pictures, and how it is found."""

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop.data.models.base import Base, ByteOrder, Row, now, parent


class Product(Row):
    """An item of the catalog, in the shop's language."""

    __tablename__ = "product"
    __table_args__ = (
        Index(None, "sort_key", "id"),
        Index(None, "position", "id"),
        Index(None, "code"),
        Index(None, "price"),
        Index(None, "sale_price"),
        Index(None, "changed_at", "id"),
        Row.__table_args__,
    )

    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # in the smallest unit of `currency`
    sale_price: Mapped[int | None]
    sale_starts: Mapped[int | None]  # UTC seconds
    sale_ends: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="")  # empty: the shop's
    link: Mapped[str] = mapped_column(default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    availability: Mapped[str] = mapped_column(default="in stock")  # as in Meta's feed
    quantity: Mapped[int | None]
    condition: Mapped[str] = mapped_column(default="new")  # as in Meta's feed
    brand: Mapped[str] = mapped_column(default="")
    origin_country: Mapped[str] = mapped_column(default="")  # ISO 3166, or "exempt"
    whatsapp_id: Mapped[str] = mapped_column(default="")  # Meta's number of the item
    extra: Mapped[str] = mapped_column(default="")  # JSON: columns of a feed that have no field of their own
    position: Mapped[str] = mapped_column(ByteOrder, default="")  # the owner's order
    search_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(ByteOrder, default="")
    created_at: Mapped[int] = mapped_column(default=now)
    changed_at: Mapped[int] = mapped_column(default=now, onupdate=now)

    texts: Mapped[list["ProductText"]] = relationship(lazy="raise", passive_deletes="all", order_by="ProductText.id")
    variants: Mapped[list["Variant"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="[Variant.position, Variant.id]"
    )
    pictures: Mapped[list["Picture"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="[Picture.position, Picture.id]"
    )
    places: Mapped[list["CollectionItem"]] = relationship(
        lazy="raise", passive_deletes="all", order_by="CollectionItem.id"
    )


class ProductText(Row):
    """What a product is called in another language than the shop's."""

    __tablename__ = "product_text"
    __table_args__ = (UniqueConstraint("product_id", "language"), Row.__table_args__)

    product_id: Mapped[int] = mapped_column(parent("product.id"))
    language: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")


class Variant(Row):
    """One way in which an item is sold: a size, a colour. A feed gives it a row of its own."""

    __tablename__ = "variant"

    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    options: Mapped[str] = mapped_column(default="{}")  # JSON: {"size": "M"}
    code: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # empty: the item's
    sale_price: Mapped[int | None]
    availability: Mapped[str] = mapped_column(default="in stock")
    quantity: Mapped[int | None]
    extra: Mapped[str] = mapped_column(default="")  # JSON: columns of a feed that are its own, such as its barcode
    picture: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Blob(Base):
    """The bytes of a picture and of its thumbnail, or of a PDF, by their digest: never changed, so never journaled."""

    __tablename__ = "blob"
    __table_args__ = (Index(None, "sha256", "width", "height"),)  # to know a size, SQLite would read all of the bytes

    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)
    format: Mapped[str]  # jpeg, png, webp, pdf
    width: Mapped[int]
    height: Mapped[int]


class Picture(Row):
    """A picture of a product: kept here, or only its address on the web."""

    __tablename__ = "picture"

    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    url: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(ByteOrder)


class Collection(Row):
    """A named group of items, as the catalog on the phone has them."""

    __tablename__ = "collection"

    name: Mapped[str]
    colour: Mapped[int] = mapped_column(default=0)
    cover: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class CollectionItem(Row):
    """A product's place in a collection; to move it is to change this one row (see `position.between`)."""

    __tablename__ = "collection_item"
    __table_args__ = (UniqueConstraint("collection_id", "product_id"), Row.__table_args__)

    collection_id: Mapped[int] = mapped_column(parent("collection.id"))
    product_id: Mapped[int] = mapped_column(parent("product.id"), index=True)
    position: Mapped[str] = mapped_column(ByteOrder)


class SavedSearch(Row):
    """What one was looking for in the catalog, kept under a name: one click finds it again."""

    __tablename__ = "saved_search"

    name: Mapped[str]
    typed: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")  # one a line, as `services.where` reads them
    sort: Mapped[str] = mapped_column(default="")  # one of `services.catalog`'s orders; empty: the owner's
    position: Mapped[str] = mapped_column(ByteOrder, default="")


class Synonym(Row):
    """Words that mean the same to this shop: whoever searches for one of them finds the others too."""

    __tablename__ = "synonym"

    words: Mapped[str]  # one a line
    position: Mapped[str] = mapped_column(ByteOrder, default="")
