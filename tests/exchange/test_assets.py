import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exchange import assets
from exchange.assets import AssetsError, build_assets, bundle_version, find_node, read_manifest
from exchange.settings import ROOT

BUILT = ROOT / "static" / "built"


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, dict[str, int]]]:
    build_assets(ROOT, say=lambda _: None)
    return read_manifest(ROOT)


def copied(folder: Path) -> Path:
    """A root with the sources of the bundle and none of what is made from them."""
    for name in assets.SOURCES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_the_lock_names_no_place_to_download_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = [told for name, told in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in told for told in packages)
    assert all(told["integrity"].startswith("sha512-") for told in packages)
    assert "registry" not in (ROOT / ".npmrc").read_text(encoding="utf-8").replace("-registry-", "")


def test_every_dependency_is_pinned() -> None:
    told = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = (told["dependencies"] | told["devDependencies"]).values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_nothing_of_others_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "node_modules", "static/built"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.stdout == ""


def test_the_bundle_names_no_other_host_to_fetch_from(
    manifest: dict[str, dict[str, dict[str, int]]],
) -> None:
    script = "".join(
        (BUILT / name).read_text(encoding="utf-8") for name in ("plein.js", "planning.js")
    )
    hosts = set(re.findall(r"https?://([\w.-]+)", script))
    # Name spaces, a base to read relative addresses by, and links in texts we never show.
    shown_nowhere = {"leafletjs.com", "protomaps.com", "openstreetmap.org"}
    assert hosts <= {"www.w3.org", "example.com"} | shown_nowhere
    assert not re.search(r"url\(\s*[\"']?https?:", script)
    assert manifest["files"]["plein.js"]["gzip"] < 150_000
    assert manifest["files"]["planning.js"]["gzip"] < 30_000


def test_every_icon_of_the_categories_is_in_the_bundle(
    manifest: dict[str, dict[str, dict[str, int]]],
) -> None:
    named = re.findall(
        r'icon = "((?:te)?maki:[\w-]+)"',
        (ROOT / "directory" / "categories.toml").read_text(encoding="utf-8"),
    )
    script = (BUILT / "plein.js").read_text(encoding="utf-8")
    assert manifest
    assert named
    assert [name for name in named if f'"{name}":' not in script] == []


def test_licences_come_with_what_is_served(
    manifest: dict[str, dict[str, dict[str, int]]],
) -> None:
    text = (BUILT / "LICENSES.txt").read_text(encoding="utf-8")
    names = ("leaflet 1.9.4", "leaflet.markercluster 1.5.3", "protomaps-leaflet 5.1.0", "OFL-1.1")
    assert [name for name in names if name not in text] == []
    assert "LICENSES.txt" in manifest["files"]
    assert sum(name.startswith("fonts/") for name in manifest["files"]) == 4


def test_the_typefaces_of_the_sheet_come_with_both_their_licences(
    manifest: dict[str, dict[str, dict[str, int]]],
) -> None:
    names = {name for name in manifest["files"] if name.startswith("print/")}
    weights = ("regular", "bold")
    assert names == {f"print/{wide}{weight}.ttf" for wide in ("", "wide-") for weight in weights}
    text = (BUILT / "LICENSES.txt").read_text(encoding="utf-8")
    ours = text.split("@expo-google-fonts/atkinson-hyperlegible-next")[1].split("=" * 72)[0]
    assert "MIT License" in ours
    assert "SIL OPEN FONT LICENSE" in ours
    assert "Bitstream Vera" in text.split("dejavu-fonts-ttf")[1]


def test_a_second_run_finds_nothing_to_do(
    manifest: dict[str, dict[str, dict[str, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_node(**_: object) -> None:
        pytest.fail("Node was asked for")

    monkeypatch.setattr(assets, "find_node", no_node)
    assert manifest
    assert not build_assets(ROOT)
    assert re.fullmatch("[0-9a-f]{12}", bundle_version(ROOT))


def test_without_a_bundle_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsError, match="python -m exchange assets"):
        bundle_version(tmp_path)


def test_an_npm_that_fails_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys; sys.exit('npm error code ENOTFOUND\\nnpm error network request failed')"
    node = assets.Node(sys.executable, (sys.executable, "-c", script))
    monkeypatch.setattr(assets, "find_node", lambda **_: node)
    with pytest.raises(AssetsError) as raised:
        build_assets(copied(tmp_path), say=lambda _: None)
    assert "ENOTFOUND" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "static" / "built").exists()


def test_no_node_and_no_network_says_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(assets, "NODE_WHEEL", "no-such-wheel @ file:///nowhere/x.whl")
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(AssetsError, match="Node 18 or newer is needed"):
        find_node(say=lambda _: None)


def test_a_source_that_is_missing_is_named(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "layers" / "palette.json").unlink()
    with pytest.raises(ValueError, match=r"layers/palette\.json"):
        build_assets(root, say=lambda _: None)
