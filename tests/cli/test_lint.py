"""`dukkan lint` says what is wrong before an upload, and mends it."""

import json

from desktop.data.database import Database
from desktop.services import catalog


def test_what_is_refused_is_told_mended_and_told_no_more(dukkan, shop):
    database = Database(shop)
    database.run("Add", catalog.add_product, "Cup", code="C", price=500, description="Holds tea")
    database.close()
    result = dukkan("lint", shop, "--json")
    told = json.loads(result.out)
    assert (result.code, told["ok"]) == (1, False)
    brand = next(finding for finding in told["findings"] if finding["kind"] == "no-brand")
    assert brand["weight"] == "refused"
    assert brand["items"] == [{"id": 1, "code": "C", "name": "Cup"}]
    assert "--fix no-brand" in brand["fix"]
    result = dukkan("lint", shop, "--fix", "no-brand=Ours")
    assert result.code == 1
    assert "1 brand filled in" in result.err
    assert "no brand" not in result.out
    assert "C\tCup" in result.out
    result = dukkan("lint", shop, "--fix", "small-picture")
    assert result.code == 65
    assert "no-brand" in result.err


def test_a_sound_catalog_is_said_to_be_one(dukkan, shop):
    assert dukkan("lint", shop).code == 0
