"""What can be wrong with what a person typed or asked for, told in words they can read."""


class Invalid(Exception):
    """A value that cannot be taken as it is. `str()` of it is the sentence to show.

    `field` is a stable key ("phone", "price", "link") by which a page finds where to show it, "" when it concerns
    no single field. `message` is one translated sentence: what, where, what to do.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message

    def __str__(self) -> str:
        return self.message


class Stale(Invalid):
    """A value that has been changed elsewhere since it was shown."""


class NotFound(Invalid):
    """A row that is not there, or not any more."""
