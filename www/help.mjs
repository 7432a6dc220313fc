// Opens the help of index.html by the key ?. A key alone is also what speech input types by mistake: the person can switch
// it off (WCAG 2.2, 2.1.4). The browser itself shows the help by its button, closes it on Esc, and gives the focus back.

const OFF = "import-planner.no-help-key";
const help = document.getElementById("help");
const choice = document.getElementById("help-key");

try {
  choice.checked = localStorage.getItem(OFF) === null;
} catch {
  // Storage is switched off.
}

choice.addEventListener("change", () => {
  try {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // It holds until the page is left.
  }
});

addEventListener("keydown", (event) => {
  const isText = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (event.key !== "?" || !choice.checked || isText || event.ctrlKey || event.metaKey || event.altKey) return;
  help.showPopover();
});
