// Tells the LMS around the frame how high the page is, and leads to the error summary.
(function () {
  "use strict";

  var lastHeight = 0;

  function tellHeight() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === lastHeight) {
      return;
    }
    lastHeight = height;
    // The message holds nothing but a number, so any parent may read it.
    window.parent.postMessage({ subject: "lti.frameResize", height: height }, "*");
  }

  function focusErrors(root) {
    var summary = root.querySelector(".error-summary");
    if (summary) {
      summary.focus();
    }
  }

  if (window.parent !== window) {
    tellHeight();
    window.addEventListener("load", tellHeight);
    new ResizeObserver(tellHeight).observe(document.body);
  }
  focusErrors(document);
  document.addEventListener("htmx:afterSettle", function (event) {
    focusErrors(event.target);
  });
})();
