// 差异核对：按 1 到 4 处置排在最前面、还等着的一条；正在输入时不管
document.addEventListener("keydown", (event) => {
  const waiting = document.querySelector("[data-hit]");
  const quiet = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (!waiting || quiet || !/^[1-4]$/.test(event.key) || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  location.href = `${waiting.dataset.hit}?key=${event.key}`;
});
