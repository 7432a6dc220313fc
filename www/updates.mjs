// Has the service worker keep the page for use without a network, and says when there is a newer build. It never reloads
// the page of itself: an upload may be under way.

/** How often a page that stays open looks for a newer build, in milliseconds. */
const INTERVAL = 3600_000;

/** `build` is the name of the build that this page is of. */
export async function keep(build) {
  // There is none at an http:// address other than this computer's, and none where the person has switched it off.
  if (!navigator.serviceWorker) return;
  const address = new URL("./service-worker.js", document.baseURI);
  const registration = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  const look = async (worker) => {
    if ((await buildOf(worker)) === build) worker.postMessage("take over");
    else announce();
  };
  const follow = (worker) =>
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed") look(worker);
    });
  registration.addEventListener("updatefound", () => follow(registration.installing));
  if (registration.installing) follow(registration.installing);
  setInterval(() => registration.update().catch(() => {}), INTERVAL);
  // One that waits already may be newer than this page, when a slow network has had the old one shown; or older, when
  // the page came from the network and its own worker is still to come.
  if (registration.waiting && (await buildOf(registration.waiting)) === build) registration.waiting?.postMessage("take over");
  else if (registration.waiting && (await buildOf(registration.active)) === build) announce();
}

/** How long a worker may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/** The build that a worker keeps; none when there is no worker, or it is broken and never answers. */
function buildOf(worker) {
  if (!worker) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage("build?", [port2]);
  });
}

/** Shows the bar that the page's program has drawn, hidden and with its texts. */
function announce() {
  const bar = document.getElementById("update");
  if (!bar) {
    setTimeout(announce, 100);
    return;
  }
  bar.hidden = false;
  bar.querySelector("button").onclick = () => location.reload();
}
