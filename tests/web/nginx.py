"""Debian's nginx in front of a server, as packaging/service/nginx.conf says: TLS with a CA made for the test, under a sub-path."""

from __future__ import annotations

import base64
import hashlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "packaging" / "service" / "nginx.conf"
SUB_PATH = "/chengwen"
_AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
daemon off;
events {{ }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/chengwen.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Trust:
    """A certificate for `localhost` and the authority that signed it; `pin` is what Chromium takes a key by."""

    certificate: Path
    key: Path
    authority: Path
    pin: str

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


@dataclass(frozen=True, slots=True)
class Proxy:
    """nginx, running: the address that people type, and how they know that it is the right one."""

    url: str
    trust: Trust
    log: Path

    def client(self, **headers: str) -> httpx2.Client:
        """A client of the address that trusts the test's authority and nobody else."""
        return httpx2.Client(base_url=self.url, headers=headers, verify=self.trust.context())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def program() -> str:
    """nginx; skips, and says so, where it is not installed."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light): nothing is tested behind it")
    return found


def configured(folder: Path, port: int, behind: int, trust: Trust, *, key: Path | None = None) -> Path:
    """The project's own configuration, with the test's ports and certificate in the place of the administrator's."""
    text = CONFIGURATION.read_text("utf-8")
    for old, new in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("server_name office.example;", "server_name localhost;"),
        ("/etc/nginx/chengwen.crt", str(trust.certificate)),
        ("/etc/nginx/chengwen.key", str(key or trust.key)),
        ("http://127.0.0.1:7860;", f"http://127.0.0.1:{behind};"),
    ):
        assert text.count(old) <= 1, old
        text = text.replace(old, new)
    (folder / "chengwen.conf").write_text(text, "utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(_AROUND.format(folder=folder), "utf-8")
    return whole


@contextmanager
def running(folder: Path, port: int, behind: int, trust: Trust | None = None) -> Iterator[Proxy]:
    """nginx on a loopback port in front of another."""
    trust = trust or trusted(folder)
    whole = configured(folder, port, behind, trust)
    command = [program(), "-e", str(folder / "error.log"), "-c", str(whole)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _listening(process, port)
            yield Proxy(f"https://localhost:{port}{SUB_PATH}", trust, folder / "access.log")
        finally:
            process.terminate()


def _listening(process: subprocess.Popen[str], port: int) -> None:
    until = datetime.now(UTC) + timedelta(seconds=20)
    while datetime.now(UTC) < until:
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read())
        with socket.socket() as asked:
            asked.settimeout(1)
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("nginx does not listen")


def trusted(folder: Path) -> Trust:
    """A new authority and a certificate of it, valid for a day."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.now(UTC)
    own, signer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试用证书机构")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])

    def signed(subject: x509.Name, key: ec.EllipticCurvePublicKey, more: x509.ExtensionType) -> bytes:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(more, critical=isinstance(more, x509.BasicConstraints))
        )
        return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    certificate, key, authority = folder / "own.crt", folder / "own.key", folder / "authority.crt"
    authority.write_bytes(signed(issuer, signer.public_key(), x509.BasicConstraints(ca=True, path_length=0)))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate.write_bytes(signed(subject, own.public_key(), names))
    private = own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.write_bytes(private)
    public = own.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Trust(certificate, key, authority, base64.b64encode(hashlib.sha256(public).digest()).decode())
