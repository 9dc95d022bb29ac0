"""截图: the pictures of the README, taken from a served demonstration.

`python -m tests.browser.pictures http://127.0.0.1:8000` against `opendibao demo`; the sandbox is made and thrown away.
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
FAMILY = "王秀英"
MADE_MS = 120_000
REPORT = """示范县2023年度城乡最低生活保障项目绩效自评报告
一、项目概况
2023年末，全县城乡低保700户1180人，其中：农村610户1040人，城镇90户140人。全年发放低保金812.46万元，其中：农村706.12万元，城镇106.33万元。
二、绩效指标完成情况
一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t走访户数\t≥650户\t663户\t30\t28\t人手紧张
产出指标\t质量指标\t复核准确率\t≥95%\t≥95%\t30\t30\t
效益指标\t社会效益指标\t政策知晓率\t≥90%\t92%\t30\t30\t
预算执行率\t\t\t100%\t99.8%\t10\t9.98\t
总分\t\t\t\t\t100\t97.98\t
三、存在的问题
1.宣传不够：偏远的村还有人不知道政策。
四、有关建议
无。
"""


def taken(page: Page, name: str, *, height: int = 900) -> None:
    """Keep the top of the page, in few colours so that it stays small."""
    file = FOLDER / f"{name}.png"
    page.set_viewport_size({"width": 1366, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=str(file))
    in_few_colours(file, 128)


def in_few_colours(file: Path, colours: int) -> None:
    """Write the picture again with so many colours, without dots between them."""
    with Image.open(file) as drawn:
        drawn.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name} {file.stat().st_size // 1024} kB")


def everything(page: Page, root: str) -> None:
    """County, sandbox and evaluation as the visitor sees them, a family's page, a clerk's day."""
    page.goto(root)
    taken(page, "county", height=1160)
    page.goto(f"{root}/search?q={quote(FAMILY)}")
    page.locator("main tbody a").first.click()
    taken(page, "household", height=1100)
    page.get_by_role("link", name="假如情况变了").click()
    page.get_by_label(re.compile("标准$")).fill("+8%")
    page.locator("#answer", has_text="变成的理由").wait_for()
    taken(page, "what-if", height=900)
    the_law(page, root)
    page.goto(f"{root}/evaluation/")
    taken(page, "evaluation", height=1130)
    page.goto(f"{root}/evaluation/check/")
    page.get_by_label("或者粘贴文字").fill(REPORT)
    page.get_by_role("button", name="体检", exact=True).click()
    page.get_by_role("heading", name="报告原文").wait_for()
    taken(page, "check-up", height=820)
    page.goto(root)
    page.get_by_role("button", name="改坏一笔").click()
    page.get_by_role("heading", name="每一道核对怎么说").wait_for(timeout=MADE_MS)
    taken(page, "sandbox")
    page.get_by_role("button", name=re.compile("扔掉沙箱")).click()
    page.locator("main").get_by_role("button", name="乡镇经办").or_(page.locator("h1")).first.wait_for()
    page.goto(root)
    page.locator("main").get_by_role("button", name="乡镇经办").click()
    page.goto(f"{root}/today/")
    taken(page, "today")
    matching(page, root)


def matching(page: Page, root: str) -> None:
    """What departments found of a family whose row is in doubt, hit by hit."""
    page.goto(root)
    page.locator("main").get_by_role("button", name="县局审核").or_(page.locator("h1")).first.wait_for()
    page.evaluate("document.querySelector(\"form[action='/roles/county01/']\").requestSubmit()")
    page.wait_for_load_state("networkidle")
    page.goto(f"{root}/matching/")
    doubt = page.locator("main a[href*='/links/']").first.get_attribute("href")
    assert doubt
    page.goto(f"{root}{doubt.partition('links/')[0]}hits/")
    taken(page, "discrepancies", height=1000)


def the_law(page: Page, root: str) -> None:
    """The standards, one rule, two days side by side, and the paper that tells the family how it was worked out."""
    page.goto(f"{root}/standards/")
    taken(page, "standards")
    page.goto(f"{root}/rules/household/gap_benefit/")
    taken(page, "rule", height=1100)
    page.goto(f"{root}/standards/difference/?from=2024-01-01&to=2026-07-01")
    taken(page, "difference")
    page.goto(f"{root}/search?q={quote(FAMILY)}")
    page.locator("main tbody a").first.click()
    address = page.get_by_role("link", name="核算说明（给家庭）").get_attribute("href")
    paper(page.request.get(f"{root}{address}").body(), "calculation-note")


def paper(pdf: bytes, name: str) -> None:
    """Keep the first sheet of a PDF."""
    file = FOLDER / f"{name}.png"
    subprocess.run(
        ["pdftoppm", "-r", "80", "-f", "1", "-singlefile", "-png", "-", file.with_suffix("")], input=pdf, check=True
    )
    in_few_colours(file, 64)


def main(root: str) -> None:
    """Take all pictures of a demonstration served at `root`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        everything(browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 900}), root.rstrip("/"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
