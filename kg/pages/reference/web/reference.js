"use strict";
(() => {
  const box = document.getElementById("sought");
  const told = document.getElementById("found");
  const terms = [...document.querySelectorAll("article")];
  const texts = terms.map((term) => term.textContent.toLowerCase());
  const named = document.getElementById("named");
  const names = terms.map((term) => term.querySelector("h3").textContent.toLowerCase());
  const whole = told.textContent;
  function seek() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    terms.forEach((term, place) => {
      term.hidden = !words.every((word) => texts[place].includes(word));
      found += term.hidden ? 0 : 1;
    });
    for (const section of document.querySelectorAll("main > section")) {
      section.hidden = words.length > 0 && !section.querySelector("article:not([hidden])");
    }
    const so = words.length ? terms.filter((term, place) => words.every((word) => names[place].includes(word))) : [];
    named.replaceChildren(...so.slice(0, 12).map((term) => {
      const link = document.createElement("a");
      link.href = `#${term.id}`;
      link.textContent = term.id;
      return link;
    }));
    named.hidden = so.length === 0;
    told.textContent = words.length ? `${found} of ${whole}` : whole;
  }
  function show() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      box.value = "";
      seek();
      target.scrollIntoView();
    }
  }
  box.addEventListener("input", seek);
  box.form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", show);
  box.disabled = false;
  document.documentElement.dataset.ready = "yes";
})();
