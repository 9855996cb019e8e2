"""The keys of many rows are those of each, whoever makes them."""

import os
import signal
import sys

import pytest

from desktop.data import folding_apart
from desktop.data.folding import keys
from desktop.data.folding_apart import keys_of

ODD = ("Cup", "كوبٌ 12", "", "\ud800 half", "a\0b", "9 Lives", "٣ cups \n two", "İstanbul")


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(folding_apart, "MANY", 100)
    monkeypatch.setattr(folding_apart, "AT_ONCE", 70)


def said(n):
    return f"{ODD[n % len(ODD)]} {n}", ODD[-n % len(ODD)], str(n)


def each(count):
    return [keys(*said(n)) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 140, 701])
def test_they_are_the_same(count):
    assert list(keys_of(count, said)) == each(count)


def test_they_do_not_depend_on_the_program(monkeypatch):
    for program in ("/nowhere/python", sys.executable):
        monkeypatch.setattr(sys, "executable", program)
        assert len(list(keys_of(300, said))) == 300
    monkeypatch.setattr(folding_apart.folding, "__file__", os.devnull)  # it ends at once
    assert list(keys_of(300, said)) == each(300)


def test_it_ends_with_whoever_asked(monkeypatch):
    begun = []
    popen = folding_apart.subprocess.Popen
    monkeypatch.setattr(
        folding_apart.subprocess, "Popen", lambda *words, **more: begun.append(popen(*words, **more)) or begun[0]
    )
    found = keys_of(1000, said)
    next(found)
    assert begun[0].poll() is None
    found.close()
    assert begun[0].returncode == (-signal.SIGKILL if os.name == "posix" else 1)
