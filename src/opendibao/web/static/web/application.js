// 新申请：断线时说出来、连上后自动再存；改过的登记项当场标出；加了一行就到那一行去；Ctrl+S 存
const page = () => document.getElementById("application-page");
const form = () => document.getElementById("application");
const saved = () => document.getElementById("saved");
let lost = false;
let dirty = false;

const again = () => form() && window.htmx.trigger(form(), "again");

function mark(field) {
  if (field.dataset?.was === undefined) return;
  const changed = field.value !== field.dataset.was;
  const note = document.getElementById(`${field.id}_was`);
  field.closest(".field").classList.toggle("changed", changed);
  note.hidden = !changed;
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== note.id);
  field.setAttribute("aria-describedby", [...others, ...(changed ? [note.id] : [])].join(" "));
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("#application")) return;
  dirty = true;
  mark(event.target);
});

// 只有按下的按钮才算数：边填边存的不带上一次按过的按钮，不然加一行会加成两行
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters, triggeringEvent } = event.detail;
  if (elt.id === "application" && triggeringEvent?.type !== "submit") delete parameters.act;
});

function lose(event) {
  if (!event.detail.elt.closest?.("#application-page")) return;
  lost = true;
  saved().textContent = saved().dataset.lost;
  saved().className = "note lost";
}
document.addEventListener("htmx:sendError", lose);
document.addEventListener("htmx:timeout", lose);
document.addEventListener("htmx:responseError", lose);

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.elt.closest?.("#application-page")) lost = dirty = false;
});

// 等回答的时候又填了几个字：换了整块也要留着，再存一次
let sent = null;
let later = [];
const typed = () => [...form().querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")];
const value = (field) => (field.type === "checkbox" ? field.checked : field.value);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (form() && event.detail.elt.closest?.("#application-page")) sent = new Map(typed().map((field) => [field.id, value(field)]));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  later = [];
  if (!sent || event.detail.target?.id !== "application-page") return;
  later = typed().filter((field) => sent.get(field.id) !== value(field)).map((field) => [field.id, value(field)]);
});

// 加了一行、删了一行、撤销之后：到该去的那一格
document.addEventListener("htmx:afterSettle", () => {
  for (const [id, now] of later) {
    const field = document.getElementById(id);
    if (field?.type === "checkbox") field.checked = now;
    else if (field) field.value = now;
  }
  if (later.length) { later = []; again(); }
  const place = page()?.dataset.focusAt;
  if (!place) return;
  page().removeAttribute("data-focus-at");
  document.getElementById(place)?.focus();
});

window.addEventListener("online", () => lost && again());
setInterval(() => lost && navigator.onLine && again(), 5000);

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && form()) {
    event.preventDefault();
    again();
  }
});

// 还没有存上就离开：问一声
window.addEventListener("beforeunload", (event) => { if (lost && dirty) event.preventDefault(); });
