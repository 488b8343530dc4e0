/* What the page does in the browser: clicks on rendered text, focus, the kept conversations.
   Nothing here makes markup from text: what is shown comes rendered from the server. */
(() => {
  "use strict";
  const CONVERSATION = "duchesse.conversation.";
  const LANGUAGE = "duchesse.language";
  const CURRENT = "duchesse.current";
  const MOST = 100;
  let origin = null; // the link from which the reading pane was opened

  const stored = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const store = (where, key, value) => { try { where.setItem(key, value); return true; } catch { return false; } };
  const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

  function all() {
    const found = [];
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      if (!key.startsWith(CONVERSATION)) continue;
      const kept = parsed(stored(localStorage, key));
      if (kept && kept.id) found.push(kept);
    }
    return found.sort((a, b) => String(b.started).localeCompare(String(a.started)));
  }

  function list() {
    try {
      return all().slice(0, MOST).map((c) => ({
        id: c.id, title: c.title, started: c.started, count: (c.turns || []).length,
      }));
    } catch { return []; }
  }

  function load(id) { return parsed(stored(localStorage, CONVERSATION + id)); }

  function keep(conversation) {
    store(sessionStorage, CURRENT, conversation.id);
    if (!conversation.turns.length) return;
    const before = load(conversation.id);
    if (before && before.named) Object.assign(conversation, { title: before.title, named: true });
    const text = JSON.stringify(conversation);
    if (store(localStorage, CONVERSATION + conversation.id, text)) return;
    const oldest = all().filter((c) => c.id !== conversation.id).pop(); // full: the oldest gives way
    if (oldest) { localStorage.removeItem(CONVERSATION + oldest.id); keep(conversation); }
  }

  function language() {
    const own = stored(localStorage, LANGUAGE);
    if (own === "fr" || own === "nl") return own;
    for (const tag of navigator.languages || []) {
      const code = tag.slice(0, 2).toLowerCase();
      if (code === "fr" || code === "nl") return code;
    }
    return "";
  }

  function boot() {
    const current = stored(sessionStorage, CURRENT);
    return {
      lang: language(),
      passage: new URLSearchParams(location.search).get("passage") || "",
      conversation: current ? load(current) : null,
      history: list(),
    };
  }

  function save(name, type, base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function take(message) {
    if (!message) return;
    if (message.keep) keep(message.keep);
    if (message.move) move(message.move);
    if (message.picture) hang(message.picture);
    if (message.save) save(message.save.name, message.save.type, message.save.base64);
  }

  function hang(picture) {
    const place = [...document.querySelectorAll("[data-picture]")].find((p) => p.dataset.picture === picture.anchor);
    if (!place) return;
    const waited = place.contains(document.activeElement);
    place.innerHTML = picture.html; // rendered and escaped by the server
    const first = place.querySelector("[tabindex]");
    say(place.querySelector("figcaption, .notice").textContent);
    if (waited) { first.focus({ preventScroll: true }); if (!reveal(first)) first.scrollIntoView({ block: "start", behavior: behaviour() }); }
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard outside secure contexts
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const name = button.textContent;
    button.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => { button.textContent = name; }, 1600);
  }

  function say(text) {
    let live = document.getElementById("duchesse-live");
    if (!live) {
      live = document.createElement("div");
      live.id = "duchesse-live";
      live.className = "unseen";
      live.setAttribute("role", "status");
      live.setAttribute("aria-live", "polite");
      document.body.append(live);
    }
    if (live.textContent !== text) live.textContent = text;
  }

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behaviour = () => (still() ? "auto" : "smooth");

  /* The pane may not be laid out yet (its tab is just opening): try for a few frames. */
  function whenShown(node, act, tries = 600) {
    if (!node.isConnected) return;
    if (node.getClientRects().length && getComputedStyle(node).visibility === "visible") act();
    else if (tries) requestAnimationFrame(() => whenShown(node, act, tries - 1));
  }

  function reveal(node) {
    const pane = document.getElementById("side");
    const scrolls = pane && pane.scrollHeight > pane.clientHeight + 1;
    if (!scrolls) return false;
    const top = node.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight / 4, behavior: behaviour() });
    return true;
  }

  function shown(element) {
    const pane = element.querySelector(".reading");
    const target = element.querySelector("[data-focus]");
    if (!pane || !target) return;
    if (pane.dataset.quiet === "true") { whenShown(target, () => reveal(target)); return; }
    go(target);
  }

  /* Another passage of the document that is shown: only what differs comes. All of it is
     rendered and escaped by the server. */
  function move(to) {
    const pane = document.querySelector("#reading .reading");
    const put = (node, html) => { if (node) node.outerHTML = html; };
    put(pane.querySelector(".about"), to.about);
    put(pane.querySelector(".bar"), to.bar);
    if (to.left) put(document.getElementById(`src-${to.left}`), to.before);
    put(document.getElementById(`src-${to.reached}`), to.after);
    const toggle = pane.querySelector("[data-do=working]");
    if (toggle) toggle.setAttribute("aria-pressed", String(pane.classList.contains("translated")));
    go(pane.querySelector("[data-focus]"));
  }

  function go(target) {
    whenShown(target, () => {
      target.focus({ preventScroll: true });
      if (!reveal(target)) target.scrollIntoView({ block: "start", behavior: behaviour() });
    });
  }

  let last = "";
  function talked(element) {
    const talk = element.querySelector(".talk");
    if (!talk) return;
    say(talk.dataset.announce);
    if (!talk.dataset.serial || talk.dataset.serial === last) return;
    last = talk.dataset.serial;
    const turn = element.querySelector(".turn:last-child");
    if (turn) whenShown(turn, () => turn.scrollIntoView({ block: "start", behavior: behaviour() }));
  }

  function spoken(element) {
    const brand = element.querySelector("[data-lang]");
    if (!brand) return;
    document.documentElement.lang = brand.dataset.lang;
    if (brand.dataset.ready === "true") arrive();
    document.title = brand.dataset.title;
    name(brand.dataset.more);
  }

  /* The framework names the button behind which tabs go that do not fit, in English. It may
     draw its tabs after the header, and again at any time. */
  let more = "";
  function name(text) {
    const put = () => {
      const button = document.querySelector("#side .overflow-menu > button");
      if (button && button.getAttribute("aria-label") !== more) button.setAttribute("aria-label", more);
    };
    if (!more) new MutationObserver(put).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
    more = text;
    put();
  }

  function arrive() {
    const page = document.documentElement;
    if (!page.classList.contains("arriving")) return;
    page.classList.remove("arriving");
    const box = document.querySelector("#question textarea");
    const free = !document.querySelector(".reading [data-focus]") && matchMedia("(hover: hover)").matches;
    if (box && free) box.focus({ preventScroll: true });
  }

  /* What a click on rendered text means. Returns what the server is told, or null. */
  function act(target, element) {
    const { dataset } = target;
    switch (dataset.do) {
      case "skip":
        document.querySelector("#question textarea").focus();
        return null;
      case "lang":
        store(localStorage, LANGUAGE, dataset.value);
        return { do: "lang", lang: dataset.value, history: list() };
      case "copy":
        copy(dataset.copy, target);
        return null;
      case "link": {
        const link = new URL(location.pathname, location.origin);
        link.searchParams.set("passage", dataset.anchor);
        copy(link.toString(), target);
        return null;
      }
      case "working": {
        const on = target.getAttribute("aria-pressed") !== "true";
        target.setAttribute("aria-pressed", String(on));
        target.closest(".reading").classList.toggle("translated", on);
        return null;
      }
      case "back":
        if (origin && origin.isConnected) { origin.focus(); origin.scrollIntoView({ block: "center", behavior: behaviour() }); }
        else document.querySelector("#question textarea").focus();
        return null;
      case "jump": {
        const place = document.getElementById(`src-${dataset.anchor}`);
        if (!place) return { do: "open", anchor: dataset.anchor, keep: true };
        place.focus({ preventScroll: true });
        place.scrollIntoView({ block: "start", behavior: behaviour() });
        return null;
      }
      case "picture":
        if (target.getAttribute("aria-disabled")) return null;
        target.setAttribute("aria-disabled", "true"); // keeps the focus, as "disabled" would not
        target.textContent = target.dataset.busy;
        return { do: "picture", anchor: dataset.anchor };
      case "restore":
        return { do: "restore", conversation: load(dataset.id) };
      case "rename": {
        const title = prompt(dataset.ask, dataset.title);
        const kept = load(dataset.id);
        if (!title || !title.trim() || !kept) return null;
        kept.title = title.trim().slice(0, 200);
        kept.named = true;
        store(localStorage, CONVERSATION + dataset.id, JSON.stringify(kept));
        return { do: "listed", history: list() };
      }
      case "delete":
        if (!confirm(dataset.ask)) return null;
        localStorage.removeItem(CONVERSATION + dataset.id);
        return { do: "listed", history: list(), deleted: dataset.id };
      case "open":
        if (!element.closest("#side")) origin = target;
        return { do: "open", anchor: dataset.anchor, turn: dataset.turn, keep: dataset.keep === "true" };
      default:
        return { ...dataset };
    }
  }

  function listen(element, trigger) {
    element.addEventListener("click", (event) => {
      const target = event.target.closest("[data-do]");
      if (!target || !element.contains(target)) return;
      event.preventDefault();
      const told = act(target, element);
      if (told) trigger(told.do === "ask" ? "submit" : "select", told);
    });
  }

  /* The page shows once it speaks the reader's language and has their conversation back, so
     that nothing flashes by and no question is asked before that. */
  document.documentElement.classList.add("arriving");
  if (document.body) say("");
  else document.addEventListener("DOMContentLoaded", () => say("")); // there before it speaks
  setTimeout(arrive, 8000);

  window.duchesse = { boot, list, take, listen, shown, talked, spoken };
})();
