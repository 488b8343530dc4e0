/* Light, dark, or as the system is: the choice is kept by the browser. It runs in the head, so
   that nothing is shown in other colours first. Its class is also on the body, where the
   framework looks for it and would set its own. */
(() => {
  "use strict";
  const KEY = "duchesse.theme";
  const THEMES = ["light", "dark", "system"];
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  let chosen = null; // where the browser keeps nothing

  const theme = () => { const found = chosen || kept(); return THEMES.includes(found) ? found : "system"; };

  function paint() {
    const now = theme();
    const dark = now === "dark" || (now === "system" && system.matches);
    for (const node of [document.documentElement, document.body]) {
      if (node && node.classList.contains("dark") !== dark) node.classList.toggle("dark", dark);
    }
    for (const button of document.querySelectorAll("[data-do=theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.value === now));
    }
  }

  function choose(name) {
    chosen = name;
    try { localStorage.setItem(KEY, name); } catch { /* then for as long as the page is open */ }
    paint();
  }

  paint();
  system.addEventListener("change", paint);
  addEventListener("storage", (event) => { // chosen in another tab
    if (event.key !== KEY) return;
    chosen = null;
    paint();
  });
  const watch = () => { paint(); new MutationObserver(paint).observe(document.body, { attributeFilter: ["class"] }); };
  if (document.body) watch();
  else new MutationObserver((_, waiting) => { if (document.body) { waiting.disconnect(); watch(); } }).observe(document.documentElement, { childList: true });

  window.duchesseTheme = { choose, paint };
})();
