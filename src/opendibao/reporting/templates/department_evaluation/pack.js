(function () {
  "use strict";
  var figures = [].slice.call(document.querySelectorAll("details.figure"));
  var box = document.getElementById("q"), hits = document.getElementById("hits");
  function open() {
    var inside = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!inside || !inside.parentNode || inside.parentNode.tagName !== "DETAILS") return;
    inside.parentNode.hidden = false;
    inside.parentNode.open = true;
    inside.parentNode.scrollIntoView();
  }
  function seek() {
    var asked = box.value.trim().toLowerCase(), shown = 0;
    figures.forEach(function (figure) {
      var words = figure.firstElementChild.textContent.toLowerCase();
      figure.hidden = asked !== "" && words.indexOf(asked) < 0;
      if (!figure.hidden) shown += 1;
    });
    hits.textContent = asked ? shown + " 个" : "";
  }
  document.querySelector(".seek").hidden = false;
  box.addEventListener("input", seek);
  window.addEventListener("hashchange", open);
  open();
})();
