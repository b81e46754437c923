// Canvas lets a tool say how high its page is, and scrolls up for a new one; Moodle does neither.
window.addEventListener("message", function (event) {
  var frame = document.querySelector("iframe");
  if (!event.data || event.source !== frame.contentWindow) {
    return;
  }
  if (event.data.subject === "lti.frameResize") {
    frame.style.height = Math.max(Number(event.data.height) || 0, 100) + "px";
  }
  if (event.data.subject === "lti.scrollToTop") {
    window.scrollTo(0, 0);
  }
});
