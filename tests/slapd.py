"""A directory of the tests' own: Debian's slapd on loopback, in a temporary folder, with a few people and groups."""

from __future__ import annotations

import datetime
import ipaddress
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ABSENT = "slapd is not installed (Debian: apt-get install slapd): log-in by a directory is not tested"
BASE, ROOT, SECRET = "dc=example", "cn=admin,dc=example", "目录的密码"
PASSWORD = "目录里的密码-1"
DRAFTERS, LEADERS = "cn=拟稿\\, 一处,ou=groups,dc=example", "cn=领导,ou=groups,dc=example"

_CONFIG = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload ppolicy
allow bind_anon_cred bind_anon_dn
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/ca.pem
TLSCertificateKeyFile {folder}/key.pem
database mdb
maxsize 16777216
dbnosync
suffix {base}
rootdn {root}
rootpw {secret}
directory {folder}/data
overlay memberof
overlay ppolicy
access to attrs=userPassword by anonymous auth by * none
access to * by users read by anonymous auth
"""


def program() -> str | None:
    """Debian keeps it off the PATH of who is no administrator."""
    return shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


@dataclass
class Slapd:
    """A directory that can be stopped, started and changed."""

    folder: Path
    port: int
    tls_port: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def tls_url(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def start(self) -> None:
        command = [program() or "", "-f", self.folder / "slapd.conf", "-h", f"{self.url}/ {self.tls_url}/", "-d", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not _answers(self.port):
            assert time.monotonic() < deadline, "slapd did not start"
            assert self.process.poll() is None, "slapd ended"

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    @contextmanager
    def away(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def administered(self) -> Iterator[Any]:
        """A connection as the directory's administrator."""
        import ldap3

        found = ldap3.Connection(ldap3.Server(self.url, get_info=ldap3.NONE), ROOT, SECRET, auto_bind=True)
        try:
            yield found
        finally:
            found.unbind()

    def person(self, uid: str, *, groups: tuple[str, ...] = (), password: str = PASSWORD) -> str:
        """Adds somebody; returns the distinguished name."""
        from ldap3.utils.dn import escape_rdn

        dn = f"uid={escape_rdn(uid)},ou=people,{BASE}"
        told = {"uid": uid, "cn": uid, "sn": uid, "userPassword": password}
        with self.administered() as connection:
            assert connection.add(dn, "inetOrgPerson", told), connection.result
        for group in groups:
            self.change(group, member=("MODIFY_ADD", dn))
        return dn

    def change(self, dn: str, **told: tuple[str, str]) -> None:
        """Changes attributes of an entry: the operation and the value."""
        changes = {name: [(how, [value] if value else [])] for name, (how, value) in told.items()}
        with self.administered() as connection:
            assert connection.modify(dn, changes), connection.result

    def remove(self, dn: str) -> None:
        with self.administered() as connection:
            assert connection.delete(dn), connection.result


@contextmanager
def directory(folder: Path) -> Iterator[Slapd]:
    """A running directory with two groups and nobody in them but its administrator."""
    (folder / "data").mkdir()
    _certificate(folder)
    (folder / "slapd.conf").write_text(_CONFIG.format(folder=folder, base=BASE, root=ROOT, secret=SECRET), "utf-8")
    found = Slapd(folder, _free(), _free())
    found.start()
    try:
        with found.administered() as connection:
            assert connection.add(BASE, ["dcObject", "organization"], {"dc": "example", "o": "单位"})
            for unit in ("people", "groups"):
                assert connection.add(f"ou={unit},{BASE}", "organizationalUnit", {"ou": unit})
            for group in (DRAFTERS, LEADERS):
                assert connection.add(group, "groupOfNames", {"member": ROOT}), connection.result
        yield found
    finally:
        found.stop()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _certificate(folder: Path) -> None:
    """A certificate of 127.0.0.1 that signs itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName(
        [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost"), x509.DNSName("127.0.0.1")]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
