// While a form is on its way: its button says so and a second press sends nothing. A page that
// answered a form is left as the page of that form, so that coming back asks for nothing again
// and no browser offers to send twice (personal pages are not kept, so it would have to).
(function () {
  "use strict";

  var SOON = 700;
  // An answer may be a file; then the page stays, and its form can be used again.
  var LONGEST = 15000;
  var body = document.body;
  var status = document.createElement("p");
  var timers = [];

  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  body.append(status);

  function rest(form) {
    timers.forEach(clearTimeout);
    timers = [];
    status.textContent = "";
    form.removeAttribute("data-on-its-way");
    form.querySelectorAll("[aria-busy]").forEach(function (button) {
      button.removeAttribute("aria-busy");
    });
  }

  function leaveAsForm() {
    var from = document.referrer;
    if (body.hasAttribute("data-answers-a-form") && from.startsWith(location.origin + "/")) {
      history.replaceState(history.state, "", from);
    }
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.target) {
      return;
    }
    if (form.hasAttribute("data-on-its-way")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-on-its-way", "");
    leaveAsForm();
    timers = [
      setTimeout(function () {
        status.textContent = body.dataset.sending;
        if (event.submitter) {
          event.submitter.setAttribute("aria-busy", "true");
        }
      }, SOON),
      setTimeout(rest, LONGEST, form),
    ];
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-on-its-way]").forEach(rest);
    }
  });
})();
