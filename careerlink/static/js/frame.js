// Tells the LMS around the frame how high the page is and that a new one begins at its top, and
// leads to the error summary. Canvas listens; Moodle ignores it and keeps its scroll bar.
// https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.lti_window_post_message
(function () {
  "use strict";

  var lastHeight = 0;

  // The messages hold nothing but a number, so any parent may read them.
  function tell(message) {
    window.parent.postMessage(message, "*");
  }

  function tellHeight() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== lastHeight) {
      lastHeight = height;
      tell({ subject: "lti.frameResize", height: height });
    }
  }

  // The frame is as high as its page, so it is the page around it that is scrolled down.
  function tellTop() {
    var entry = performance.getEntriesByType("navigation")[0];
    var isReturn = entry && (entry.type === "back_forward" || entry.type === "reload");
    if (!window.location.hash && !isReturn) {
      tell({ subject: "lti.scrollToTop" });
    }
  }

  function focusErrors(root) {
    var summary = root.querySelector(".error-summary");
    if (summary) {
      summary.focus();
    }
  }

  if (window.parent !== window) {
    tellHeight();
    tellTop();
    window.addEventListener("load", tellHeight);
    new ResizeObserver(tellHeight).observe(document.body);
  }
  focusErrors(document);
  document.addEventListener("htmx:afterSettle", function (event) {
    focusErrors(event.target);
  });
})();
