"""What every table has in common: how rows are numbered, dated, tied to each other and told apart."""

import time
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Integer,
    MetaData,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

BigInt = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER columns
ByteOrder = String().with_variant(String(collation="C"), "postgresql")  # sorts as SQLite and Python do
CALENDAR = range(-62_135_510_400, 253_402_214_400)  # moments: a day from the ends of the calendar, for every zone


def now() -> int:
    """Return the moment as whole seconds since 1970, UTC: how every time is kept."""
    return int(time.time())


def parent(column: str) -> ForeignKey:
    """Refer to a row that takes this one with it; checked at commit, so that undo may restore in any order."""
    return ForeignKey(column, ondelete="CASCADE", deferrable=True, initially="DEFERRED")


def loose(column: str) -> ForeignKey:
    """Refer to a row that may go without taking this one along; checked at commit, as with `parent`."""
    return ForeignKey(column, ondelete="SET NULL", deferrable=True, initially="DEFERRED")


class Base(DeclarativeBase):
    """The metadata of all tables, with names for every constraint, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {int: BigInt, bool: Boolean}


class Row(Base):
    """A row with an id that is never used again, whose every change is journaled.

    `version` grows with every change, even when one is taken back: who holds a version knows
    whether the row is still what they saw.
    """

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(sort_order=-1, default=1, onupdate=text("version + 1"))

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}
