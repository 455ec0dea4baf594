"use strict";
// Searching, showing kinds, and which marks a statement is made of. Nothing is fetched, nothing sent.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const field = document.getElementById("search");
  const told = document.getElementById("found");
  const articles = [...document.querySelectorAll("main > article")];
  const entries = new Map([...document.querySelectorAll(".contents li")].map((li) => [li.dataset.of, li]));
  const most = 2000;
  let places = [];
  let at = -1;

  function textsOf(article) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    return [text, nodes];
  }

  function nodeAt(nodes, offset) {
    let low = 0, high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle][0] <= offset) low = middle; else high = middle - 1;
    }
    return [nodes[low][1], offset - nodes[low][0]];
  }

  function show(ranges, name) {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.set(name, new Highlight(...ranges));
  }

  function search() {
    const wanted = field.value.trim().replace(/\s+/gu, " ");
    places = [];
    at = -1;
    let count = 0, holding = 0;
    const pattern = wanted && new RegExp(
      wanted.replace(/[\\^$.*+?()[\]{}|\/]/gu, "\\$&").replace(/ /gu, "\\s+"), "giu");
    for (const article of articles) {
      let holds = !wanted;
      if (pattern) {
        const [text, nodes] = textsOf(article);
        for (const match of text.matchAll(pattern)) {
          holds = true;
          count += 1;
          if (places.length >= most) continue;
          const range = new Range();
          range.setStart(...nodeAt(nodes, match.index));
          const [node, offset] = nodeAt(nodes, match.index + match[0].length - 1);
          range.setEnd(node, offset + 1);
          places.push(range);
        }
      }
      article.hidden = !holds;
      const entry = entries.get(article.id);
      if (entry) entry.hidden = !holds;
      holding += holds ? 1 : 0;
    }
    show(places, "found");
    show([], "at-hand");
    told.textContent = !wanted ? "" : count === 0 ? "Nothing found"
      : `${count} ${count === 1 ? "place" : "places"} in ${holding} ${holding === 1 ? "article" : "articles"}`;
  }

  function go(step) {
    if (!places.length) return;
    at = (at + step + places.length) % places.length;
    const range = places[at];
    for (let e = range.startContainer.parentElement; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    show([range], "at-hand");
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    told.textContent = `${at + 1} of ${places.length}`;
  }

  let waiting = 0;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); clearTimeout(waiting); if (at < 0 && !places.length) search(); go(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { field.value = ""; search(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  for (const box of document.querySelectorAll(".legend input")) {
    box.addEventListener("change", () => root.classList.toggle(`without-${box.value}`, !box.checked));
  }

  const marks = new Map();
  for (const mark of document.querySelectorAll("mark[data-of]")) {
    const of = mark.dataset.of;
    if (!marks.has(of)) marks.set(of, []);
    marks.get(of).push(mark);
  }
  function light(card, on) {
    for (const of of card.dataset.marks.split(" ")) for (const mark of marks.get(of) || []) mark.classList.toggle("lit", on);
  }
  for (const card of document.querySelectorAll("[data-marks]")) {
    for (const event of ["mouseenter", "focusin"]) card.addEventListener(event, () => light(card, true));
    for (const event of ["mouseleave", "focusout"]) card.addEventListener(event, () => light(card, false));
  }
})();
