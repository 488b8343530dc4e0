/* What a browser keeps of a reader: their language, their conversations.

   Each answer is kept under a key of its own, so that two tabs or windows that write at once do not
   overwrite each other's. What the large store does not take (it may be full, or blocked) is kept in
   that of the tab, and what that does not take for as long as the page is open; nothing gives way. */
window.duchesseStorage = (() => {
  "use strict";
  const OWN = `duchesse${location.pathname.replace(/\/[^/]*$/, "")}.`; // several pages may share a host
  const CONVERSATION = `${OWN}conversation.`;
  const CURRENT = `${OWN}current`;
  const LASTING = "localStorage";
  const TAB = "sessionStorage";
  const MOST = 100; // answers of a conversation that is opened
  const LONGEST = 1500000; // characters of a conversation that is opened
  const page = new Map();

  /* Where a browser blocks its stores, already their names are an error. */
  const use = (area, act) => { try { return act(window[area]); } catch { return undefined; } };
  const within = (area, key) => { const found = use(area, (store) => store.getItem(key)); return found === undefined ? null : found; };

  /* What found no room in the lasting store is newer than what is there. */
  function read(key) {
    if (page.has(key)) return page.get(key);
    const ofTab = within(TAB, key);
    return ofTab === null ? within(LASTING, key) : ofTab;
  }

  /* In the first store that takes it. Is that the lasting one? */
  function put(key, text, areas = [LASTING, TAB]) {
    const taken = areas.find((area) => use(area, (store) => { store.setItem(key, text); return true; }));
    if (taken) page.delete(key);
    else page.set(key, text);
    if (taken === LASTING) use(TAB, (store) => store.removeItem(key));
    return taken === LASTING;
  }

  const putInTab = (key, text) => put(key, text, [TAB]);

  function erase(key) {
    for (const area of [LASTING, TAB]) use(area, (store) => store.removeItem(key));
    page.delete(key);
  }

  const named = (area) => use(area, (store) => Object.keys(store)) || [];
  const tabKeys = (prefix) => [...new Set([...named(TAB), ...page.keys()])].filter((key) => key.startsWith(prefix));
  const keys = (prefix) => [...new Set([...named(LASTING).filter((key) => key.startsWith(prefix)), ...tabKeys(prefix)])];
  const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

  /* Is all that begins so kept beyond this tab? What found no room before may find some now. */
  function isLasting(prefix) {
    const unkept = tabKeys(prefix).filter((key) => !put(key, read(key)));
    return unkept.length === 0 && use(LASTING, (store) => store.length) !== undefined;
  }

  /* Conversations: what is said of one under its name, each answer under that and its own. */
  const known = new Map(); // answers as this tab has read or written them

  function turns(id) {
    const found = keys(`${CONVERSATION}${id}.`).map((key) => [key.slice(key.lastIndexOf(".") + 1), read(key)]);
    return found.sort(([one], [other]) => (one < other ? -1 : 1));
  }

  function about(id) {
    const kept = parsed(read(CONVERSATION + id));
    return kept && kept.id === id ? kept : null;
  }

  /* With its newest answers: as many as can be sent. */
  function load(id) {
    const kept = about(id);
    if (!kept) return null;
    const newest = [];
    let room = LONGEST;
    for (const [turn, text] of turns(id).reverse()) {
      room -= text.length;
      if (room < 0 || newest.length === MOST) break;
      known.set(`${CONVERSATION}${id}.${turn}`, text);
      newest.unshift(parsed(text));
    }
    return { ...kept, turns: newest.filter(Boolean) };
  }

  function list() {
    const ids = keys(CONVERSATION).map((key) => key.slice(CONVERSATION.length)).filter((name) => !name.includes("."));
    const found = ids.map(about).filter(Boolean).sort((a, b) => String(b.started).localeCompare(String(a.started)));
    return found.map((kept) => ({
      id: kept.id, title: kept.title, started: kept.started, count: Math.min(turns(kept.id).length, MOST),
    }));
  }

  /* An answer is written where this tab has changed it: another may have changed it since. */
  function keep(conversation) {
    const { id } = conversation;
    putInTab(CURRENT, id);
    if (!conversation.turns.length) return;
    const before = about(id) || {};
    for (const turn of conversation.turns) {
      const [key, text] = [`${CONVERSATION}${id}.${turn.id}`, JSON.stringify(turn)];
      if (known.get(key) !== text || read(key) === null) put(key, text);
      known.set(key, text);
    }
    const { started, title } = conversation;
    const name = before.named ? { title: before.title, named: true } : { title };
    put(CONVERSATION + id, JSON.stringify({ id, started, ...name }));
  }

  function rename(id, title) {
    put(CONVERSATION + id, JSON.stringify({ ...about(id), title, named: true }));
  }

  function forget(id) {
    for (const key of [CONVERSATION + id, ...keys(`${CONVERSATION}${id}.`)]) erase(key);
  }

  const current = () => { const id = read(CURRENT); return id ? load(id) : null; };
  const areKept = () => isLasting(CONVERSATION);

  return { OWN, CURRENT, read, put, putInTab, erase, keys, parsed, isLasting, load, list, keep, rename, forget, current, areKept };
})();
