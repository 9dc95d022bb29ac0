// 差异核对：1 到 4 处置站着的一条，j k 换一条，u 撤回；处置表上字母选原因、Enter 处置；正在输入时一概不管
{
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  const quiet = (event) => event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]");

  const lines = [...document.querySelectorAll("[data-hits] > li")];
  const open = () => lines.filter((line) => line.dataset.hit);
  let here = open()[0] ?? lines[0];

  function stand(line) {
    if (!line) return;
    lines.forEach((each) => each.classList.toggle("next", each === line));
    here = line;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  const walk = (by) => stand(lines[lines.indexOf(here) + by]);

  function onList(event) {
    if (/^[1-4]$/.test(event.key) && here.dataset.hit) location.href = `${here.dataset.hit}?key=${event.key}`;
    else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (event.key === "u" && here.dataset.undo) location.href = here.dataset.undo;
    else return false;
    return true;
  }

  const choices = [...document.querySelectorAll("[data-hit-form] input[type=radio]")];

  function onForm(event) {
    const place = event.key.length === 1 ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    if (choices[place]) { choices[place].checked = true; choices[place].focus(); return true; }
    if (event.key === "Enter" && !event.target.closest("a, button")) {
      document.querySelector("[data-hit-form]").closest("form").requestSubmit();
      return true;
    }
    if (event.key === "Escape") { history.back(); return true; }
    return false;
  }

  // 先于全站的按键：这里的 j k 走的是一条条信息，不是表里的行
  document.addEventListener("keydown", (event) => {
    if (quiet(event) || typing(event.target)) return;
    if ((lines.length && onList(event)) || (choices.length && onForm(event))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
}
