"""Those whom this system trusts to say who a server is, where Python itself may look for them in vain."""

import os
import ssl
from pathlib import Path

ROOTS = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def roots() -> str:
    """Return the file with their certificates, "" where there is none, as on Windows."""
    own = ssl.get_default_verify_paths().cafile
    for path in (os.environ.get("SSL_CERT_FILE"), own, *ROOTS):
        if path and Path(path).is_file():
            return path
    try:
        import certifi
    except ImportError:
        return ""
    return certifi.where()


def trusting() -> ssl.SSLContext:
    """Return what checks who a server is as this system would; a Python for macOS brings nobody whom it trusts."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509"] and (known := roots()):
        context.load_verify_locations(known)
    return context
