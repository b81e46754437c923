// The tool says that registration is over.
window.addEventListener("message", function (event) {
  if (event.data && event.data.subject === "org.imsglobal.lti.close") {
    window.location = document.getElementById("tools").href;
  }
});
