// 勾选：全选一次打勾或去掉；没有脚本时一项一项勾，一样能办
for (const all of document.querySelectorAll("[data-all][data-of]")) {
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.of}"]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
