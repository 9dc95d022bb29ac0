// 拖文件：拖进虚线框等于选了文件，并马上送出；没有脚本时按“选择文件”，一样能办
for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector("input[type=file]");
  const form = box.closest("form");
  const over = (event) => { event.preventDefault(); box.classList.add("over"); };
  const away = () => box.classList.remove("over");
  box.addEventListener("dragenter", over);
  box.addEventListener("dragover", over);
  box.addEventListener("dragleave", away);
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    away();
    if (!event.dataTransfer.files.length) return;
    // one file at a time: the bank's answer is one
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    if (form.hasAttribute("data-drop-sends")) form.requestSubmit();
  });
}
