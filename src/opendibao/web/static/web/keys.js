// 键盘：/ 到找人，Esc 离开；不在输入框里才算
document.addEventListener("keydown", (event) => {
  const seek = document.getElementById("q");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    seek?.focus();
    seek?.select();
  } else if (event.key === "Escape" && typing === seek) {
    seek?.blur();
  }
});
