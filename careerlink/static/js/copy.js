// Copies the field a button names. Moodle's frame has no clipboard permission: there the text
// is selected instead, ready for the reader's own copy key.
(function () {
  "use strict";

  function say(button, word) {
    var note = document.getElementById(button.dataset.copyNote);
    if (note) {
      note.textContent = word;
    }
  }

  function select(field, button) {
    field.focus();
    field.select();
    say(button, button.dataset.selected);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    var field = button && document.getElementById(button.dataset.copy);
    if (!field) {
      return;
    }
    if (!navigator.clipboard) {
      select(field, button);
      return;
    }
    navigator.clipboard.writeText(field.value).then(
      function () {
        say(button, button.dataset.copied);
      },
      function () {
        select(field, button);
      },
    );
  });

  // Without script the button would do nothing, so it is shown only here.
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
  });
})();
