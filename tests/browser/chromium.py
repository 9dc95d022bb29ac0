"""浏览器: which Chromium the tests and the pictures use, and how it is started."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WHY_NOT = "没有找到 Chromium，浏览器测试跳过；安装 chromium 和 fonts-noto-cjk 后会自动运行"


def need_chromium() -> str:
    """Where it is; where there is none the test is skipped saying what to install, or fails if one is required."""
    if not CHROMIUM:
        if os.environ.get("OPENDIBAO_REQUIRE_BROWSER") == "1":
            pytest.fail(WHY_NOT)
        pytest.skip(WHY_NOT)
    return CHROMIUM
