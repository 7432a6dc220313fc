// Keeps one build of the page, whole, so that it works without a network. The build makes it of this template: it puts in the
// build's name and its list of files (xtask/src/offline.rs).
//
// What is asked of it, and what it does:
// * A file whose name holds a hash comes from the cache: under that name there is nothing newer.
// * index.html, and the few others whose names stay, come from the network, and from the cache when the network fails or is
//   slow. So nobody who has a network sees an old page, and a bad build is mended by the next one, whatever is kept.
// * Everything else is the browser's own business: other origins, other methods, files that are not in the list.
// * A new build is kept beside the old one, and takes its place when no tab is left that shows the old one.
const BUILD = "@BUILD@";
const FILES = "@FILES@";

// Caches belong to an origin, and several copies of the page may live on one, below different paths.
const PREFIX = `import-planner ${self.registration.scope} `;
const CACHE = PREFIX + BUILD;

/** How long the network may take for a file that the cache holds, too, in milliseconds. */
const PATIENCE = 4000;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

// All or nothing: each file is held to its digest, so that what is kept is never a mixture of two builds or the page of
// somebody's Wi-Fi. If one fails, the browser drops this worker and tries again later; the page works without.
async function keepAll() {
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(
      Object.entries(FILES).map(async ([name, { integrity, hashed }]) => {
        const get = (cache) => fetch(name, { integrity, redirect: "error", cache });
        // A server that tells versions apart by Last-Modified says "not modified" of a build that is a second younger.
        const answer = await get(hashed ? "default" : "no-cache").catch(() => get("reload"));
        if (!answer.ok) throw new TypeError(`${name}: ${answer.status}`);
        await cache.put(name, answer);
      }),
    );
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener("activate", (event) => event.waitUntil(takePlace()));

async function takePlace() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // A first visit works offline without a reload.
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const name = listed(event.request);
  if (name) event.respondWith(FILES[name].hashed ? fromCache(event.request, name) : fromNetwork(event.request, name));
});

/** The name under which the list has what is asked for. */
function listed(request) {
  const url = new URL(request.url);
  const folder = new URL("./", self.location);
  if (request.method !== "GET" || url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname)) return undefined;
  const path = url.pathname.slice(folder.pathname.length);
  const name = path === "" || path === "index.html" ? "./" : path;
  return Object.hasOwn(FILES, name) ? name : undefined;
}

async function fromCache(request, name) {
  return (await kept(name)) ?? fetch(request);
}

async function fromNetwork(request, name) {
  const answer = fetch(request);
  const timely = await Promise.race([answer.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  if (timely && timely.status < 500) return timely;
  return (await kept(name)) ?? answer;
}

/** A kept file; none when the browser has forgotten it or fails to read it. */
async function kept(name) {
  try {
    const cache = await caches.open(CACHE);
    return await cache.match(name, { ignoreVary: true });
  } catch {
    return undefined;
  }
}

self.addEventListener("message", (event) => {
  if (event.data === "build?") event.ports[0]?.postMessage(BUILD);
  if (event.data === "take over") event.waitUntil(takeOver());
});

// A page of this very build asks for it. Were there another tab, it might still need files of the old one.
async function takeOver() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = windows.filter((client) => client.url.startsWith(self.registration.scope));
  if (ours.length === 1) await self.skipWaiting();
}
