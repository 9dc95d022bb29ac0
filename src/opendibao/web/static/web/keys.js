// 键盘：/ 找人，? 看按键，↑↓（j k）走行，Alt+1…8 走导航，N 办下一件，Esc 离开；正在输入时一概不管
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const links = (rows) => [...document.querySelectorAll(rows)].map((row) => row.querySelector("a[href]")).filter(Boolean);
const seek = () => document.getElementById("q");

// 从当前这一行走一步；还没有在表里，就从第一行（或最后一行）开始
function step(found, by) {
  const at = found.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
  const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

function inSearch(event) {
  const found = links("#found li");
  if (event.key === "Escape") {
    if (event.target === seek()) document.getElementById("found").replaceChildren();
    (event.target === seek() ? document.getElementById("main") : seek()).focus({ preventScroll: true });
  } else if (event.key === "ArrowDown" && found.length) {
    event.preventDefault();
    step(found, 1);
  } else if (event.key === "ArrowUp" && event.target !== seek()) {
    event.preventDefault();
    if (event.target === found[0]) seek().focus();
    else step(found, -1);
  }
}

const AT_ANY_TIME = {
  "/": () => { seek()?.focus(); seek()?.select(); return Boolean(seek()); },
  "?": () => { const keys = document.getElementById("keys"); keys?.showModal(); return Boolean(keys); },
  j: () => step(links("main tbody tr"), 1),
  k: () => step(links("main tbody tr"), -1),
  n: () => { const next = document.querySelector("[data-next]"); next?.click(); return Boolean(next); },
};
const IN_A_ROW = { ArrowDown: AT_ANY_TIME.j, ArrowUp: AT_ANY_TIME.k };

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.isComposing || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.altKey) {
    const section = /^Digit[1-8]$/.test(event.code) && document.querySelectorAll(".mainnav a")[event.code.at(-1) - 1];
    if (section) { event.preventDefault(); section.click(); }
  } else if (target.closest(".seek")) {
    inSearch(event);
  } else if (!typing(target)) {
    // 箭头平时卷动页面：只有已经站在某一行，或者这一页就是一张清单，才用来走行
    const walks = target.closest("main tbody tr") || document.querySelector("[data-list]");
    const act = AT_ANY_TIME[event.key.toLowerCase()] ?? (walks && IN_A_ROW[event.key]);
    if (act?.()) event.preventDefault();
  }
});
