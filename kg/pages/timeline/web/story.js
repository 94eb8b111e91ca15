// The storyboard: three sentences, then one view after another, each with a caption in plain words.
const story = (() => {
  const root = document.getElementById("story"), steps = data.story.steps;
  const button = make("button", { type: "button", title: "Lead a panel through it, step by step (s)", onclick: () => go(0) }, "Storyboard");
  let notes = false, before = null;

  // Step 0 is the three sentences; the others are views.
  function go(to) {
    if (to < 0 || to > steps.length) return;
    if (state.step === null) before = { ...state };
    if (to > 0) address.read(steps[to - 1].view);
    else if (state.step !== null) address.read("main=ribbons");
    set({ step: to });
  }
  function leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    set({ ...(before || {}), step: null });
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen?.().catch(() => {});
  }
  const tool = (words, title, act, more = {}) => make("button", { type: "button", title, onclick: act, ...more }, words);

  function show() {
    root.hidden = state.step === null;
    document.body.classList.toggle("telling", state.step !== null);
    if (state.step === null) return;
    const at = state.step, step = at ? steps[at - 1] : null;
    const focused = root.contains(document.activeElement) ? document.activeElement.textContent : null;
    root.replaceChildren(
      make("div", { class: "tools" }, make("span", { class: "part" }, step ? step.part : "In three sentences"), tool("← Back", "Back (left arrow)", () => go(at - 1), { disabled: at === 0 }), make("b", {}, at ? `${at} of ${steps.length}` : "In short"), tool("Next →", "Next (right arrow)", () => go(at + 1), { disabled: at === steps.length }),
        tool("Notes", "The presenter’s notes (n)", () => { notes = !notes; show(); }, { "aria-pressed": String(notes) }), tool("Full screen", "Full screen (f)", full), tool("Handout", "Print a handout, one step a page", () => print()), tool("End", "Leave the storyboard (Escape)", leave)),
      make("div", { class: "caption", "aria-live": "polite" }, step ? make("p", { class: "words" }, step.caption) : data.story.sentences.map((words) => make("p", { class: "words" }, words))),
      notes && step ? make("div", { class: "notes" }, step.notes.map((words) => make("p", {}, words)), make("p", { class: "quiet" }, "Rests on: ", step.rows.slice(0, 12).map((row, i) => [i ? "; " : "", entryLink(row, data.entries[row].name)]), step.rows.length > 12 ? ` and ${step.rows.length - 12} more` : ""), make("p", { class: "quiet" }, `In storyboard.csv: ${step.key}`)) : "");
    if (focused) [...root.querySelectorAll("button")].find((each) => each.textContent === focused && !each.disabled)?.focus();
  }

  // Whether a key was meant for the storyboard. Arrows that walk through the drawing stay there.
  function key(event) {
    if (event.target.matches("input, select, textarea")) return false;
    if (state.step === null) {
      if (event.key !== "s") return false;
      go(0);
      return true;
    }
    const act = { ArrowRight: () => go(state.step + 1), PageDown: () => go(state.step + 1), ArrowLeft: () => go(state.step - 1), PageUp: () => go(state.step - 1), n: () => { notes = !notes; show(); }, f: full, Escape: leave, Home: () => go(0), End: () => go(steps.length) }[event.key];
    if (act) act();
    return Boolean(act);
  }

  // The handout: every step on a page of its own, drawn as it is shown, with its caption and its notes.
  let kept = null;
  function print_(size) {
    kept = { ...state };
    const pages = [];
    steps.forEach((step, i) => {
      address.read(step.view);
      settle();
      const [wide, high] = [size[0], size[1] - 170];
      if (state.main === "ribbons") ribbons.print([wide, high]); else if (state.main === "drawing") drawing.print([wide, high]);
      const from = state.main === "ribbons" ? document.querySelector("#ribbons .kinds") : document.getElementById("drawing");
      const copy = from.cloneNode(true);
      copy.removeAttribute("id");
      copy.classList.add("copied", state.main);
      for (const node of copy.querySelectorAll("[tabindex]")) node.removeAttribute("tabindex");
      const on = state.on >= data.spans[1] ? "the whole record" : `as of ${sayDay(state.on)}`;
      pages.push(make("article", { class: "step" }, make("p", { class: "part" }, `${i + 1} of ${steps.length} · ${step.part} · ${on}`), make("h2", {}, step.caption), copy, step.notes.map((words) => make("p", { class: "quiet" }, words.length > 400 ? `${words.slice(0, 400)}…` : words))));
    });
    const first = make("article", { class: "step" }, make("h2", {}, "In short"), data.story.sentences.map((words) => make("p", { class: "words" }, words)));
    document.getElementById("printed").replaceChildren(first, ...pages);
  }
  function printed() {
    document.getElementById("printed").replaceChildren();
    ribbons.print(null);
    drawing.print(null);
    set(kept || {});
    settle();
    dispatchEvent(new Event("resize"));
  }
  return { button, show, key, go, steps, print: print_, printed };
})();
