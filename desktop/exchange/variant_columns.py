"""Which columns of a table say how the rows of an item differ, whatever program has written it."""

from desktop.exchange.bigcommerce import bigcommerce_columns
from desktop.exchange.magento import magento_columns
from desktop.exchange.odoo import odoo_columns
from desktop.exchange.option_rows import option_columns
from desktop.exchange.tables import Table
from desktop.exchange.variant_rows import VariantColumns


def variant_columns(table: Table) -> VariantColumns | None:
    """Return the columns of a table that say how the rows of an item differ, None where none does."""
    return magento_columns(table) or bigcommerce_columns(table) or odoo_columns(table) or option_columns(table)
