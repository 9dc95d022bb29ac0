// 办事：按过一次就先停用按钮；按两次也只办一遍，那由服务器保证，这里只是让人放心
for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button[type=submit]");
  if (!button) continue;
  const words = button.textContent;
  form.addEventListener("submit", () => {
    // after the browser has taken the form, else some send nothing
    setTimeout(() => {
      button.disabled = true;
      button.textContent = form.dataset.sending;
    });
  });
  // going back shows the page as it was left
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = words;
  });
}
