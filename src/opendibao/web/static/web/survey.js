// 入户调查：手机能定位就给一个按钮，把经纬度填上；不能定位、不同意定位，表照样能填
const latitude = document.getElementById("id_latitude");
const longitude = document.getElementById("id_longitude");
const arrived = document.getElementById("id_arrived");
const words = document.getElementById("survey-jump").dataset;

function button(label, act, beside) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "act slim";
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  beside.after(made);
}

if (latitude && longitude && navigator.geolocation) {
  const said = document.createElement("p");
  said.className = "note";
  said.setAttribute("role", "status");
  longitude.closest(".fields").append(said);
  button(words.locate, (made) => {
    made.disabled = true;
    said.textContent = words.locating;
    navigator.geolocation.getCurrentPosition(
      (found) => {
        latitude.value = found.coords.latitude.toFixed(6);
        longitude.value = found.coords.longitude.toFixed(6);
        said.textContent = words.located.replace("%", Math.round(found.coords.accuracy));
        made.disabled = false;
      },
      () => {
        said.textContent = words.lost;
        made.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  }, longitude);
}

if (arrived) {
  button(words.now, () => {
    const now = new Date();
    arrived.value = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  }, arrived);
}
