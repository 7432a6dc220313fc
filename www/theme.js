// Sets the person's choice of light or dark before anything is painted. It is no module because modules run after the
// first paint, and it is written so that the oldest browser can read it, and tell that it is too old.
(function () {
  var key = "import-planner.theme";
  var root = document.documentElement;
  var bars = document.querySelectorAll("meta[name=theme-color]");
  var colours = [bars[0].content, bars[1].content];

  function chosen() {
    try {
      return localStorage.getItem(key) || "";
    } catch (error) {
      return ""; // Storage is switched off.
    }
  }

  function apply(theme) {
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    bars[0].content = colours[theme === "dark" ? 1 : 0];
    bars[1].content = colours[theme === "light" ? 0 : 1];
  }

  apply(chosen());

  // The list is drawn by the page's program.
  document.addEventListener("change", function (event) {
    if (event.target.id !== "theme") return;
    apply(event.target.value);
    try {
      localStorage.setItem(key, event.target.value);
    } catch (error) {
      // It holds until the page is left.
    }
  });

  // Another tab has chosen.
  addEventListener("storage", function (event) {
    if (event.key !== key) return;
    apply(chosen());
    var list = document.getElementById("theme");
    if (list) list.value = chosen();
  });

  // A file that is dropped before the page's program has arrived must not be opened in its place.
  function keepPage(event) {
    if (document.getElementById("boot-message")) event.preventDefault();
  }
  addEventListener("dragover", keepPage);
  addEventListener("drop", keepPage);

  if (!("noModule" in document.createElement("script"))) {
    document.addEventListener("DOMContentLoaded", function () {
      var message = document.getElementById("boot-message");
      message.textContent =
        root.lang === "de"
          ? "Dieser Browser ist zu alt für diese Seite. Eine aktuelle Version von Chrome, Edge, Firefox oder Safari verwenden."
          : "This browser is too old for this page. Use a current version of Chrome, Edge, Firefox or Safari.";
      message.className = "notice";
    });
  }
})();
