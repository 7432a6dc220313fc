// Loads the page's program. It is a file of its own because the policy forbids inline scripts, and it is where a
// browser that cannot run the page is told so.
const script = document.querySelector("script[data-app-js]");
const at = (address) => new URL(address, document.baseURI);
const isGerman = document.documentElement.lang === "de";

function explain(text) {
  const message = document.getElementById("boot-message");
  if (!message) return;
  message.className = "notice";
  message.textContent = text;
}

if (typeof WebAssembly !== "object") {
  explain(
    isGerman
      ? "In diesem Browser ist WebAssembly ausgeschaltet, oder er hat es nicht. Die Seite braucht es, um Abbilder zu lesen: für diese Website erlauben, oder einen aktuellen Browser verwenden."
      : "This browser has WebAssembly switched off or lacks it. The page needs it to read disk images: allow it for this site, or use a current browser.",
  );
} else {
  try {
    const { default: init } = await import(at(script.dataset.appJs));
    await init({ module_or_path: at(script.dataset.appWasm) });
  } catch (error) {
    explain(
      isGerman
        ? `Das Programm der Seite wurde nicht geladen (${error}). Die Seite neu laden; hilft das nicht, sind ihre Dateien auf dem Server vielleicht unvollständig.`
        : `The page's program did not load (${error}). Reload the page; if that does not help, its files may be incomplete on the server.`,
    );
    throw error;
  }
}

// The page does not depend on it.
try {
  const { keep } = await import("./updates.mjs");
  await keep(script.dataset.build);
} catch (error) {
  console.warn(`The page is not kept for use without a network: ${error}`);
}
