// Single keys for the controls that name one in aria-keyshortcuts, on pages that have the
// switch. The reader turns them on (WCAG 2.1.4), for as long as the page is open or, where the
// frame may keep it, until turned off. They never work while a field has the focus.
(function () {
  "use strict";

  var NAME = "careerlink-keys";
  var control = document.querySelector("[data-keys-switch]");
  if (!control) {
    return;
  }

  function remembered() {
    try {
      return sessionStorage.getItem(NAME) === "on";
    } catch {
      return false;
    }
  }

  function remember(on) {
    try {
      sessionStorage.setItem(NAME, on ? "on" : "off");
    } catch {
      // The LMS's frame may have no storage; then the choice lasts for this page.
    }
  }

  function isWriting(target) {
    return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  }

  control.hidden = false;
  var box = control.querySelector("input");
  box.checked = remembered();
  document.documentElement.toggleAttribute("data-keys", box.checked);
  box.addEventListener("change", function () {
    remember(box.checked);
    document.documentElement.toggleAttribute("data-keys", box.checked);
  });

  document.addEventListener("keydown", function (event) {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isWriting(event.target)) {
      // Out of the field, so that the keys work again.
      if (event.key === "Escape") {
        event.target.blur();
      }
      return;
    }
    var wanted = document.querySelector('[aria-keyshortcuts="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (wanted) {
      event.preventDefault();
      if (wanted.matches("summary")) {
        // All that this key unfolds, at once.
        var opened = !wanted.parentElement.open;
        document.querySelectorAll('summary[aria-keyshortcuts="' + CSS.escape(event.key.toLowerCase()) + '"]').forEach(function (one) {
          one.parentElement.open = opened;
        });
      } else if (wanted.matches("input:not([type=checkbox]):not([type=radio]), textarea")) {
        wanted.focus();
      } else {
        wanted.click();
      }
    }
  });
})();
