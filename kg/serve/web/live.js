// Looks every two seconds whether the review's files have changed. Pages that only show are shown again; a page in which
// somebody may be writing only says so. The timeline keeps its view: it stands in the part of its address after the #.
(() => {
  const stamp = document.body.dataset.stamp;
  const frame = document.querySelector("iframe");
  if (frame) frame.src = frame.dataset.page + location.hash;
  async function look() {
    try {
      const answer = await fetch("/changed", { cache: "no-store" });
      const now = await answer.text();
      // Where the server no longer knows this browser (it was started again), the page stays as it is.
      if (answer.ok && now !== stamp) {
        if (document.body.dataset.writing) document.getElementById("changed").hidden = false;
        else {
          if (frame) history.replaceState(null, "", frame.contentWindow.location.hash || location.pathname);
          location.reload();
          return;
        }
      }
    } catch {
      // The server has been stopped; the page stays as it is.
    }
    setTimeout(look, 2000);
  }
  setTimeout(look, 2000);
})();
