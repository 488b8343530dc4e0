/* What a reader opens - a passage, a document, a tab, the dossier - as entries of the browser's
   history: Back closes it, Forward opens it again. An entry says what was opened in the words in
   which the server is asked for it, so that it holds over a reload. Its depth is how many are
   below it, its home the depth of the answer, or the list, from which its passages were opened. */
window.duchesseNavigation = (() => {
  "use strict";
  const START = { depth: 0, place: null };
  const pressed = new Map(); // by depth: what was pressed there to go on
  const now = () => (history.state && history.state.duchesse) || START;
  const put = (way, view) => history[way]({ ...history.state, duchesse: view }, "");

  let here = now(); // before the entry that is reached with Back or Forward

  /* In the entry that is there: what differs does not lead anywhere else. */
  function alter(change) {
    here = { ...now(), ...change };
    put("replaceState", here);
  }

  /* In a new entry; `left` is how the one before it is found again, `node` what was pressed. */
  function visit(change, left, node) {
    alter(left);
    pressed.set(here.depth, node);
    here = { ...here, ...change, depth: here.depth + 1 };
    put("pushState", here);
  }

  /* To where the passages were opened from; false where no entry is known for that. */
  function leave() {
    const { home, depth } = now();
    if (home === undefined || home === depth) return false;
    history.go(home - depth);
    return true;
  }

  /* `show` is given the entry that is reached, and the one before it. */
  function follow(show) {
    const reach = (before) => { here = now(); show(here, before, pressed.get(here.depth)); };
    addEventListener("popstate", () => reach(here));
    if (!now().depth) return;
    alter({ dossier: undefined }); // a page that opens opens no panel over it
    reach(START);
  }

  return { now, alter, visit, leave, follow };
})();
