"""A real process is killed while it saves, imports, backs up, migrates and restores: what it acknowledged is there."""

import sys

import pytest

from tests.faults.killing import KINDS, Ring

ROUNDS = 4  # of each kind: 20 in all; `make torture` has 200


@pytest.mark.fault("F01", "F02", "F12")
@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_what_was_acknowledged_outlives_the_program(tmp_path, new_shop, pytestconfig):
    ring = Ring(tmp_path, new_shop, pytestconfig.getoption("randomly_seed", 1))
    acknowledged = dict.fromkeys(KINDS, 0)
    try:
        for _round in range(ROUNDS):
            for kind in KINDS:
                acknowledged[kind] += ring.round(kind)
    finally:
        ring.close()
    assert all(acknowledged[kind] for kind in ("save", "back_up", "bring_back")), acknowledged
