// 预警：按 1 到 4 打开那一张表；正在输入时不管
document.addEventListener("keydown", (event) => {
  const quiet = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (quiet || !/^[1-4]$/.test(event.key) || event.target.closest("input, textarea, select")) return;
  const link = document.querySelector(`[data-key="${event.key}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
