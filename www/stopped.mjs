// The buttons of the screen that is left when the page's program has stopped, which can answer nothing any more.

// Where `src/browser/storage.rs` keeps what was entered.
const PLAN = "import-planner.plan.v2";

addEventListener("click", async (event) => {
  const deed = event.target.closest?.("[data-stopped]")?.dataset.stopped;
  if (deed === "copy") {
    const report = document.querySelector("#app pre");
    try {
      await navigator.clipboard.writeText(report.textContent);
    } catch {
      // The browser does not allow it: the person copies what is selected.
    }
    getSelection().selectAllChildren(report);
  }
  if (deed === "discard") {
    try {
      localStorage.removeItem(PLAN);
    } catch {
      // Nothing was kept.
    }
    location.replace(location.pathname);
  }
});
