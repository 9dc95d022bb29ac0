// 成批确认：全选一次打勾，选了几件随手数出来；没有脚本也能用，只是没有这两样
for (const form of document.querySelectorAll("form[data-count]")) {
  const all = form.querySelector("[data-all]");
  const boxes = [...form.querySelectorAll("input[type=checkbox][name]")];
  const said = form.querySelector("[data-counted]");
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    if (said) said.textContent = `${ticked} / ${boxes.length}`;
    if (all) {
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  };
  all?.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; count(); });
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
