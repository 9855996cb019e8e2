"""Moving a shop to a server and back, from the command line."""

from desktop.cli.failures import BAD_DATA, CANNOT_WRITE, DONE, NOT_FOUND


def test_there_and_back(dukkan, gifts, empty_database, tmp_path):
    done = dukkan("move", gifts, empty_database)
    assert done.code == DONE
    assert done.err.startswith("4 items\n0 customers\n")
    assert "compared" in done.err
    kept = done.out.strip()
    assert dukkan("find", kept, "catalog", "Gift").out == dukkan("find", empty_database, "catalog", "Gift").out != ""
    assert dukkan("move", kept, empty_database).code == CANNOT_WRITE
    back = tmp_path / "back.dukkan"
    assert dukkan("move", empty_database, back).code == DONE
    assert dukkan("check", back).code == DONE
    told = dukkan("undo", empty_database)
    assert told.code == BAD_DATA
    assert "back.dukkan" in told.err


def test_what_cannot_be_moved_is_said(dukkan, gifts, tmp_path):
    nobody = "postgresql://me:secret@127.0.0.1:9/shop"
    told = dukkan("move", gifts, nobody)
    assert told.code == NOT_FOUND
    assert "cannot be reached" in told.err
    assert "secret" not in told.err + told.out
    assert gifts.exists()
    assert dukkan("move", gifts, tmp_path / "other.dukkan").code == BAD_DATA
    assert dukkan("move", nobody, gifts).code == NOT_FOUND
    assert dukkan("move", tmp_path / "none.dukkan", nobody).code == NOT_FOUND
