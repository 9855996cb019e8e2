from desktop.services.errors import Invalid, NotFound, Stale


def test_reads_as_its_sentence():
    invalid = Invalid("price", "The price is a number only")
    assert (str(invalid), invalid.field, invalid.message) == ("The price is a number only", "price", str(invalid))


def test_all_can_be_caught_as_one():
    assert all(issubclass(kind, Invalid) for kind in (Stale, NotFound))
