// Gives the document its language before anything is painted: what the person chose, else the first that the browser
// prefers and the page knows. It is no module because modules run after the first paint, and it is written so that the
// oldest browser can read it. The page's program changes and keeps the choice (src/browser/language.rs).
(function () {
  // With the document's title in each; index.html has the English one.
  var titles = { en: document.title, de: "Import Planner für AWS VM Import/Export" };

  function chosen() {
    try {
      return localStorage.getItem("import-planner.language");
    } catch (error) {
      return null; // Storage is switched off.
    }
  }

  var preferred = [chosen()].concat(navigator.languages || [navigator.language]);
  for (var at = 0; at < preferred.length; at += 1) {
    var primary = String(preferred[at]).toLowerCase().split("-")[0];
    if (Object.prototype.hasOwnProperty.call(titles, primary)) {
      document.documentElement.lang = primary;
      document.title = titles[primary];
      return;
    }
  }
})();
