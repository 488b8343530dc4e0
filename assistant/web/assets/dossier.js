/* The dossier: what a reader puts aside for a note, in the browser. Each thing is kept under a key
   of its own, so that two tabs do not overwrite each other's. Kept are addresses and what the
   reader wrote; the texts come from the server, and are rendered and escaped there. */
(() => {
  "use strict";
  const LONGEST = 100000; // characters of one thing
  const LARGEST = 1800000; // bytes that may be sent
  const { storage, say, copy, navigation, visit, visitPassage } = duchesse.browser;
  const { parsed } = storage;
  const ITEM = `${storage.OWN}dossier.`;
  const TITLE = `${storage.OWN}dossier-title`;

  let read = null; // the things in their order, until something changes
  let taken = []; // what was taken out last, to be put back
  const once = new Map(); // and before, by its passages: put aside again, it has its comment again

  const part = (selector) => document.querySelector(`#dossier ${selector}`);
  const dialog = () => part("dialog");

  function write(key, text) {
    storage.put(key, text);
    read = null;
  }

  function erase(key) {
    storage.erase(key);
    read = null;
  }

  const text = (key) => storage.read(key) || "";
  const anchors = (item) => (Array.isArray(item.passages) ? item.passages.map((p) => p && p.anchor) : []);
  const sound = (item) => anchors(item).length > 0 && Number.isFinite(item.place);

  /* What is no thing of ours any more goes along by its name, is never written, and is shown as
     unreadable. */
  function load(key) {
    const kept = text(key).length > LONGEST ? null : parsed(text(key));
    const id = key.slice(ITEM.length);
    return kept && typeof kept === "object" && sound(kept) ? { ...kept, id } : { id, place: Infinity };
  }

  function items() {
    if (!read) {
      read = storage.keys(ITEM).map(load);
      read.sort((a, b) => (a.place === b.place ? a.id.localeCompare(b.id) : a.place - b.place));
    }
    return read;
  }

  const keep = (item) => write(ITEM + item.id, JSON.stringify(item));

  /* Between two things, or beyond the last or the first. */
  function placeBetween(before, after) {
    const low = before && sound(before) ? before.place : null;
    const high = after && sound(after) ? after.place : null;
    if (low === null) return high === null ? 1 : high - 1;
    return high === null ? low + 1 : (low + high) / 2;
  }

  function newId() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  }

  /* What a button puts aside. In the reading pane nothing says which question a passage answered:
     the newest answer that cites it does. */
  function given(button) {
    const own = { passages: parsed(button.dataset.passages) || [], question: button.dataset.question, lang: button.dataset.lang };
    if (own.question || !button.closest("#reading")) return own;
    const cites = (other) => other.passages.length === 1 && other.passages[0].anchor === own.passages[0].anchor;
    return [...document.querySelectorAll("#talk [data-do=aside]")].map(given).filter(cites).pop() || own;
  }

  function putAside({ passages, question, lang }) {
    const all = items().filter(sound);
    const last = question ? all.map((item) => item.question).lastIndexOf(question) : -1;
    const at = last < 0 ? all.length - 1 : last; // beside what answered the same question
    const before = once.get(JSON.stringify(passages.map((p) => p.anchor)));
    keep({ comment: "", ...before, id: newId(), question, lang, passages, place: placeBetween(all[at], all[at + 1]) });
  }

  function takeOut(gone) {
    for (const item of items().filter((i) => anchors(i).some((a) => gone.has(a)))) {
      const rest = item.passages.filter((p) => !gone.has(p.anchor));
      if (rest.length) keep({ ...item, passages: rest });
      else {
        once.set(JSON.stringify(anchors(item)), { comment: item.comment });
        erase(ITEM + item.id);
      }
    }
  }

  function aside(button) {
    const { dataset } = dialog();
    const put = given(button);
    const have = new Set(items().flatMap(anchors));
    const missing = put.passages.filter((p) => !have.has(p.anchor));
    if (!missing.length) takeOut(new Set(put.passages.map((p) => p.anchor)));
    else if (have.size + missing.length > Number(dataset.most)) { warn(dataset.full); return null; }
    else putAside({ ...put, passages: missing });
    part(".unkept").hidden = true; // unless it still holds
    refresh();
    say(missing.length ? dataset.added : dataset.removed);
    return null;
  }

  /* A sentence below the header that stays: what is not kept, or finds no place. */
  function warn(sentence) {
    const place = part(".unkept");
    place.hidden = false;
    place.textContent = sentence;
  }

  /* The buttons and the number in the header say what is put aside. */
  function refresh() {
    if (!dialog()) return;
    const have = new Set(items().flatMap(anchors));
    for (const button of document.querySelectorAll("[data-do=aside]")) {
      const all = (parsed(button.dataset.passages) || []).every((p) => have.has(p.anchor));
      if (button.getAttribute("aria-pressed") === String(all)) continue;
      button.setAttribute("aria-pressed", String(all));
      button.querySelector(".word").textContent = all ? button.dataset.on : button.dataset.off;
    }
    const count = document.querySelector("#header .dossier-open .count");
    const number = `(${items().length})`;
    if (count && count.textContent !== number) count.textContent = number;
    for (const node of dialog().querySelectorAll("[data-filled]")) node.hidden = !items().length;
    const place = part(".unkept");
    if (place.hidden && items().length && !storage.isLasting(`${storage.OWN}dossier`)) warn(place.dataset.text);
  }

  /* In the panel */

  function sent() {
    const list = { title: text(TITLE), items: items().map((item) => (sound(item) ? item : { id: item.id })) };
    if (new Blob([JSON.stringify(list)]).size <= LARGEST) return list;
    tell(dialog().dataset.large);
    return null;
  }

  function ask(message) {
    const list = sent();
    return list && { ...message, dossier: list };
  }

  function tell(sentence, undo = false) {
    part(".news [role=status]").textContent = sentence;
    part("[data-do=dossier-undo]").hidden = !undo;
  }

  function open() {
    dialog().showModal();
    if (!navigation.now().dossier) visit({ dossier: true });
    part("#dossier-heading").focus();
    tell("");
    fill();
    return ask({ do: "dossier" });
  }

  const row = (node) => node.closest("li[data-id]");
  const rowOf = (id) => [...dialog().querySelectorAll("li[data-id]")].find((li) => li.dataset.id === id);

  const form = () => JSON.stringify(items().map((item) => [item.id, anchors(item)]));
  let shown = ""; // what of it is shown

  /* What the reader wrote, here since it was asked for or in another tab. */
  function fill() {
    const put = (field, value) => { if (field && field.value !== value) field.value = value; };
    put(part("[data-field=title]"), text(TITLE));
    for (const item of items()) put(rowOf(item.id) && rowOf(item.id).querySelector("[data-field]"), item.comment || "");
  }

  function show(html) {
    const { activeElement: active } = document;
    const held = row(active) && [row(active).dataset.id, active.dataset.do ? `[data-do=${active.dataset.do}]` : "[data-field]"];
    const caret = [active.selectionStart, active.selectionEnd];
    part(".kept-items").innerHTML = html; // rendered and escaped by the server
    shown = form();
    fill();
    const again = held && rowOf(held[0]) && rowOf(held[0]).querySelector(held[1]);
    if (again) again.focus();
    if (again && "field" in again.dataset) again.setSelectionRange(...caret);
    refresh();
  }

  function changedElsewhere() {
    refresh();
    if (!dialog() || !dialog().open) return;
    if (form() === shown) fill();
    else part("[data-do=dossier-show]").click();
  }

  function moveBy(button, step) {
    const li = row(button);
    const all = items().filter(sound);
    const at = all.findIndex((item) => item.id === li.dataset.id);
    const to = at + step;
    if (at >= 0 && to >= 0 && to < all.length) {
      const [before, after] = step < 0 ? [all[to - 1], all[to]] : [all[to], all[to + 1]];
      const place = placeBetween(before, after);
      const between = (!before || place > before.place) && (!after || place < after.place);
      if (between) keep({ ...all[at], place });
      else { // no number is left between them
        all.splice(to, 0, ...all.splice(at, 1));
        all.forEach((item, n) => keep({ ...item, place: n + 1 }));
      }
      if (step < 0) rowOf(all[between ? to : to + 1].id).before(li);
      else rowOf(all[between ? to : to - 1].id).after(li);
      button.focus();
      li.scrollIntoView({ block: "nearest" });
    }
    const now = items().findIndex((item) => item.id === li.dataset.id) + 1;
    tell(dialog().dataset.moved.replace("{number}", now).replace("{count}", items().length));
    return null;
  }

  function takeAway(ids) {
    taken = ids.map((id) => [ITEM + id, text(ITEM + id)]);
    for (const [key] of taken) erase(key);
  }

  function dropRow(button) {
    const li = row(button);
    const next = li.nextElementSibling || li.previousElementSibling;
    takeAway([li.dataset.id]);
    li.remove();
    refresh();
    tell(dialog().dataset.removed, true);
    if (!items().length) return clear();
    next.querySelector("[data-do=dossier-remove]").focus();
    return null;
  }

  function clear() {
    if (items().length) takeAway(items().map((item) => item.id));
    refresh();
    tell(dialog().dataset.emptied, true);
    part("[data-do=dossier-undo]").focus();
    return ask({ do: "dossier" });
  }

  function undo() {
    for (const [key, kept] of taken) write(key, kept);
    taken = [];
    refresh();
    tell(dialog().dataset.undone);
    part("#dossier-heading").focus();
    return ask({ do: "dossier" });
  }

  function close() {
    dialog().close();
    return null;
  }

  /* An entry of the history is reached in which it is open, or is not. */
  function at(isOpen) {
    if (isOpen && !dialog().open) document.querySelector("#header [data-do=dossier]").click();
    else if (!isOpen && dialog().open) close();
  }
  document.addEventListener("close", ({ target }) => { if (target === dialog() && navigation.now().dossier) history.back(); }, true);

  function openPassage(link) {
    close();
    visitPassage(link);
    return { do: "open", anchor: link.dataset.anchor };
  }

  let pressed = null;
  duchesse.extend({
    aside,
    dossier: open,
    "dossier-show": () => ask({ do: "dossier" }),
    "dossier-close": close,
    "dossier-up": (button) => moveBy(button, -1),
    "dossier-down": (button) => moveBy(button, 1),
    "dossier-remove": dropRow,
    "dossier-clear": clear,
    "dossier-undo": undo,
    "dossier-open": openPassage,
    "dossier-at": at,
    "dossier-export": (button) => { pressed = button; tell(""); return ask({ do: "note", form: button.dataset.as }); },
  }, {
    dossier: show,
    noted: (sentence) => tell(sentence),
    copied: (note) => { copy(note, pressed); tell(dialog().dataset.copied); },
  });

  document.addEventListener("input", ({ target }) => {
    const { field } = target.dataset;
    if (!field || !target.closest("#dossier")) return;
    if (field === "title") write(TITLE, target.value);
    else {
      const item = items().find((i) => i.id === row(target).dataset.id);
      if (item) keep({ ...item, comment: target.value });
    }
    refresh();
  });
  document.addEventListener("click", (event) => { if (event.target === dialog()) close(); }); // beside it
  window.addEventListener("storage", ({ key }) => {
    if (key !== null && key !== TITLE && !key.startsWith(ITEM)) return;
    read = null;
    changedElsewhere();
  });

  /* What the server sends may have new buttons at any time. */
  let due = 0;
  const later = () => { cancelAnimationFrame(due); due = requestAnimationFrame(refresh); };
  const watch = () => new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();
