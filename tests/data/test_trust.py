"""Whom this computer trusts to say who a server is."""

import ssl

import trustme

from desktop.data import trust


def test_a_python_that_brings_nobody_trusts_whom_the_system_does(monkeypatch, tmp_path):
    trustme.CA().cert_pem.write_to_path(tmp_path / "roots.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "roots.pem"))
    monkeypatch.setattr(ssl, "create_default_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert trust.roots() == str(tmp_path / "roots.pem")
    assert trust.trusting().cert_store_stats()["x509"] == 1
