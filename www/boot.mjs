// Loads the page's program. It is a file of its own because the policy forbids inline scripts, and it is where a
// browser that cannot run the page is told so.
const script = document.querySelector("script[data-app-js]");
const at = (address) => new URL(address, document.baseURI);

function explain(text) {
  const message = document.getElementById("boot-message");
  if (!message) return;
  message.className = "notice";
  message.textContent = text;
}

if (typeof WebAssembly !== "object") {
  explain("This browser has WebAssembly switched off or lacks it. The page needs it to read disk images: allow it for this site, or use a current browser.");
} else {
  try {
    const { default: init } = await import(at(script.dataset.appJs));
    await init({ module_or_path: at(script.dataset.appWasm) });
  } catch (error) {
    explain(`The page's program did not load (${error}). Reload the page; if that does not help, its files may be incomplete on the server.`);
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
