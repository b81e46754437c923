// Keeps what is being written: a form marked data-draft is posted to data-draft-url a moment
// after each change. The answer is not shown, and a failure leaves the form as it is.
(function () {
  "use strict";

  var PAUSE = 1500;
  var token = document.querySelector('meta[name="csrf-token"]');

  function clock() {
    return new Date().toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    });
  }

  function textOf(form) {
    var data = new FormData(form);
    form.querySelectorAll('input[type="file"]').forEach(function (input) {
      data.delete(input.name);
    });
    return new URLSearchParams(data);
  }

  function keep(form) {
    var note = form.querySelector("[data-draft-note]");
    var timer = 0;
    var kept = textOf(form).toString();

    function say(word, time) {
      if (note) {
        note.textContent = time ? word + " " + time : word;
      }
    }

    function save() {
      var body = textOf(form);
      clearTimeout(timer);
      timer = 0;
      if (body.toString() === kept) {
        return;
      }
      say(note && note.dataset.saving);
      fetch(form.dataset.draftUrl, {
        method: "POST",
        body: body,
        credentials: "same-origin",
        keepalive: true,
        headers: { "X-CSRFToken": token ? token.content : "", "X-Draft": form.dataset.draft },
      })
        .then(function (answer) {
          if (answer.ok && !answer.redirected) {
            kept = body.toString();
            say(note && note.dataset.saved, clock());
          } else {
            say("");
          }
        })
        .catch(function () {
          say("");
        });
    }

    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    form.addEventListener("submit", function () {
      clearTimeout(timer);
      timer = 0;
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && timer) {
        save();
      }
    });
  }

  document.querySelectorAll("form[data-draft][data-draft-url]").forEach(keep);
})();
