"""Style sheet, script, icon and fonts: named by the hash of their content, compressed once."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from service.http.paths import prefix

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_URL = re.compile(rb'url\("([^":/]+)"\)')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file that pages load.

    Attributes:
        name: File name with the first characters of its SHA-256, for example ``page.0a1b2c3d.css``.
        media_type: Its ``Content-Type``.
        content: The file.
        compressed: The file in gzip; None where that does not make it smaller.
    """

    name: str
    media_type: str
    content: bytes
    compressed: bytes | None

    @property
    def url(self) -> str:
        """Its address on this service."""
        return f"{prefix()}/assets/{self.name}"


@cache
def assets() -> dict[str, Asset]:
    """Returns every asset by the name that it has in the source."""
    folder = files("service") / "web" / "static"
    contents = {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if PurePath(path.name).suffix in _MEDIA_TYPES
    }
    found: dict[str, Asset] = {}
    # A style sheet names its fonts, so its own hash must follow from theirs.
    for name in sorted(contents, key=lambda name: (name.endswith(".css"), name)):
        content = _URL.sub(
            lambda match: f'url("{found[match[1].decode()].name}")'.encode(), contents[name]
        )
        found[name] = _asset(name, content)
    return found


@cache
def assets_by_hashed_name() -> dict[str, Asset]:
    """Returns every asset by the name under which it is served."""
    return {asset.name: asset for asset in assets().values()}


def asset_url(name: str) -> str:
    """Returns the address of the asset called ``name`` in the source.

    Raises:
        KeyError: There is no such asset.
    """
    return assets()[name].url


def _asset(name: str, content: bytes) -> Asset:
    path = PurePath(name)
    digest = hashlib.sha256(content).hexdigest()[:10]
    compressed = gzip.compress(content, 9, mtime=0)
    return Asset(
        f"{path.stem}.{digest}{path.suffix}",
        _MEDIA_TYPES[path.suffix],
        content,
        compressed if len(compressed) < 0.95 * len(content) else None,
    )
