/* What the page does in the browser: clicks on rendered text, focus, the kept conversations.
   Nothing here makes markup from text: what is shown comes rendered from the server. */
(() => {
  "use strict";
  const storage = window.duchesseStorage;
  const LANGUAGE = "duchesse.language";
  const ASKED = `${storage.OWN}asked`;
  const DRAFT = `${storage.OWN}draft`;
  const REOPENED = `${storage.OWN}reopened`;
  const SLOW = 12000; // milliseconds
  const LOST = 40000; // milliseconds
  const PENDING = 10000; // milliseconds: what was pressed and is not done by then was lost
  const navigation = window.duchesseNavigation;
  let asks = ""; // a question with which the page is opened

  /* A login ends after some hours, with a new password, or in another tab: then this page is the
     login. What was answered is kept by the browser, and is there again after it. */
  const request = window.fetch;
  window.fetch = async (...given) => {
    const address = String(given[0] && given[0].url ? given[0].url : given[0]);
    const reply = await request.apply(window, given).catch((fault) => {
      if (address.includes("/queue/join") && names) say(names.offline, true);
      throw fault;
    });
    if (reply.status === 401 || (reply.status === 404 && address.includes("/queue/join"))) location.reload();
    return reply;
  };

  function language() {
    const own = storage.read(LANGUAGE);
    if (own === "fr" || own === "nl") return own;
    for (const tag of navigator.languages || []) {
      const code = tag.slice(0, 2).toLowerCase();
      if (code === "fr" || code === "nl") return code;
    }
    return "";
  }

  /* What a link asks that was opened (see shared_link.py); its address is left once it is asked. */
  function shared() {
    let hash = location.hash.slice(1);
    for (let n = 0; n < 5 && /^question%/i.test(hash); n += 1) { // encoded again on the way
      try { hash = decodeURIComponent(hash); } catch { break; }
    }
    const given = new URLSearchParams(hash);
    if (!given.get("question")) return null;
    return Object.fromEntries(["question", "language", "build", "after"].map((key) => [key, (given.get(key) || "").slice(0, 5000)]));
  }

  /* The address where it is one of a passage, in whatever state it came; the server reads it. */
  function leads() {
    const [, given] = /[?&#;](?:passage=|passage%|src-)(.*)$/i.exec(location.search + location.hash) || [];
    return given ? location.search + location.hash : "";
  }
  addEventListener("hashchange", () => { if (shared() || leads()) location.reload(); });

  function boot() {
    const [asked, draft] = [ASKED, DRAFT].map((key) => { const found = storage.read(key); storage.erase(key); return found; });
    unkept();
    asks = asked;
    return {
      lang: language(),
      passage: leads(),
      shared: shared(),
      asked,
      draft,
      conversation: storage.current(),
      history: storage.list(),
    };
  }

  /* The server knows this page no more: it is opened anew, with what the browser has kept. */
  function again(question) {
    if (question) storage.putInTab(ASKED, question);
    location.reload();
  }

  /* The page may go at any time: with its tab, or as its server starts anew. What is typed, or
     still searched, is then in the box again. */
  function draft() {
    const searched = document.querySelector("#talk .turn:has(.noted.searching) .asked p");
    const typed = (box() && box().value.trim()) || (searched && searched.textContent);
    if (typed && storage.read(ASKED) === null) storage.putInTab(DRAFT, typed);
    else storage.erase(DRAFT);
  }
  addEventListener("pagehide", draft);
  document.addEventListener("visibilitychange", draft);

  /* What the browser does not keep is said: where it says that it keeps it, and once aloud. */
  function unkept() {
    const page = document.documentElement;
    const lost = !storage.areKept();
    const isNew = lost && !page.classList.contains("unkept");
    page.classList.toggle("unkept", lost);
    return isNew;
  }

  function keep(conversation) {
    storage.keep(conversation);
    const told = document.querySelector("#disclosure .not-kept");
    if (unkept() && told) say(told.textContent, true);
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
    settled();
    if (!message) return;
    if ("again" in message) { again(message.again); return; }
    if (message.keep) {
      keep(message.keep);
      if (shared()) history.replaceState(history.state, "", location.pathname + location.search);
    }
    if (message.say) say(message.say);
    if (message.warn) say(message.warn, true);
    if (message.move) move(message.move);
    if (message.picture) hang(message.picture);
    for (const [part, use] of Object.entries(more.takes)) if (message[part]) use(message[part]);
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
      (button.closest("dialog") || document.body).append(area); // what is behind a dialog takes no focus
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(button.dataset.done);
    if ("name" in button.dataset) return; // it still says so
    button.dataset.name = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = button.dataset.name; delete button.dataset.name; }, 1600);
  }

  /* Said once, and shown where it is a warning. Emptied first, for the same words twice are
     otherwise no change. */
  let saying = 0;
  let leaving = 0;
  function say(text, seen = false) {
    let live = document.getElementById("duchesse-live");
    if (!live) {
      live = document.createElement("div");
      live.id = "duchesse-live";
      live.setAttribute("role", "status");
      live.setAttribute("aria-live", "polite");
      document.body.append(live);
    }
    live.textContent = "";
    live.className = seen ? "warning" : "unseen";
    cancelAnimationFrame(saying);
    clearTimeout(leaving);
    if (text) saying = requestAnimationFrame(() => { live.textContent = text; });
    if (seen) leaving = setTimeout(() => say(""), SLOW);
  }

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behaviour = () => (still() ? "auto" : "smooth");
  const hovers = () => matchMedia("(hover: hover)").matches; // no keyboard that covers the screen
  const box = () => document.querySelector("#question textarea");

  /* What was pressed may go with what comes: then the focus goes there, and is not lost. */
  let wish = null;
  function wants(selector, tries = 1200) {
    const own = {};
    wish = own;
    const look = () => {
      if (wish !== own || !tries) return;
      tries -= 1;
      const { activeElement, body } = document;
      const lost = !activeElement || activeElement === body || !activeElement.getClientRects().length;
      const node = lost && document.querySelector(selector);
      if (node && node.getClientRects().length) node.focus({ preventScroll: true });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  /* Beside an answer the box stays in sight where it is wide enough; else what came is reached. */
  const inSight = () => ["asking", "buttons"].some((id) => getComputedStyle(document.getElementById(id)).position === "sticky");
  function asked() {
    if (hovers() && inSight()) box().focus({ preventScroll: true });
    else wants("#talk .turn:last-child");
  }

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
    if (pane) translate(pane);
    const target = element.querySelector("[data-focus]");
    if (!pane || !target) return;
    if (pane.dataset.quiet === "true") { whenShown(target, () => reveal(target)); return; }
    go(target);
  }

  let both = false; // each passage in both languages, until the other one is left out again
  function translate(pane) {
    const toggle = pane.querySelector("[data-do=working]");
    if (!toggle) return;
    toggle.setAttribute("aria-pressed", String(both));
    pane.classList.toggle("both", both);
    for (const original of pane.querySelectorAll("details.second")) original.open = both;
  }

  /* What changes the height of passages leaves the one that is read where it is. */
  function steady(pane, change) {
    const side = document.getElementById("side");
    const scrolls = side.scrollHeight > side.clientHeight + 1 ? side : document.scrollingElement;
    const { top: from, bottom: to } = scrolls === side ? side.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const top = (node) => node.getBoundingClientRect().top;
    const seen = [...pane.querySelectorAll(".passage")].filter((p) => top(p) < to && p.getBoundingClientRect().bottom > from);
    const read = seen.find((p) => p.matches(".here")) || seen.find((p) => top(p) >= from) || seen[0];
    const before = read && top(read);
    change();
    if (read) scrolls.scrollBy({ top: top(read) - before, behavior: "auto" });
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
    translate(pane);
    go(pane.querySelector("[data-focus]"));
  }

  function go(target) {
    whenShown(target, () => {
      target.focus({ preventScroll: true });
      if (!reveal(target)) target.scrollIntoView({ block: "start", behavior: behaviour() });
    });
  }

  /* A search that lasts is said to last: nobody looks at moving dots for long. */
  let waiting = 0;
  function slow() {
    const note = document.querySelector("#talk .slow");
    if (!note) return;
    note.hidden = false;
    say(note.textContent);
  }

  const drafts = new Map(); // what is written on a verdict, for the conversation is shown anew
  document.addEventListener("input", ({ target }) => {
    if (target.dataset.draft) drafts.set(target.dataset.draft, target.value);
  });

  let last = "";
  let restoring = false;
  function talked(element) {
    const talk = element.querySelector(".talk");
    if (!talk || talk.dataset.serial === last) return;
    last = talk.dataset.serial;
    entitle({ subject: talk.dataset.title });
    for (const area of talk.querySelectorAll("[data-draft]")) {
      area.value = drafts.get(area.dataset.draft) || "";
      area.closest("details").open = Boolean(area.value);
    }
    if (talk.dataset.says) say(talk.dataset.says);
    clearTimeout(waiting);
    if (talk.querySelector(".slow")) waiting = setTimeout(slow, SLOW);
    if (!("fresh" in talk.dataset)) return;
    const turn = element.querySelector(".turn:last-child");
    if (!turn) return;
    const inBox = document.activeElement === box();
    const typing = inBox && box().value.trim(); // on another question, meanwhile
    if (typing && !inSight()) return;
    whenShown(turn, () => turn.scrollIntoView({ block: "start", behavior: behaviour() }));
    if (restoring || (inBox && !typing && !(hovers() && inSight()))) turn.focus({ preventScroll: true });
    restoring = false;
  }

  let told = ""; // of the cited texts that come: said when it changes, not with each step
  function arrived(element) {
    const strip = element.querySelector(".arrivals");
    const says = strip ? strip.dataset.says.trim() : "";
    if (says && says !== told) say(says);
    told = says;
  }

  function spoken(element) {
    const brand = element.querySelector("[data-lang]");
    if (!brand) return;
    document.documentElement.lang = brand.dataset.lang;
    window.duchesseTheme.paint();
    if (brand.dataset.ready === "true") arriveWithAll();
    entitle({ name: brand.dataset.title });
    name(brand.dataset);
  }

  const title = { subject: "", name: "" };
  function entitle(part) {
    Object.assign(title, part);
    const { subject, name } = title;
    document.title = subject ? `${subject} – ${name.split(" – ")[0]}` : name;
  }

  /* The framework names the button behind which tabs go that do not fit, in English; its tabs
     are each a stop of the Tab key, and its panels have no name. It may draw them after the
     header, and again at any time. */
  let names = null;
  function name(given) {
    const set = (node, key, value) => { if (node && node.getAttribute(key) !== value) node.setAttribute(key, value); };
    const put = () => {
      set(document.getElementById("side"), "role", "region");
      set(document.getElementById("side"), "aria-label", names.pane);
      set(document.querySelector("#side [role=tablist]"), "aria-label", names.tabs);
      const others = document.querySelector("#side .overflow-menu > button");
      set(others, "aria-label", names.more);
      if (others) set(others, "aria-expanded", String(!others.nextElementSibling.classList.contains("hide")));
      for (const tab of tabs()) {
        set(tab, "tabindex", tab.getAttribute("aria-selected") === "true" ? "0" : "-1");
        set(document.getElementById(tab.getAttribute("aria-controls")), "aria-labelledby", tab.id);
      }
    };
    if (!names) {
      new MutationObserver(put).observe(document.body, {
        childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "aria-selected", "class"],
      });
    }
    names = given;
    put();
  }

  /* Each tab is found again where it was left. */
  const places = new Map();
  let open = "";
  function keepPlace(tab) {
    const pane = document.getElementById("side");
    places.set(open || "reading", pane.scrollTop);
    open = tab.dataset.tabId;
    const top = places.get(open) || 0;
    requestAnimationFrame(() => requestAnimationFrame(() => pane.scrollTo({ top, behavior: "auto" })));
  }

  const tabs = () => [...document.querySelectorAll("#side [role=tablist] > [role=tab]")];

  function step(event) {
    const all = tabs();
    const at = all.indexOf(event.target);
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = all[(to + all.length) % all.length];
    tab.click();
    tab.focus();
  }

  /* The parts of the page come one after another: what a reader has reached must not go again. */
  function arriveWithAll() {
    if (!answered()) { requestAnimationFrame(arriveWithAll); return; }
    storage.erase(REOPENED);
    arrive();
    navigation.follow(reached);
  }

  const answered = () => Boolean(document.querySelector("#talk .talk:not([data-first])"));

  /* What the page shows is asked for once. Where a part of the page, or that answer, was lost on
     the way, nothing would come any more: the page is opened anew, once. */
  function reopen() {
    if (answered() || storage.read(REOPENED)) return;
    storage.putInTab(REOPENED, "true");
    again(asks);
  }

  function arrive() {
    const page = document.documentElement;
    if (!page.classList.contains("arriving")) return;
    page.classList.remove("arriving");
    const free = box() && !document.querySelector(".reading [data-focus]") && hovers();
    if (free && box().getBoundingClientRect().bottom <= innerHeight) box().focus({ preventScroll: true });
  }

  /* The menu of a narrow page: it closes with Escape, with a choice, and with a click elsewhere. */
  function menu(open) {
    const opener = document.querySelector("#header .opener");
    const before = Boolean(opener) && opener.getAttribute("aria-expanded") === "true";
    if (opener) opener.setAttribute("aria-expanded", String(open));
    return before;
  }

  function reach(node, focus) {
    whenShown(node, () => requestAnimationFrame(() => {
      node.scrollIntoView({ block: "start", behavior: behaviour() });
      focus().focus({ preventScroll: true });
    }));
  }

  const newest = () => document.querySelector("#talk .turn:last-child");
  const tabNames = () => [...document.querySelectorAll("#side [role=tab], #side .overflow-dropdown button")];
  const shownTab = () => (tabs().find((tab) => tab.getAttribute("aria-selected") === "true") || { dataset: {} }).dataset.tabId;

  /* How what is shown is found again: the tab, and how far the pane is scrolled in it. */
  const left = () => ({ tab: shownTab(), top: document.getElementById("side").scrollTop });
  const visit = (change, node) => navigation.visit(change, left(), node);

  /* The passage at an address, among those that its entry in the history says. */
  function visitPassage(target, change) {
    const { anchor } = target.dataset;
    const own = { conversation: storage.read(storage.CURRENT), anchor, ...change };
    visit({ tab: "reading", place: own, home: navigation.now().depth, dossier: false }, target);
  }

  /* From the passage that is shown: of the same answer, or of the newest, which the page shows. */
  function onward(anchor, change) {
    const { place } = navigation.now();
    const turn = newest() && newest().dataset.turn;
    return { conversation: storage.read(storage.CURRENT), turn, ...place, spot: undefined, anchor, ...change };
  }

  let tell = () => {}; // the server, of what a click in the pane means
  let moving = false; // tabs open by themselves, not by a reader

  /* A step through the history waits for what was pressed, or stepped to, before it: else the pane
     would show what is done last. Of several that wait the last is told, for it says all that is
     open. */
  let pending = 0;
  let next = null;
  function pressed() {
    clearTimeout(pending);
    pending = setTimeout(settled, PENDING);
  }
  function travel(told) {
    if (pending) { next = told; return; }
    pressed();
    tell("select", told);
  }
  function settled() {
    const told = next;
    clearTimeout(pending);
    [pending, next] = [0, null];
    if (told) travel(told);
  }

  function returnTo(node) {
    whenShown(node, () => {
      node.focus({ preventScroll: true });
      node.scrollIntoView({ block: "center", behavior: behaviour() });
    });
  }

  /* The link in the answer that leads to the passage that is shown, or else the question box. */
  function citing() {
    const shown = document.querySelector("#reading .here .back");
    const links = shown ? [...document.querySelectorAll("#talk [data-anchor]")] : [];
    return links.filter((n) => n.dataset.anchor === shown.dataset.anchor).pop() || box();
  }

  /* An entry of the history that is reached with Back or Forward. */
  const askedOf = ({ place }) => place && { ...place, spot: undefined };
  function reached(now, before, node) {
    const { tab = "reading", place, dossier, top = 0 } = now;
    if (more.acts["dossier-at"]) more.acts["dossier-at"](Boolean(dossier));
    moving = true;
    const name = tabs().find((one) => one.dataset.tabId === tab);
    if (name && tab !== shownTab()) name.click();
    moving = false;
    const back = now.depth < before.depth;
    if (JSON.stringify(askedOf(now)) !== JSON.stringify(askedOf(before))) {
      const known = place && place.conversation === storage.read(storage.CURRENT);
      travel(place ? { do: "open", ...place, ...(!known && { turn: undefined }) } : { do: "leave" });
      if (place || dossier) return;
    } else if (place && place.spot) { go(document.getElementById(`src-${place.spot}`)); return; }
    else document.getElementById("side").scrollTo({ top, behavior: "auto" });
    if (!back || !before.place || dossier) return;
    if (node && node.isConnected) returnTo(node);
    else if (tab === "documents") wants("#words textarea, #words input");
    else returnTo(citing());
  }

  /* From a passage to what it was opened from. */
  function back(target) {
    if (navigation.leave()) return null;
    if (target.closest(".reading").dataset.origin === "documents") {
      wants("#words textarea, #words input");
      return { do: "documents" };
    }
    returnTo(citing());
    return null;
  }

  /* What a click on rendered text means. Returns what the server is told, or null. */
  function act(target, element) {
    const { dataset } = target;
    switch (dataset.do) {
      case "skip":
        box().focus();
        return null;
      case "ask":
        navigation.alter({ place: null, home: undefined });
        asked();
        return { ...dataset };
      case "lang":
        storage.put(LANGUAGE, dataset.value);
        return { do: "lang", lang: dataset.value, history: storage.list() };
      case "theme":
        window.duchesseTheme.choose(dataset.value);
        return null;
      case "menu":
        menu(target.getAttribute("aria-expanded") !== "true");
        return null;
      case "talk": {
        menu(false);
        const turn = document.querySelector("#talk .turn:last-child");
        if (turn) reach(turn, () => turn);
        else reach(document.querySelector("#talk"), box);
        return null;
      }
      case "tab": {
        menu(false);
        const name = target.textContent;
        tabNames().find((b) => b.textContent.trim() === name).click();
        reach(document.getElementById("side"), () => document.querySelector("#side [role=tab][aria-selected=true]"));
        return null;
      }
      case "copy":
        copy(dataset.copy, target);
        return null;
      case "link": {
        const link = new URL(location.pathname, location.origin);
        link.searchParams.set("passage", dataset.anchor);
        copy(link.toString(), target);
        return null;
      }
      case "share": {
        const { question, language, build, after } = dataset;
        const link = new URL(location.pathname, location.origin);
        link.hash = new URLSearchParams({ question, language, build, ...(after && { after }) });
        copy(link.toString(), target);
        return null;
      }
      case "working": {
        const pane = target.closest(".reading");
        both = !both;
        steady(pane, () => translate(pane));
        return null;
      }
      case "back":
        return back(target);
      case "jump": {
        const place = document.getElementById(`src-${dataset.anchor}`);
        visit({ place: onward(place ? (navigation.now().place || {}).anchor : dataset.anchor, { spot: dataset.anchor }) }, target);
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
        restoring = true;
        navigation.alter({ place: null, home: undefined });
        return { do: "restore", conversation: storage.load(dataset.id) };
      case "rename": {
        const title = prompt(dataset.ask, dataset.title);
        const renamed = (title || "").trim().slice(0, 200);
        if (!renamed || !storage.load(dataset.id)) return null;
        storage.rename(dataset.id, renamed);
        wants(`#history [data-do=rename][data-id="${CSS.escape(dataset.id)}"]`);
        return { do: "listed", history: storage.list(), renamed, id: dataset.id };
      }
      case "delete":
        if (!confirm(dataset.ask)) return null;
        storage.forget(dataset.id);
        unkept(); // there is room now, perhaps
        document.querySelector("#history h2").focus(); // not on what comes in the place of this button
        wants("#history h2");
        return { do: "listed", history: storage.list(), deleted: dataset.id };
      case "rollback":
        return confirm(dataset.ask) ? { do: "rollback" } : null;
      case "comment": {
        const { value } = target.closest(".comment").querySelector("textarea");
        if (!value.trim()) return null;
        wants(`#talk [data-turn="${CSS.escape(dataset.turn)}"] .thanks`);
        return { ...dataset, comment: value };
      }
      case "withdraw":
        wants(`#talk [data-turn="${CSS.escape(dataset.turn)}"] [data-verdict=good]`);
        return { ...dataset };
      case "judge":
        wants(`#talk [data-turn="${CSS.escape(dataset.turn)}"] .thanks`);
        return { ...dataset };
      case "whole":
      case "section":
        visit({ place: onward(dataset.anchor, { whole: dataset.do === "whole" }) }, target);
        return { ...dataset };
      case "document":
        visitPassage(target, { whole: true, from: "documents" });
        return { ...dataset };
      case "open": {
        const { anchor, turn, from } = dataset;
        const keep = dataset.keep === "true";
        if (target.closest(".steps")) navigation.alter({ place: onward(anchor) }); // along one answer
        else if (keep) visit({ place: onward(anchor) }, target);
        else visitPassage(target, { turn, from });
        return { do: "open", anchor, turn, from, keep };
      }
      default:
        return Object.hasOwn(more.acts, dataset.do) ? more.acts[dataset.do](target) : { ...dataset };
    }
  }

  const more = { acts: {}, takes: {} }; // of other scripts: what a click means, what the server tells
  function extend(acts, takes) { Object.assign(more.acts, acts); Object.assign(more.takes, takes); }

  function listen(element, trigger) {
    if (element.closest("#reading")) tell = trigger;
    element.addEventListener("click", (event) => {
      const target = event.target.closest("[data-do]");
      if (!target || !element.contains(target)) return;
      if (target.href && (event.ctrlKey || event.metaKey || event.shiftKey)) return; // in a tab of its own
      event.preventDefault();
      const told = act(target, element);
      if (!told) return;
      if (told.do !== "ask") pressed();
      trigger(told.do === "ask" ? "submit" : "select", told);
    });
  }

  /* The passages that a written sentence rests on, while it is pointed at or has the focus. */
  function supported(event) {
    const said = event.target.closest && event.target.closest(".said");
    for (const node of document.querySelectorAll(".supports")) node.classList.remove("supports");
    if (!said) return;
    const cited = said.dataset.cites.split(" ");
    for (const node of said.closest(".answered").querySelectorAll("[data-number]")) {
      node.classList.toggle("supports", cited.includes(node.dataset.number));
    }
  }
  document.addEventListener("mouseover", supported);
  document.addEventListener("focusin", supported);

  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".judge[open], .comment[open], .missing details[open]") && event.target.contains(document.activeElement)) event.target.scrollIntoView({ block: "nearest", behavior: behaviour() });
  }, true);

  /* The questions of this conversation, as a shell has them: up and down, from the empty box on.
     What was typed, or changed in one that was brought back, stays as it is. */
  /* How long the question is, once it is near the limit; one that is too long is not sent. */
  function measure() {
    const line = document.querySelector("#disclosure .length");
    if (!line || !box()) return false;
    const [count, most] = [[...box().value.trim()].length, Number(line.dataset.most)];
    const over = count > most;
    const told = count > 0.8 * most ? line.dataset[over ? "over" : "count"].replace("{count}", count) : "";
    if (line.textContent !== told) line.textContent = told;
    line.classList.toggle("over", over);
    return over;
  }
  document.addEventListener("input", ({ target }) => { if (target === box()) measure(); });
  function hold(event) {
    if (!measure()) return;
    event.preventDefault();
    event.stopPropagation();
    say(document.querySelector("#disclosure .length").textContent, true);
  }
  document.addEventListener("click", (event) => { if (event.target.closest("#send")) hold(event); }, true);
  document.addEventListener("keydown", (event) => { if (event.target === box() && event.key === "Enter" && !event.shiftKey) hold(event); }, true);

  let recalled = null; // its place among the questions, and its words
  function recall(event) {
    const area = event.target;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { value, selectionStart: start, selectionEnd: end } = area;
    const questions = [...document.querySelectorAll("#talk .asked p")].map((p) => p.textContent);
    const walks = recalled && value && value === recalled.words;
    if ((value && !walks) || start !== end || (start !== 0 && start !== value.length)) return;
    const at = (walks ? recalled.at : questions.length) + step;
    if (at < 0 || at > questions.length) return;
    event.preventDefault();
    area.value = questions[at] || "";
    recalled = { at, words: area.value };
    area.dispatchEvent(new Event("input", { bubbles: true })); // the framework keeps what is typed
    area.setSelectionRange(area.value.length, area.value.length);
  }

  /* Before the framework opens the tab. */
  document.addEventListener("click", ({ target }) => {
    const tab = target.closest("#side [role=tab]");
    if (tab && !moving && tab.dataset.tabId !== shownTab()) visit({ tab: tab.dataset.tabId }, tab);
  }, true);

  /* The page's own buttons, and keys. */
  document.addEventListener("click", (event) => {
    if (event.target.closest("#side [role=tab]")) keepPlace(event.target);
    if (event.target.closest("#side .overflow-dropdown")) wants("#side [role=tab][aria-selected=true]");
    if (!event.target.closest("#menu, .opener")) menu(false);
    const button = event.target.closest("#send, #stop, #new");
    if (button && button.id !== "stop") navigation.alter({ place: null, home: undefined });
    if (button && button.id === "send") asked();
    else if (button && hovers() && inSight()) box().focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.target === box()) recall(event);
    if (event.target.closest("#side [role=tablist]")) step(event);
    const others = document.querySelector("#side .overflow-menu > button[aria-expanded=true]");
    if (event.key === "Escape" && menu(false)) { document.querySelector("#header .opener").focus(); return; }
    if (event.key === "Escape" && others) { others.click(); others.focus(); return; }
    const leave = event.key === "Escape" && event.target.closest("#reading") && document.querySelector("#reading [data-do=back]");
    if (leave) leave.click();
  });

  /* On paper: when and where it was printed, and the pane where a reader has opened something. */
  function print() {
    const line = document.querySelector("#footer .printed");
    const date = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    line.textContent = line.dataset.text.replace("{date}", date).replace("{address}", location.origin + location.pathname);
    document.documentElement.classList.toggle("opened", Boolean(navigation.now().place) || shownTab() !== "reading");
  }
  addEventListener("beforeprint", print);
  matchMedia("print").addEventListener("change", ({ matches }) => { if (matches) print(); });

  /* The page shows once it speaks the reader's language and has their conversation back, so
     that nothing flashes by and no question is asked before that. */
  document.documentElement.classList.add("arriving");
  if (document.body) say("");
  else document.addEventListener("DOMContentLoaded", () => say("")); // there before it speaks
  setTimeout(arrive, 8000);
  setTimeout(reopen, LOST);

  const browser = { storage, say, copy, navigation, visit, visitPassage };
  window.duchesse = { boot, list: storage.list, take, listen, shown, talked, arrived, spoken, extend, browser };
})();
