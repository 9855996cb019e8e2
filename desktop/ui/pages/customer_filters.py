"""The filters of the customers: words, labels, status, what needs attention, and the order."""

from collections.abc import Mapping

from desktop.i18n import _
from desktop.ui.context import Context
from desktop.ui.pages.customer_terms import PEOPLE
from desktop.ui.pages.filters import Filters

DOUBLED = "duplicate"  # the term of those to be merged, which is a chip while there are any


class CustomerFilters(Filters):
    """Whom one is looking for; its groups are the labels."""

    sign = "merge"

    def __init__(self, context: Context) -> None:
        super().__init__(context, PEOPLE, _("Search name, number, note or username"), _("Labels"))
        self.lay_out()

    def further(self) -> Mapping[object, str]:
        return {DOUBLED: self.kind.words(DOUBLED)} if self.count_of(DOUBLED) else {}
