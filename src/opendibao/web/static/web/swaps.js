// 换一块之后：焦点到新块的标题（data-focus），变化念出来（data-say），换的时候说“正忙”；焦点不落到 body
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));

document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt;
  const said = target.matches("[data-say]") ? target : target.querySelector("[data-say]");
  if (said) document.getElementById("said").textContent = said.dataset.say;
  const place = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]");
  const lost = document.activeElement === document.body || !document.activeElement;
  if (place) place.focus({ preventScroll: true });
  else if (lost) document.getElementById("main").focus({ preventScroll: true });
});

// 被领到别处（登录过期了）：那一页要整页看，不塞进这一块
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
  if (!answered || new URL(answered).pathname === asked) return;
  event.detail.shouldSwap = false;
  location.reload();
});

// 断线或出错不能悄悄的：说出来，原来的内容留着
const failed = () => { document.getElementById("said").textContent = document.getElementById("said").dataset.failed; };
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:responseError", (event) => {
  // 登录过期、没有权限：整页去看，那里有话说
  if ([401, 403].includes(event.detail.xhr.status)) location.reload();
  else failed();
});
