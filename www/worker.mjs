// Loads a worker's program; the build makes a copy for each. What the page posts before the program is ready would be lost, so it is kept here and
// handed over once Rust has set its own handler.
const early = [];
self.onmessage = (event) => early.push(event);
const { default: init } = await import("./worker.js");
await init({ module_or_path: new URL("./worker_bg.wasm", import.meta.url) });
for (const event of early) self.onmessage(event);
