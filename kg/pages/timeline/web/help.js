// What to look at first, in two minutes, and every key.
const help = (() => {
  const LOOK = [
    ["Information", "A sentence over each kind says when it was first recorded, by whom, and how often others met or decided with no record of it. Beneath, a ribbon for each agency: solid while it was held, dashes while others held it and it did not, a ring at each contact without it."],
    ["A ribbon or a ring", "Choose a ribbon to follow that fact, with the words as sent and as received. Choose a ring to read the contact."],
    ["As of a day", "Move the slider, or play: nothing later shows at full strength, and what is later in lists is grey or folded."],
    ["Drawing", "Every entry in the lane of its agency. A red ring is an opportunity with no response recorded; choose a mark to read the entry, what was held then, and the findings with their rules."],
    ["Storyboard", "Three sentences, then step by step through the review, with notes for whoever presents it, and a handout."],
    ["What it cannot say", "No record of is not the same as did not. An agency whose rows are unread or undated says so; it is not blamed. Nothing here says whose fault anything was."],
  ];
  const KEYS = [
    ["?", "this help"], ["1 2 3 4", "information, drawing, table, own words"], ["s", "the storyboard; then ← → steps, n notes, f full screen"],
    ["[ and ]", "the recorded day before and after"], [", and .", "one day back and on"], ["p", "play"], ["+ − 0", "zoom in, zoom out, the first view"],
    ["/", "search"], ["← → ↑ ↓", "in the drawing, the ribbons and the squares: from part to part"], ["Enter", "choose"], ["Escape", "choose nothing, close"],
  ];
  const close = make("button", { type: "button", onclick: () => dialog.close() }, "Close");
  const dialog = make("dialog", { id: "help", "aria-label": "How to read this page" }, make("h2", {}, "How to read this page, in two minutes"),
    make("dl", {}, LOOK.map(([name, words]) => [make("dt", {}, name), make("dd", {}, words)])), make("h2", {}, "Keys"),
    make("dl", {}, KEYS.map(([keys, words]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, words)])), make("p", {}, close));
  document.body.append(dialog);
  const open = () => { if (!dialog.open) dialog.showModal(); close.focus(); dialog.scrollTop = 0; };
  const button = make("button", { type: "button", title: "How to read this page, and its keys (?)", "aria-label": "Help", onclick: open }, "?");
  return { button, open, shown: () => dialog.open };
})();
